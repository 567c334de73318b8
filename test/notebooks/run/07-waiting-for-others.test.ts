// The notebook 07-waiting-for-others, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('07-waiting-for-others');
