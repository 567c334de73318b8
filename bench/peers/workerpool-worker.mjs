import workerpool from 'workerpool';
import { heavy, tiny } from './tasks.mjs';

workerpool.worker({ tiny, heavy });
