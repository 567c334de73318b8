// The notebook 14-capstone, with every answer to its exercises.
import { runsForStudents } from '../for-students';

runsForStudents('14-capstone');
