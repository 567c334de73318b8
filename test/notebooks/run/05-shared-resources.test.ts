// The notebook 05-shared-resources, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('05-shared-resources');
