// The standard library of this Node, as TypeScript names its parts: what is typed must exist when it runs.

export function nodeLibraries(): string[] {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24) return ['esnext'];
  const names = ['es2023', 'esnext.disposable'];
  if (major >= 22) names.push('es2024', 'es2025.iterator', 'es2025.collection', 'esnext.array');
  return names;
}
