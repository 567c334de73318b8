// Every command with its arguments and options. What a command does is in the file of its name.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { kernelPackage } from '../../package-root';
import { DEFAULT_NAME } from '../kernelspec/kernel-json';
import type { BinderLinkOptions } from './binder-link';
import type { CheckOptions } from './check';
import type { GradeOptions } from './grade';
import type { InstallOptions } from './install';
import type { NewExerciseOptions } from './new-exercise';
import type { ReleaseOptions } from './release';
import type { RoomOptions } from './room';
import type { WorkerCommand } from './worker';

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
  withKernel(program.command('check'))
    .description('run notebooks through a Jupyter Server and tell which hold')
    .argument('<paths...>', 'notebooks, or folders of them')
    .option('--passed', 'tell which exercises hold instead: each path is one student')
    .option('--write', 'store the outputs in the notebooks that hold')
    .option('--timeout <seconds>', 'how long one cell may take', '120')
    .action(async (paths: string[], options: CheckOptions) => {
      const { check } = await import('./check.js');
      process.exitCode = await check(paths, options);
    });

  withKernel(program.command('release'))
    .description("make the students' version of a folder of notebooks: no solutions, no outputs")
    .argument('<folder>', 'the notebooks with their solutions')
    .requiredOption('--to <folder>', "where the students' version goes")
    .option('--force', 'replace what is there')
    .option('--no-try', 'do not run each exercise and its solution first')
    .option('--nbgrader', 'for nbgrader: --to COURSE/source/NAME gets its metadata, COURSE its settings')
    .option('--timeout <seconds>', 'how long one cell may take', '60')
    .action(async (folder: string, options: ReleaseOptions) => {
      const { release } = await import('./release.js');
      process.exitCode = await release(folder, options);
    });

  withKernel(program.command('grade'))
    .description('run what students handed in, and write which exercises hold')
    .argument('<folder>', 'with a notebook, or a folder of notebooks, for each student')
    .requiredOption('--to <file>', 'the table: CSV')
    .option('--checks <folder>', 'notebooks whose checks count, in place of those that were handed in')
    .option('--force', 'replace the table')
    .option('--timeout <seconds>', 'how long one cell may take', '60')
    .action(async (folder: string, options: GradeOptions) => {
      const { grade } = await import('./grade.js');
      process.exitCode = await grade(folder, options);
    });

  program
    .command('worker')
    .description('let this computer work for a room: getContext(…) of whoever else is in it')
    .requiredOption('--join <address>', 'the room, such as nats://127.0.0.1:4222/room1')
    .option('--slots <count>', 'how many items run at once; otherwise as many as there are processors')
    .option('--name <name>', 'what errors and pool.stats call this computer')
    .option('--home <folder>', 'where packages are looked up', '.')
    .option('--grace <seconds>', 'how long what runs may still take after SIGTERM', '10')
    .action(async (options: WorkerCommand) => {
      const { worker } = await import('./worker.js');
      process.exitCode = await worker(options);
    });

  program
    .command('new')
    .description('begin something of your own')
    .command('exercise')
    .description('a notebook with a checked exercise, which runs at once')
    .argument('<name>', "its title, such as 'Digging holes'")
    .option('--to <folder>', 'where it goes', '.')
    .action(async (name: string, options: NewExerciseOptions) => {
      const { makeExercise } = await import('./new-exercise.js');
      process.exitCode = await makeExercise(name, options);
    });

  program
    .command('progress')
    .description('tell how far you are, by the verdicts in your saved notebooks')
    .argument('[paths...]', 'notebooks or folders of them; otherwise your copy of the tutorial')
    .action(async (paths: string[]) => {
      const { progress } = await import('./progress.js');
      process.exitCode = await progress(paths);
    });

  program
    .command('reset')
    .description('get a fresh copy of a notebook of the tutorial; yours stays beside it')
    .argument('<notebook>', 'its number, such as 03, or its name')
    .action(async (notebook: string) => {
      const { reset } = await import('./reset.js');
      process.exitCode = await reset(notebook);
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
    .command('room')
    .description('open a room for processes of several hosts: starts its broker, and says how to come in')
    .argument('[name]', 'what the room is called', 'main')
    .option('--listen <host:port>', 'where; on anything but loopback with a certificate', '127.0.0.1:4222')
    .option('--cert <file>', 'the certificate (PEM) for tls://')
    .option('--key <file>', "the certificate's key (PEM)")
    .option('--clean', 'begin with nothing of what earlier programs left there')
    .action(async (name: string, options: RoomOptions) => {
      const { room } = await import('./room.js');
      process.exitCode = await room(name, options);
    });

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

function withKernel(command: Command): Command {
  return command
    .option('--kernel <name>', 'the kernel that runs them', DEFAULT_NAME)
    .option('--server-url <url>', 'use this server instead of starting one')
    .option('--token <token>', 'the token of that server');
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
