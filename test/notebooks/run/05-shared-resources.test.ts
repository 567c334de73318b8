// The notebook 05-shared-resources, with every answer to its exercises.
import { runsForStudents } from '../for-students';

runsForStudents('05-shared-resources');
