// The notebook 14-capstone, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('14-capstone');
