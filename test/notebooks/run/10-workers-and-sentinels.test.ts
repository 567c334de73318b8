// The notebook 10-workers-and-sentinels, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('10-workers-and-sentinels');
