// Notebooks that a test makes, saved beside the others and opened.
import type { JupyterPage } from './jupyter-page';

export interface MadeCell {
  id: string;
  source: string;
  type?: 'code' | 'markdown';
  outputs?: object[];
}

export async function openMade(lab: JupyterPage, name: string, made: readonly MadeCell[]): Promise<void> {
  const cells = made.map(({ id, source, type = 'code', outputs = [] }) => ({
    id,
    source,
    cell_type: type,
    metadata: { tags: ['raises-exception'] },
    ...(type === 'code' && { outputs, execution_count: null }),
  }));
  const kernelspec = { name: 'parlab', display_name: 'TypeScript (ParLab)', language: 'typescript' };
  const content = { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
  const saved = JSON.stringify({ type: 'notebook', format: 'json', content });
  await lab.page.evaluate(
    `window.jupyterapp.serviceManager.contents.save('${name}', ${saved}).then(() => true)`,
  );
  await lab.open(name);
}
