// The notebook 01-what-is-a-process, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('01-what-is-a-process');
