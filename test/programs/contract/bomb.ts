// A function that starts itself twice, without end.
import { Process } from 'parlab';

function bomb() {
  for (let i = 0; i < 2; i++) new Process({ target: bomb }).start();
}
bomb();
