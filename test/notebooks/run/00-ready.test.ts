// The notebook 00-ready, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('00-ready');
