// The notebook appendix-b-how-a-cell-becomes-a-process, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('appendix-b-how-a-cell-becomes-a-process');
