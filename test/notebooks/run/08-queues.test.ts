// The notebook 08-queues, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('08-queues');
