// The letter that begins every name which a generated program uses for itself. No program is written with it,
// and it is one column wide, so that most of what it replaces keeps its column.
export const MARK = 'ˢ';
