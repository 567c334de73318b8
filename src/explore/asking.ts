// How the public functions ask the process that explores.
export { explorationText } from './exploration-text';
export { ask, errorOf } from './explorer/explorer';
export { subjectOf } from './subject';
