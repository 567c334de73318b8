// What a pool promises, of one whose work is done in a room.
import type { Pool } from '../../src/index';
import { keepsPoolPromises } from '../contract/pool-promises';
import { openRoom } from './room';

const room = openRoom({ hosts: ['anna', 'bert'] });

keepsPoolPromises('a room', (sizes) => new room.mp.Pool(sizes) as Pool);
