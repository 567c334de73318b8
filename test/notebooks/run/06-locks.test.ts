// The notebook 06-locks, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('06-locks');
