// What users may rely on, and nothing else. Add a line here only with a line in CHANGELOG.md.
export {};
