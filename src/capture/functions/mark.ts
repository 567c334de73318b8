// The letter that begins every name which a generated program uses for itself. Programs do not have it in
// their names, and it is one column wide, so that most of what it replaces keeps its column.
export const MARK = 'ˢ';
