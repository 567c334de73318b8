// The notebook 09-results-back, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('09-results-back');
