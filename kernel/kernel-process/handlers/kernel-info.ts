// Answers kernel_info_request. It must not load the compiler: a front end waits for this before it shows
// anything.

import type { Handler } from '../protocol/handlers';
import { protocolVersion, type Reply } from '../protocol/messages';

export const kernelInfoHandler: Handler<'kernel_info_request'> = kernelInfo;

function kernelInfo(): Reply<'kernel_info_request'> {
  const parlab = versionOf('parlab');
  const language_info = languageInfo();
  return {
    status: 'ok',
    protocol_version: protocolVersion,
    implementation: 'parlab',
    implementation_version: parlab,
    language_info,
    banner: `ParLab ${parlab}: TypeScript ${language_info.version} on Node.js ${process.versions.node}, with processes.`,
    debugger: true,
    help_links: [
      { text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' },
      { text: 'Node.js', url: `https://nodejs.org/docs/v${process.versions.node}/api/` },
    ],
    supported_features: ['debugger', 'kernel subshells'],
  };
}

/** JupyterLab writes it into each notebook that it opens. */
export function languageInfo(): Extract<
  Reply<'kernel_info_request'>,
  { language_info: unknown }
>['language_info'] {
  return {
    name: 'typescript',
    version: versionOf('typescript'),
    mimetype: 'text/typescript',
    file_extension: '.ts',
    pygments_lexer: 'typescript',
    // JupyterLab 4 looks only at the name: { name: 'javascript', typescript: true } would colour
    // JavaScript.
    codemirror_mode: 'typescript',
    nbconvert_exporter: 'script',
  };
}

function versionOf(packageName: string): string {
  return (require(`${packageName}/package.json`) as { version: string }).version;
}
