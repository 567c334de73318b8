/**
 * What the notebooks import: the self-test, questions and checks. Programs do not need it.
 *
 * @module parlab/tutorial
 */

export { ask } from './ask';
export { checkGreeters } from './exercises/many-greeters';
export { checkParentFirst } from './exercises/parent-first';
export { checkSquares } from './exercises/squares';
export { checkThreeGreeters } from './exercises/three-greeters';
export { predicted } from './prediction';
export { answer, type QuestionName } from './questions';
export { SelfTestReport, selfTest } from './self-test';
export { LifePicture, showLife } from './show-life';
export { Verdict } from './verdict';
