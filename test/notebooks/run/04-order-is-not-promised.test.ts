// The notebook 04-order-is-not-promised, with every answer to its exercises.
import { runsForStudents } from '../for-students';

runsForStudents('04-order-is-not-promised');
