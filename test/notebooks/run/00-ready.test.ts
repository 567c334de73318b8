// The notebook 00-ready, with every answer to its exercises.
import { runsForStudents } from '../for-students';

runsForStudents('00-ready');
