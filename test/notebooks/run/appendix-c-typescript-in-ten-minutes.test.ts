// The notebook appendix-c-typescript-in-ten-minutes, with every answer to its exercises.
import { runsForStudents } from '../for-students';

runsForStudents('appendix-c-typescript-in-ten-minutes');
