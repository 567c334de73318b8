// A debugger's front end for tests: requests and events of the Debug Adapter Protocol, in a real kernel over real sockets.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { DebugCommand, DebugRequests } from '../../../kernel/kernel-process/debugger/requests';
import type { Dictionary } from '../../../kernel/kernel-process/protocol/shape';
import type { Exchange } from './client';
import type { RealKernel } from './real-kernel';

const PATIENCE_MS = 20_000;

export interface DebugEvent {
  event: string;
  body: Dictionary;
}

type Failed = { success: false; message: string };
type Answer<C extends DebugCommand> = { success: true; body: DebugRequests[C]['gives'] } | Failed;

export class DebugClient {
  readonly #kernel: RealKernel;
  readonly #exchanges: Exchange[] = [];
  #seq = 0;
  #seen = 0;

  constructor(kernel: RealKernel) {
    this.#kernel = kernel;
  }

  async answer<C extends DebugCommand>(
    command: C,
    given: DebugRequests[C]['takes'] | object = {},
  ): Promise<Answer<C>> {
    const exchange = this.#kernel.client.request(
      'debug_request',
      { type: 'request', seq: ++this.#seq, command, arguments: given },
      'control',
    );
    this.#exchanges.push(exchange as unknown as Exchange);
    const reply = (await exchange.done()) as Dictionary;
    assert.equal(reply.command, command, JSON.stringify(reply));
    return reply as unknown as Answer<C>;
  }

  /** For requests that must succeed. */
  async ask<C extends DebugCommand>(command: C, given: DebugRequests[C]['takes'] | object = {}) {
    const answer = await this.answer(command, given);
    assert.ok(answer.success, `${command}: ${(answer as Failed).message}`);
    return answer.body as NonNullable<DebugRequests[C]['gives']>;
  }

  async attach(clientID = 'test'): Promise<void> {
    await this.ask('initialize', { clientID, adapterID: 'parlab' });
    await this.ask('attach');
    await this.event('initialized');
  }

  /** Sets breakpoints as JupyterLab does: the cell is dumped, and its file named. */
  async breakIn(
    code: string,
    ...breakpoints: (number | DebugProtocol.SourceBreakpoint)[]
  ): Promise<DebugProtocol.Breakpoint[]> {
    const { sourcePath } = await this.ask('dumpCell', { code });
    const set = await this.ask('setBreakpoints', {
      source: { path: sourcePath },
      breakpoints: breakpoints.map((each) => (typeof each === 'number' ? { line: each } : each)),
    });
    return set.breakpoints;
  }

  get events(): DebugEvent[] {
    return this.#exchanges.flatMap(({ published }) =>
      published.filter(({ type }) => type === 'debug_event').map(({ content }) => content),
    ) as unknown as DebugEvent[];
  }

  /** The next event of this name, after those that were awaited before. */
  async event(name: string, holds: (body: Dictionary) => boolean = () => true): Promise<Dictionary> {
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline) {
      const { events } = this;
      const at = events.findIndex(
        ({ event, body }, index) => index >= this.#seen && event === name && holds(body),
      );
      if (at >= 0) {
        this.#seen = at + 1;
        return (events[at] as DebugEvent).body;
      }
      await sleep(5);
    }
    throw new Error(
      `The event ${name} did not come. What came: ${JSON.stringify(this.events.slice(this.#seen))}`,
    );
  }

  /** Waits for the next stop; gives its frames. */
  async stopped(reason?: string): Promise<Stopped> {
    const body = await this.event('stopped');
    if (reason !== undefined) assert.equal(body.reason, reason);
    const threadId = body.threadId as number;
    const { stackFrames } = await this.ask('stackTrace', { threadId });
    return { threadId, body, frames: stackFrames, top: stackFrames[0] as DebugProtocol.StackFrame };
  }

  /** Steps over one line after the other of the session's; each step must end at the line that is given. */
  async stepOverTo(...lines: number[]): Promise<void> {
    for (const line of lines) {
      await this.ask('next', { threadId: 1 });
      assert.equal((await this.stopped('step')).top.line, line);
    }
  }

  /** The variables of one scope of a frame, as `name: value`. */
  async scope(frameId: number, name: string): Promise<{ [name: string]: string }> {
    const { scopes } = await this.ask('scopes', { frameId });
    const scope = scopes.find((each) => each.name === name);
    assert.ok(scope, `There is no scope ${name}: ${scopes.map((each) => each.name)}`);
    return values(await this.variables(scope.variablesReference));
  }

  async variables(variablesReference: number, more: object = {}): Promise<DebugProtocol.Variable[]> {
    return (await this.ask('variables', { variablesReference, ...more })).variables;
  }
}

export interface Stopped {
  threadId: number;
  body: Dictionary;
  frames: DebugProtocol.StackFrame[];
  top: DebugProtocol.StackFrame;
}

export function values(variables: readonly DebugProtocol.Variable[]): { [name: string]: string } {
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}
