// The notebook 12-speed-up, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('12-speed-up');
