import type { NotebookCode } from './notebook-code';
export declare class LazyCells implements NotebookCode {
  convert: NotebookCode['convert'];
  complete: NotebookCode['complete'];
  inspect: NotebookCode['inspect'];
  isComplete: NotebookCode['isComplete'];
  forget(): void;
  close(): void;
}
