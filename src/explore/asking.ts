// How the public functions ask the process that explores.
export { explorationHtml } from './exploration-html';
export { explorationText } from './exploration-text';
export { ask, beginExplorer, errorOf } from './explorer/explorer';
export { subjectOf } from './subject';
