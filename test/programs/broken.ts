// What programs do to the JavaScript and the Node that a session shares with them: each is run in a cell before another.

export interface Broken {
  what: string;
  /** The cell's JavaScript. */
  code: string;
  /** Undoes it, where that is possible. */
  isAsync?: boolean;
}

/** Fake timers as test libraries install them: on the global object, in the module, and `process.nextTick` too. */
const FAKE_TIMERS = `
  const timers = require('node:timers');
  for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate']) {
    globalThis[name] = timers[name] = () => ({ ref() {}, unref() {} });
  }
  process.nextTick = () => {};
  process.hrtime = () => [0, 0];
  globalThis.queueMicrotask = () => {};
  performance.now = () => 0;
  globalThis.Date = class extends Date { static now() { return 0; } };`;

const throwing = `() => { throw new Error('replaced'); }`;

/** Programs as people write them. */
export const ordinary: Broken[] = [
  { what: 'a local .ts module was imported', code: "require('./local').twice(1);" },
  { what: 'node:repl was imported', code: "require('node:repl');" },
  { what: 'node:domain was imported', code: "require('node:domain');" },
  {
    what: 'a domain is in use',
    code: "const domain = require('node:domain').create(); domain.on('error', () => {}); domain.enter();",
  },
  {
    what: 'every module of Node was imported',
    code: "for (const name of require('node:module').builtinModules) if (!/^(inspector|sys|test|_|wasi|trace_events)/.test(name)) require(name);",
  },
  { what: 'a capture callback was set', code: 'process.setUncaughtExceptionCaptureCallback(() => {});' },
  { what: 'an uncaughtException handler was set', code: "process.on('uncaughtException', () => {});" },
  {
    what: 'an uncaughtExceptionMonitor that throws was set',
    code: `process.on('uncaughtExceptionMonitor', ${throwing});`,
  },
  {
    what: 'an AsyncLocalStorage is in use',
    code: "const { AsyncLocalStorage } = require('node:async_hooks'); new AsyncLocalStorage().enterWith(1);",
  },
  {
    what: 'async hooks are in use',
    code: "require('node:async_hooks').createHook({ init() {}, before() {}, after() {}, destroy() {}, promiseResolve() {} }).enable();",
  },
  {
    what: 'an inspector session is open',
    code: "const { Session } = require('node:inspector'); const inspected = new Session(); inspected.connect(); inspected.post('Debugger.enable'); inspected.post('Runtime.enable');",
  },
  {
    what: 'the library with its native code was loaded',
    code: "require('parlab'); new (require('parlab').Lock)();",
  },
  { what: 'timers were faked', code: FAKE_TIMERS },
  { what: 'all listeners of the process were removed', code: 'process.removeAllListeners();' },
  { what: 'Error was frozen', code: 'Object.freeze(Error);' },
  { what: 'Error.prototype was frozen', code: 'Object.freeze(Error.prototype);' },
  { what: 'process was frozen', code: 'Object.freeze(process);' },
  { what: 'the global object was frozen', code: 'try { Object.freeze(globalThis); } catch {}' },
  { what: 'Object.prototype was frozen', code: 'Object.freeze(Object.prototype);' },
  {
    what: 'every prototype was frozen',
    code: 'for (const name of Object.getOwnPropertyNames(globalThis)) { const { prototype } = globalThis[name] ?? {}; if (prototype) Object.freeze(prototype); }',
  },
  { what: 'Error.prepareStackTrace throws', code: `Error.prepareStackTrace = ${throwing};` },
  {
    what: 'Error.prepareStackTrace throws and Error is frozen',
    code: `Error.prepareStackTrace = ${throwing}; Object.freeze(Error);`,
  },
  { what: 'Error.stackTraceLimit is 0', code: 'Error.stackTraceLimit = 0;' },
  { what: 'Error.captureStackTrace is gone', code: 'delete Error.captureStackTrace;' },
  { what: 'Error is gone', code: 'Error = undefined;' },
  { what: 'process is another object', code: 'process = {};' },
  { what: 'Symbol is gone', code: 'Symbol = undefined;' },
  { what: 'Buffer is gone', code: 'Buffer = undefined;' },
  { what: 'Promise is another class', code: 'Promise = class Promised extends Promise {};' },
  { what: 'Promise is gone', code: 'Promise = undefined;' },
  {
    what: 'every class of JavaScript is gone',
    code: "for (const name of ['Array', 'Object', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Error', 'Promise', 'Symbol', 'Date', 'JSON', 'Reflect', 'Atomics', 'Proxy', 'RegExp', 'String', 'Number', 'Int32Array', 'Uint8Array', 'SharedArrayBuffer', 'Buffer', 'AbortController', 'performance', 'process', 'console']) globalThis[name] = undefined;",
  },
  { what: 'all objects have a toJSON', code: "Object.prototype.toJSON = () => 'replaced';" },
  {
    what: 'all objects have a toJSON for good',
    code: "Object.defineProperty(Object.prototype, 'toJSON', { value: () => 'replaced' });",
  },
  { what: 'process.emit throws', code: `process.emit = ${throwing};` },
  { what: 'process.exit does nothing', code: 'process.exit = () => {};' },
  { what: 'process._fatalException is gone', code: 'process._fatalException = undefined;' },
];

/** Everything that JavaScript and Node give a program by name and that can be called: each replaced by what throws. */
export function replaceable(): string[] {
  const owners = [
    ...[
      'Object',
      'Function',
      'Array',
      'String',
      'Number',
      'Boolean',
      'Symbol',
      'RegExp',
      'Date',
      'Error',
      'Promise',
    ],
    ...[
      'Map',
      'Set',
      'WeakMap',
      'WeakSet',
      'WeakRef',
      'ArrayBuffer',
      'SharedArrayBuffer',
      'DataView',
      'Int32Array',
    ],
    ...['Uint8Array', 'Buffer', 'AbortController', 'AbortSignal', 'EventTarget', 'MessagePort'],
  ].flatMap((name) => [name, `${name}.prototype`]);
  const modules = [
    'async_hooks',
    'buffer',
    'events',
    'fs',
    'inspector',
    'module',
    'net',
    'path',
    'process',
    'stream',
  ]
    .concat(['string_decoder', 'timers', 'util', 'util.types', 'v8', 'vm', 'worker_threads'])
    .map((name) => `require('node:${name.split('.')[0]}')${name.includes('.') ? '.types' : ''}`);
  const classes = [
    "require('node:events').prototype",
    "require('node:stream').Readable.prototype",
    "require('node:stream').Writable.prototype",
    "require('node:stream').Duplex.prototype",
    "require('node:net').Socket.prototype",
    "require('node:async_hooks').AsyncLocalStorage.prototype",
    "require('node:async_hooks').AsyncResource.prototype",
    "require('node:vm').Script.prototype",
    "require('node:inspector').Session.prototype",
    "require('node:worker_threads').MessagePort.prototype",
    'Object.getPrototypeOf(Uint8Array).prototype',
    'Object.getPrototypeOf([][Symbol.iterator]())',
    'Object.getPrototypeOf(new Map()[Symbol.iterator]())',
    'Object.getPrototypeOf(new Set()[Symbol.iterator]())',
    'Object.getPrototypeOf(function* () {}).prototype',
    'Object.getPrototypeOf((function* () {})()).__proto__',
  ];
  const namespaces = ['Atomics', 'JSON', 'Reflect', 'Math', 'performance', 'console'];
  return [...owners, ...namespaces, ...modules, ...classes];
}
