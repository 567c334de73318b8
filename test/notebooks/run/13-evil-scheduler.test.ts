// The notebook 13-evil-scheduler, with every answer to its exercises.
import { runsForStudents } from '../../support/notebooks/for-students';

runsForStudents('13-evil-scheduler');
