// interim
export { explore, openWalk, type Walk, type Position, type ExploreOptions } from './interim';
