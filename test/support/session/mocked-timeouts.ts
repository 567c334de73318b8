// To be imported before all else: the session's files take Node's timers when they are loaded.
import { mock } from 'node:test';

mock.timers.enable({ apis: ['setTimeout'] });
