// Which of the parent's Node options its children get.

/** Options that belong to the parent's own task: its program text, its debugger, its test runner. */
const OWN =
  /^(-e|--eval|-p|--print|-pe|-i|--interactive|-c|--check|--inspect|--debug|--test|--watch|--input-type|--build-snapshot|--snapshot-blob|--experimental-test|--title)/;
const REQUIRE = new Set(['-r', '--require']);

export function childExecArguments(parent: readonly string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i < parent.length; i++) {
    const argument = parent[i]!;
    const value = parent[i + 1];
    if (REQUIRE.has(argument) && value !== undefined) {
      i++;
      // The child loads ts-node itself, when the first .ts file is required: it takes longer than all the
      // rest.
      if (!isTsNode(value)) kept.push(argument, value);
    } else if (OWN.test(argument)) {
      // Among Node's options, what does not begin with a dash is the value of the one before it.
      if (value?.startsWith('-') === false) i++;
    } else if (!isTsNode(/^(?:-r|--require)=(.*)$/s.exec(argument)?.[1] ?? '')) {
      kept.push(argument);
    }
  }
  return kept;
}

/** A thread shares the options of its process and takes only those that load something or say how to warn. */
export function threadExecArguments(parent: readonly string[]): string[] {
  const arguments_ = childExecArguments(parent);
  return arguments_.flatMap((argument, i) => {
    if (LOADING.has(argument)) return [argument, arguments_[i + 1] ?? ''];
    return /^--(require|import|conditions|no-warnings|(no|trace|throw|pending)-(deprecation|warnings))/.test(
      argument,
    )
      ? [argument]
      : [];
  });
}
const LOADING = new Set(['-r', '--require', '--import', '-C', '--conditions']);

function isTsNode(module: string): boolean {
  return /(^|[\\/])ts-node([\\/]|$)/.test(module);
}
