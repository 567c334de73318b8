// The notebook 10-workers-and-sentinels, with every answer to its exercises.
import { runsForStudents } from '../for-students';

runsForStudents('10-workers-and-sentinels');
