// The notebook 08-queues, with every answer to its exercises.
import { runsForStudents } from '../for-students';

runsForStudents('08-queues');
