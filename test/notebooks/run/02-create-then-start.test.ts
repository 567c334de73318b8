// The notebook 02-create-then-start, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('02-create-then-start');
