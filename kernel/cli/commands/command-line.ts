// Every command with its arguments and options. What a command does is in the file of its name.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { kernelPackage } from '../../package-root';
import { DEFAULT_NAME } from '../kernelspec/kernel-json';
import type { BinderLinkOptions } from './binder-link';
import type { CheckOptions } from './check';
import type { InstallOptions } from './install';

export function commandLine(): Command {
  const program = new Command('parlab')
    .description('Parallel processes in TypeScript notebooks: a Jupyter kernel and the tools around it.')
    .version(ourVersion())
    .showHelpAfterError('(parlab --help shows every command)')
    // What follows a command's file belongs to the program in it.
    .enablePositionalOptions();

  program
    .command('lab')
    .description('open JupyterLab with the kernel, on this folder; its options are passed on')
    .argument('[options...]', 'options of JupyterLab, such as --no-browser --port 8899')
    .allowUnknownOption()
    .passThroughOptions()
    .helpOption(false)
    .action(async (args: string[]) => {
      const [{ lab }, { requireJupyter }] = await Promise.all([
        import('./lab.js'),
        import('../jupyter/require-jupyter.js'),
      ]);
      process.exitCode = await lab({ python: await requireJupyter(), folder: process.cwd(), args });
    });

  program
    .command('run')
    .description('run a TypeScript file, or the cells of a notebook, from the shell')
    .argument('<file>', 'a .ts or .ipynb file')
    .argument('[args...]', 'arguments of the program')
    .passThroughOptions()
    .allowUnknownOption()
    .action(async (file: string, args: string[]) => {
      const { run } = await import('./run.js');
      process.exitCode = await run(file, args);
    });
  program
    .command('check')
    .description('run notebooks through a Jupyter Server and tell which hold')
    .argument('<paths...>', 'notebooks, or folders of them')
    .option('--write', 'store the outputs in the notebooks that hold')
    .option('--timeout <seconds>', 'how long one cell may take', '120')
    .option('--kernel <name>', 'the kernel that runs them', DEFAULT_NAME)
    .option('--server-url <url>', 'use this server instead of starting one')
    .option('--token <token>', 'the token of that server')
    .action(async (paths: string[], options: CheckOptions) => {
      const { check } = await import('./check.js');
      process.exitCode = await check(paths, options);
    });

  program
    .command('binder-link')
    .description('make the links that open a repository in Binder and on a JupyterHub')
    .argument('[repository]', 'its address; without one, the address that this folder was cloned from')
    .option('--open <path>', 'the notebook or folder that is shown first')
    .option('--branch <name>', 'instead of the default branch')
    .option('--hub <url>', 'a JupyterHub, for a link of nbgitpuller')
    .option(
      '--environment <repository>',
      'take the environment from there, as when a course has notebooks alone',
    )
    .option('--binder <url>', 'another BinderHub', 'https://mybinder.org')
    .option('--write <files...>', 'put the badge between <!-- binder --> and <!-- /binder --> of these files')
    .action(async (repository: string | undefined, options: BinderLinkOptions) => {
      const { binderLink } = await import('./binder-link.js');
      binderLink(repository, options);
    });

  withPlace(program.command('install').description('make the kernel known to Jupyter'))
    .option('--display-name <text>', 'its name in the launcher')
    .action(async (options: InstallOptions) => {
      const { install } = await import('./install.js');
      process.exitCode = await install(options);
    });

  withPlace(program.command('uninstall').description('take the kernel away from Jupyter again')).action(
    async (options: InstallOptions) => {
      const { uninstall } = await import('./install.js');
      process.exitCode = await uninstall(options);
    },
  );

  program
    .command('doctor')
    .description('say what is there, and what to do about what is missing')
    .action(async () => {
      const { doctor } = await import('./doctor.js');
      process.exitCode = await doctor();
    });

  program
    .command('kernel')
    .description('serve one notebook (Jupyter runs this)')
    .argument('<connection file>')
    // main.ts answers it without loading this file.
    .action(() => {});

  return program;
}

function withPlace(command: Command): Command {
  return command
    .option('--user', 'for this user (the default)')
    .option('--sys-prefix', 'for the active Python environment')
    .option('--prefix <dir>', 'under this folder')
    .option('--name <name>', 'its name for Jupyter', DEFAULT_NAME);
}

function ourVersion(): string {
  const manifest = readFileSync(path.join(kernelPackage, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
