// Between the request to terminate and its effect, which is at V8's next check of the stack, a program runs
// on for a moment. Where V8 has inlined the function of Node's that pushes onto the stack of async hooks, it
// pushes there without a check, nothing pops, and Node aborts. A breakpoint in that function undoes the
// inlining, and is such a check itself.

import { type Runtime, Session } from 'node:inspector';
import { accessExpression } from './watcher-access';

/** The variables of Node's modules, from one function to the next, that lead to it. */
const WAY = ['emitBefore', 'pushAsyncContext'];

const own = new Session();
const post = own.post.bind(own);
let push: string | undefined;
let isSearched = false;
let isGuarding = false;

/** Takes tens of milliseconds: V8 looks through all scripts. */
export function guardPushes(): void {
  if (!isSearched) {
    isSearched = true;
    push = findPush();
  }
  if (push === undefined || isGuarding) return;
  isGuarding = true;
  ask('Debugger.enable', {});
  // It stops no thread.
  ask('Debugger.setBreakpointOnFunctionCall', { objectId: push, condition: 'false' });
}

export function letPushesGo(): void {
  if (!isGuarding) return;
  isGuarding = false;
  ask('Debugger.disable', {});
}

function findPush(): string | undefined {
  own.connect();
  const asked = { expression: accessExpression('pusher') };
  let found: string | undefined = ask<Runtime.EvaluateReturnType>('Runtime.evaluate', asked)?.result.objectId;
  for (let i = 0; i < WAY.length && found !== undefined; i++) found = closedOver(found, WAY[i] as string);
  return found;
}

/** The object in a variable that a function closes over. */
function closedOver(objectId: string, name: string): string | undefined {
  const internal = propertiesOf(objectId)?.internalProperties ?? [];
  let scopes: string | undefined;
  for (let i = 0; i < internal.length; i++) {
    if (internal[i]?.name === '[[Scopes]]') scopes = internal[i]?.value?.objectId;
  }
  const list = (scopes !== undefined && propertiesOf(scopes)?.result) || [];
  for (let i = 0; i < list.length; i++) {
    const scope = list[i]?.value?.objectId;
    const variables = (scope !== undefined && propertiesOf(scope)?.result) || [];
    for (let k = 0; k < variables.length; k++) {
      if (variables[k]?.name === name) return variables[k]?.value?.objectId;
    }
  }
  return undefined;
}

function propertiesOf(objectId: string): Runtime.GetPropertiesReturnType | undefined {
  return ask('Runtime.getProperties', { objectId, ownProperties: true });
}

/** In a session with its own thread the answer comes before `post` returns. */
function ask<Answer>(method: string, params: object): Answer | undefined {
  let answer: Answer | undefined;
  post(method, params, (_, result) => {
    answer = result as Answer | undefined;
  });
  return answer;
}
