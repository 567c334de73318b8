// The notebook 11-deadlock, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('11-deadlock');
