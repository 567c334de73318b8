// What a student sees below a cell.
import type { JupyterPage } from '../../support/browser/jupyter-page';

const CONTENT = 'window.jupyterapp.shell.currentWidget.content';

/** Of the outputs of a cell. */
const READ = `(outputs) => ({
  text: outputs.map(({ text, data = {}, traceback }) => [text ?? data['text/plain'] ?? traceback ?? ''].flat().join('')).join('\\n'),
  errors: outputs.filter(({ output_type }) => output_type === 'error').map(({ ename, evalue }) => ename + ': ' + evalue),
})`;

export interface Seen {
  text: string;
  /** `NameError: sentence`. */
  errors: string[];
  /** Those that the outputs bring. */
  pictures: Picture[];
}

export interface Picture {
  width: number;
  height: number;
  /** How many pixels of it reach out of the output. */
  overhang: number;
}

/** What has become of every cell, by its id; children may have gone on after their cell had ended. */
export async function endsOf({ page }: JupyterPage): Promise<Map<string, Pick<Seen, 'text' | 'errors'>>> {
  const ends = (await page.evaluate(`${CONTENT}.widgets
    .filter(({ model }) => model.type === 'code')
    .map(({ model }) => [model.id, (${READ})(model.sharedModel.getOutputs())])`)) as [string, Seen][];
  return new Map(ends);
}

/** Of the cell at `index`. */
export async function seenBelow({ page }: JupyterPage, index: number): Promise<Seen> {
  return (await page.evaluate(`(async () => {
    const cell = ${CONTENT}.widgets[${index}];
    if (cell.model.type !== 'code') return { text: '', errors: [], pictures: [] };
    const outputs = cell.model.sharedModel.getOutputs();
    const brought = outputs.map(({ data = {} }) => data['image/svg+xml'] ?? [data['text/html'] ?? ''].flat().join('')).join('');
    const has = /<svg|<img/.test(brought);
    const { text, errors } = (${READ})(outputs);
    if (!has) return { text, errors, pictures: [] };
    cell.node.scrollIntoView({ block: 'nearest' });
    // JupyterLab renders outputs when there is time.
    for (let tries = 0; tries < 100 && !cell.node.querySelector('.jp-OutputArea-output :is(img, svg)'); tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const found = [...cell.node.querySelectorAll('.jp-OutputArea-output :is(img, svg)')];
    await Promise.all(found.map((picture) => picture.decode?.()));
    const pictures = found.map((picture) => {
      const { width, height, right } = picture.getBoundingClientRect();
      const edge = picture.closest('.jp-OutputArea-output').getBoundingClientRect().right;
      return { width, height, overhang: Math.max(0, Math.round(right - edge)) };
    });
    return { text, errors, pictures: pictures.length === 0 ? [{ width: 0, height: 0, overhang: 0 }] : pictures };
  })()`)) as Seen;
}

/** The addresses of those in the texts that show nothing. */
export function brokenImages({ page }: JupyterPage): Promise<string[]> {
  return page.evaluate(`Promise.all(
    [...document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-MarkdownOutput img')]
      .map((image) => image.decode().then(() => [], () => [image.src])),
  ).then((broken) => broken.flat())`);
}
