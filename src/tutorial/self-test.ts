// Tells a student, in words, whether this computer is ready for the tutorial, and what to do about what is
// missing.

import { totalmem } from 'node:os';
import { inspect } from 'node:util';
import { Queue } from '../channel/queue';
import { escapeHtml } from '../host/escape-html';
import { hostPrompt } from '../host/prompt';
import { svgImage } from '../host/svg-image';
import { unseenAs } from '../objects/shared-object';
import { cpuCount } from '../process/cpu-count';
import { Process } from '../process/process';
import { ffiStatus } from '../system/ffi';
import { performance } from '../system/timers';
import { caption, coreMap } from './core-map';
import { sayHello } from './hello';

const OLDEST_NODE = [20, 19] as const;
const ENOUGH_MEMORY_GB = 1;
const PATIENCE_MS = 8_000;

interface Finding {
  readonly good: boolean;
  /** What was found; when it is not good, also what to do. */
  readonly sentence: string;
}

/**
 * Looks whether everything works here: prints one line for each thing, and starts one child process. Takes
 * less than 10 seconds.
 *
 * @example
 * const report = await selfTest();
 * console.log(report.ready); // → …true
 */
export async function selfTest(): Promise<SelfTestReport> {
  const findings: Finding[] = [];
  for (const look of [nodeVersion, kernel, cores, memory, sharedMemory, childProcess]) {
    const finding = await look();
    findings.push(finding);
    console.log(`${finding.good ? '✔' : '✘'} ${finding.sentence}`);
  }
  return new SelfTestReport(findings);
}

/**
 * What the self-test found: a picture of the cores in a notebook, a sentence elsewhere.
 *
 * @example
 * const report: SelfTestReport = await selfTest();
 * console.log(report.sentences.length); // → …6
 */
export class SelfTestReport {
  /** Whether everything that the tutorial needs is there. */
  readonly ready: boolean;
  /** One sentence for each thing that was looked at. */
  readonly sentences: readonly string[];

  constructor(findings: readonly Finding[]) {
    this.ready = findings.every((finding) => finding.good);
    this.sentences = findings.map((finding) => finding.sentence);
  }

  /** Whether this computer is ready, and what to do next. */
  toString(): string {
    return this.ready
      ? 'Your computer is ready. On to the first notebook!'
      : 'Not everything is ready. Do what stands behind each ✘, then run this cell again.';
  }

  /** @internal */
  [inspect.custom](): string {
    return this.toString();
  }

  /** @internal */
  [Symbol.for('Jupyter.display')](): Record<string, string> {
    return {
      'text/plain': this.toString(),
      'text/html': `<p><b>${escapeHtml(this.toString())}</b></p>${svgImage(coreMap(cpuCount()), caption(cpuCount()))}`,
    };
  }
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const good = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return good
    ? { good, sentence: `Node.js ${process.versions.node} runs your programs.` }
    : {
        good,
        sentence: `Node.js ${process.versions.node} is too old. Install version ${OLDEST_NODE.join('.')} or newer from https://nodejs.org.`,
      };
}

function kernel(): Finding {
  const place = hostPrompt()
    ? 'a notebook, in the kernel "TypeScript (ParLab)"'
    : 'a plain program, outside of a notebook';
  return { good: true, sentence: `This is ${place}: process ${process.pid}.` };
}

function cores(): Finding {
  const count = cpuCount();
  return {
    good: true,
    sentence:
      count === 1
        ? 'This computer gives you 1 core. Everything works; processes take turns, so do not expect speed.'
        : `This computer has ${count} cores, so ${count} processes can move at the same instant.`,
  };
}

function memory(): Finding {
  // In a container the program may use less than the machine's memory.
  const allowed = process.constrainedMemory() ?? 0;
  const bytes = allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
  const gigabytes = bytes / 1024 ** 3;
  return gigabytes >= ENOUGH_MEMORY_GB
    ? {
        good: true,
        sentence: `It has ${gigabytes.toFixed(1)} GB of memory; every process takes its own part.`,
      }
    : {
        good: false,
        sentence: `It has only ${gigabytes.toFixed(1)} GB of memory. Close other programs, and start fewer than 4 processes at a time.`,
      };
}

function sharedMemory(): Finding {
  const { available, reason } = ffiStatus();
  return available
    ? { good: true, sentence: 'Processes can share memory here (locks and queues will need it).' }
    : {
        good: false,
        sentence: `Processes cannot share memory here: ${reason ?? 'no reason is known'}. Run "npm install" in the ParLab folder again; "npx parlab doctor" tells more.`,
      };
}

async function childProcess(): Promise<Finding> {
  const began = performance.now();
  const answers = new Queue<number>(0, unseenAs('a hello'));
  const child = new Process({ target: sayHello, args: [answers], name: 'Hello' });
  try {
    child.start();
    const pid = await answers.get({ timeout: PATIENCE_MS });
    const tookMs = Math.round(performance.now() - began);
    await child.join({ timeout: PATIENCE_MS });
    if (child.exitcode !== 0) throw new Error(`it ended with exit code ${child.exitcode}`);
    return {
      good: true,
      sentence: `A child process said hello: process ${pid}, ${tookMs} milliseconds after its start. It has ended.`,
    };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return {
      good: false,
      sentence: `No child process could do its work: ${words}. Restart the kernel and try again; if it stays so, run "npx parlab doctor" in a terminal.`,
    };
  } finally {
    if (child.isAlive()) child.kill();
    answers.close();
  }
}
