// Brings what a cell and its processes write and show under that cell, also long after the cell ended.

import type { ShownError } from '../../conversations/session';
import type { Dictionary } from '../protocol/shape';
import type { Header, Message } from '../protocol/wire';
import type { CellReport } from '../supervisor/supervisor';
import { CUT, nothingSent, type Sent, sendDisplay, sendText } from './flood';
import type { Publisher, StreamName } from './publisher';
import type { Questions } from './questions';

export interface Cell {
  request: Message;
  silent: boolean;
  /** The payload for the reply. */
  payload: Dictionary[];
  /** How much of its output was sent. */
  sent?: Sent;
}

/** The output of a process that outlives so many later cells appears under the newest. */
const REMEMBERED_CELLS = 10_000;

export class CellOutputs {
  readonly #publisher: Publisher;
  readonly #questions: Questions;
  readonly #cells = new Map<string, Cell>();
  #newest: Cell | undefined;

  constructor(publisher: Publisher, questions: Questions) {
    this.#publisher = publisher;
    this.#questions = questions;
  }

  /** Begins a cell: from now on this tag means the cell of this request. */
  begin(tag: string, cell: Cell): void {
    this.#cells.set(tag, cell);
    if (!cell.silent) this.#newest = cell;
    if (this.#cells.size > REMEMBERED_CELLS) {
      const [oldest] = this.#cells.keys();
      this.#cells.delete(oldest as string);
    }
  }

  /** Forgets a tag, under which nothing more will come. */
  forget(tag: string): void {
    this.#cells.delete(tag);
  }

  /** Returns the header of the request behind the tag, also of a silent one. */
  headerOf(tag: string): Header | undefined {
    return (this.#cells.get(tag) ?? this.#newest)?.request.header;
  }

  text(tag: string, name: StreamName, text: string): void {
    this.#text(this.#cells.get(tag) ?? this.#newest, name, text);
  }

  /**
   * Takes text whose writer is not known: most likely a subprocess of the cell that runs or ran last. False
   * if none ever ran.
   */
  rawText(name: StreamName, text: string): boolean {
    this.#text(this.#newest, name, text);
    return this.#newest !== undefined;
  }

  error(error: ShownError, tag?: string): void {
    const header = this.#headerOf((tag !== undefined && this.#cells.get(tag)) || this.#newest);
    if (!header) return;
    const { name, message, traceback } = error;
    this.#publisher.publish(header, 'error', { ename: name, evalue: message, traceback });
  }

  report(tag: string, report: CellReport): void {
    const cell = this.#cells.get(tag) ?? this.#newest;
    if (!cell) return;
    if (report.type === 'asked') {
      this.#questions.ask(tag, cell.request, report);
      return;
    }
    if (report.type === 'suggested') {
      // The last word counts, as in IPython.
      cell.payload = [{ source: 'set_next_input', text: report.code, replace: report.replace }];
      return;
    }
    const header = this.#headerOf(cell);
    if (!header) return;
    switch (report.type) {
      case 'displayed':
        try {
          if (this.#maySend(cell, report)) this.#display(header, report);
        } catch (error) {
          // A bundle may hold what JSON cannot say; one display must not end the kernel.
          this.#publisher.text(header, 'stderr', `This cannot be displayed: ${(error as Error).message}\n`);
        }
        return;
      case 'cleared':
        cell.sent = nothingSent;
        this.#publisher.publish(header, 'clear_output', { wait: report.wait });
        return;
      case 'failed':
        this.error(report, tag);
        return;
      default:
        report satisfies never;
    }
  }

  #text(cell: Cell | undefined, name: StreamName, text: string): void {
    const header = this.#headerOf(cell);
    if (!cell || !header) return;
    if (isExport(cell)) {
      this.#publisher.text(header, name, text);
      return;
    }
    const taken = sendText(cell.sent ?? nothingSent, text);
    cell.sent = taken.sent;
    this.#publisher.text(header, name, taken.text);
  }

  /** What only changes a display adds nothing to the page. */
  #maySend(cell: Cell, { update }: Extract<CellReport, { type: 'displayed' }>): boolean {
    if (update || isExport(cell)) return true;
    const { isSent, isFirstCut, sent } = sendDisplay(cell.sent ?? nothingSent);
    cell.sent = sent;
    if (isFirstCut) this.#publisher.text(cell.request.header, 'stderr', CUT);
    return isSent;
  }

  #display(header: Header, shown: Extract<CellReport, { type: 'displayed' }>): void {
    const content = { data: shown.bundle, metadata: shown.metadata };
    if (shown.displayId === undefined) {
      this.#publisher.publish(header, 'display_data', content);
      return;
    }
    const type = shown.update ? 'update_display_data' : 'display_data';
    this.#publisher.publish(header, type, { ...content, transient: { display_id: shown.displayId } });
  }

  /** Silent requests show nothing. */
  #headerOf(cell: Cell | undefined): Header | undefined {
    return cell?.silent ? undefined : cell?.request.header;
  }
}

/** Where no person can type, none looks at a page either: what is exported is kept whole. */
function isExport({ request }: Cell): boolean {
  return request.content.allow_stdin === false;
}
