// What a kernel publishes → the outputs of a notebook's cells, as JupyterLab would show them. Knows no
// connection.
import { type Cell, type Output, toLines } from './notebook-file';

/** One IOPub message, already known to belong to a cell. */
export interface Published {
  type: string;
  content: Record<string, unknown>;
}

/** One for a whole notebook: `update_display_data` may change what an earlier cell displayed. */
export class Outputs {
  readonly #displays = new Map<string, Output[]>();
  readonly #clearNext = new WeakSet<Cell>();
  readonly #takenBack = new WeakSet<Output>();

  begin(cell: Cell): void {
    cell.outputs = [];
    cell.execution_count = null;
  }

  add(cell: Cell, { type, content }: Published): void {
    switch (type) {
      case 'execute_input':
        cell.execution_count = content.execution_count as number;
        return;
      case 'stream':
        this.#stream(this.#outputsOf(cell), String(content.name), String(content.text));
        return;
      case 'display_data':
      case 'execute_result':
        this.#display(this.#outputsOf(cell), type, content);
        return;
      case 'update_display_data':
        this.#update(cell, content);
        return;
      case 'error':
        this.#outputsOf(cell).push({
          output_type: 'error',
          ...pick(content, ['ename', 'evalue', 'traceback']),
        });
        return;
      case 'clear_output':
        if (content.wait) this.#clearNext.add(cell);
        else cell.outputs = [];
        return;
      default:
        // status, comm messages and whatever a later protocol adds leave no output.
        return;
    }
  }

  #outputsOf(cell: Cell): Output[] {
    if (this.#clearNext.delete(cell) || !cell.outputs) cell.outputs = [];
    return cell.outputs;
  }

  #stream(outputs: Output[], name: string, text: string): void {
    const last = outputs.at(-1);
    if (last?.output_type === 'stream' && last.name === name) {
      last.text = toLines((last.text as string[]).join('') + text);
    } else {
      outputs.push({ output_type: 'stream', name, text: toLines(text) });
    }
  }

  #display(outputs: Output[], type: string, content: Record<string, unknown>): void {
    const output: Output = {
      output_type: type,
      data: splitText(content.data as Record<string, unknown>),
      metadata: content.metadata ?? {},
      ...(type === 'execute_result' ? { execution_count: content.execution_count } : {}),
    };
    outputs.push(output);
    const id = displayId(content);
    if (id !== undefined) this.#displays.set(id, [...(this.#displays.get(id) ?? []), output]);
  }

  #update(cell: Cell, content: Record<string, unknown>): void {
    const id = displayId(content);
    for (const output of (id !== undefined && this.#displays.get(id)) || []) {
      output.data = splitText(content.data as Record<string, unknown>);
      output.metadata = content.metadata ?? {};
      if (Object.keys(output.data as object).length === 0) this.#takeBack(cell, output);
      else if (this.#takenBack.delete(output)) cell.outputs?.push(output);
    }
  }

  /** What is empty leaves nothing behind, and may come again. */
  #takeBack(cell: Cell, output: Output): void {
    const at = cell.outputs?.indexOf(output) ?? -1;
    if (at < 0) return;
    cell.outputs?.splice(at, 1);
    this.#takenBack.add(output);
  }
}

function displayId(content: Record<string, unknown>): string | undefined {
  return (content.transient as { display_id?: string } | undefined)?.display_id;
}

function splitText(bundle: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(bundle).map(([mime, data]) => [
      mime,
      typeof data === 'string' && isText(mime) ? toLines(data) : data,
    ]),
  );
}

/** Base64 of a picture stays one string. */
function isText(mime: string): boolean {
  return mime.startsWith('text/') || mime === 'image/svg+xml' || mime === 'application/javascript';
}

function pick(from: Record<string, unknown>, names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}
