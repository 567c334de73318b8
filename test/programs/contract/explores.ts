import { explore, RawValue } from 'parlab';

const counter = new RawValue('int32', 0);
explore(() => counter.value).then((explored) => console.log(String(explored)));
