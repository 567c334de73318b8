// The notebook appendix-a-python-and-typescript, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('appendix-a-python-and-typescript');
