// Whether children run with options that are known to survive a fork, and an end without Node's own teardown.
// Coverage and profiles, for example, are written by that teardown, and what a preload has begun no one
// knows.
import { childExecArguments } from '../exec-arguments';

const KNOWN = new RegExp(
  `^(${[
    '--(no-)?(warnings|deprecation|addons|global-search-paths|enable-source-maps|force-async-hooks-checks)',
    '--(throw|pending|trace)-deprecation',
    '--(trace|disable)-(warnings?|uncaught|exit|sigint)',
    '--(max|min|initial)-(old|semi|heap|young)[a-z-]*size',
    '--(stack-size|stack-trace-limit|expose-gc|optimize-for-size|allow-natives-syntax|harmony[a-z-]*)',
    '--(unhandled-rejections|conditions|preserve-symlinks(-main)?|dns-result-order|max-http-header-size)',
    '--(use-(openssl|bundled|system)-ca|openssl-[a-z-]*|tls-[a-z0-9.-]*|icu-data-dir)',
    // Node 24's test runner tells each file the defaults of these.
    '--(report-signal|(cpu|heap)-prof-interval|trace-event-file-pattern|v8-pool-size)',
    '--(secure-heap(-min)?|use-largepages|node-snapshot|network-family-[a-z-]*|heapsnapshot-near-heap-limit)',
    '--(no-)?experimental-(addon-modules|strip-types|transform-types|vm-modules|require-module|detect-module|default-type|sqlite|websocket|webstorage|global-[a-z]*|import-meta-resolve|wasm-modules)',
  ].join('|')})(=|$)`,
);

/** It is read once: a program's options do not change. */
let answer: boolean | undefined;

export function isPlainNode(): boolean {
  answer ??= arePlain(childExecArguments(process.execArgv), process.env);
  return answer;
}

function arePlain(execArguments: readonly string[], env: NodeJS.ProcessEnv): boolean {
  if (env.NODE_V8_COVERAGE !== undefined) return false;
  const options = [...execArguments, ...(env.NODE_OPTIONS ?? '').split(/\s+/)].filter(
    (option) => option !== '',
  );
  return options.every((option) => KNOWN.test(option.replaceAll('_', '-')));
}
