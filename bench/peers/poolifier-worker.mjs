import { ThreadWorker } from 'poolifier';
import { heavy, tiny } from './tasks.mjs';

export default new ThreadWorker({ tiny, heavy });
