// The notebook 03-many-processes, with every answer to its exercises.
import { runsForStudents } from '../for-students';

runsForStudents('03-many-processes');
