/**
 * What the notebooks import: the self-test, questions, checks and the evil scheduler, and the pieces of which
 * courses of one's own are made. Programs do not need it.
 *
 * @module parlab/tutorial
 */

import { join } from 'node:path';
import { loadTogether } from '../system/load-together';

loadTogether(module, join(__dirname, '..'));

export { ask } from './ask';
export { type Exercise, type ExerciseParts, exercise } from './exercise';
export { checkResults } from './exercises/all-results';
export { checkCleanHouse } from './exercises/clean-house';
export { checkDigging } from './exercises/digging-holes';
export { checkBlocks, checkFarm } from './exercises/farm';
export { checkForestFire } from './exercises/forest-fire';
export { checkGame } from './exercises/games';
export { checkForks, checkOffice, checkShelf, checkShop, checkTrip } from './exercises/hangs';
export { checkImageFilter } from './exercises/image-filter';
export { checkGreeters } from './exercises/many-greeters';
export { checkOrder } from './exercises/order-that-returns';
export { checkParentFirst } from './exercises/parent-first';
export { checkParty } from './exercises/party';
export { checkPhotos } from './exercises/photos';
export { checkAccount, checkLastSeat, checkTwoSellers } from './exercises/repairs';
export { checkSendNames } from './exercises/send-names';
export { checkShoutWords } from './exercises/shout-words';
export { checkSquares } from './exercises/squares';
export { checkSumByChild } from './exercises/sum-by-child';
export { checkThreeGreeters } from './exercises/three-greeters';
export { checkWhoFailed } from './exercises/who-failed';
export { checkWordCount } from './exercises/word-count';
export { Hints, hint } from './hint';
export type { Ordering } from './ordering';
export { atLeastAtOnce } from './orders/at-once';
export { type CheckOptions, check } from './orders/check';
export { startsChildren } from './orders/children';
export { CounterExample } from './orders/counter-example';
export { everythingJoined, noDeadlock, nothingLeft, returns } from './orders/ending';
export { resultFromChildren } from './orders/from-children';
export { exactlyOnce, prints, wholeLines } from './orders/printed';
export {
  type Memory,
  type Names,
  type Order,
  type Overall,
  type Requirement,
  requirement,
} from './orders/requirement';
export { mutualExclusion, type Section } from './orders/sharing';
export { byOwnChild, startedTogether } from './orders/who';
export { OrdersSeen, ordersSeen, type SeenOrder } from './orders-seen';
export { Game } from './play/game';
export { type PlayOptions, play } from './play/play';
export { predicted } from './prediction';
export { ProgressTable, progress } from './progress';
export {
  type Choice,
  type FreeAnswer,
  type Prediction,
  type Question,
  type QuestionKind,
  question,
} from './question';
export { answer, type QuestionName } from './questions';
export type { Standing } from './register';
export { OrderRiddle, orderRiddle } from './riddle/order-riddle';
export { SelfTestReport, selfTest } from './self-test';
export { LifePicture, showLife } from './show-life';
export { Verdict } from './verdict';
export { type Moment, type Run, type WatchedProcess, watch } from './watch';
