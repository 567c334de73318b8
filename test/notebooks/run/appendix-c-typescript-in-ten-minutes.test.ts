// The notebook appendix-c-typescript-in-ten-minutes, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('appendix-c-typescript-in-ten-minutes');
