// The notebook 04-order-is-not-promised, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('04-order-is-not-promised');
