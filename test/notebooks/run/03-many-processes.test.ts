// The notebook 03-many-processes, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('03-many-processes');
