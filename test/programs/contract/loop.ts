// Four processes that close over a loop variable and an imported one.
import { Process } from 'parlab';
import { factor } from './factor';

for (let i = 0; i < 4; i++) new Process({ target: () => console.log(i * factor) }).start();
