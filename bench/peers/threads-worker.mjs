import { expose } from 'threads/worker';
import { heavy, tiny } from './tasks.mjs';

expose({ tiny, heavy });
