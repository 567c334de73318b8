// A host's program: its output and its children's go to descriptor 3 in frames, tagged with the work of the moment.
import { Process } from 'parlab';
import { childrenOf, replaceStandardStreams, report, setOutput } from 'parlab/host';

let tag = 'cell 1';
setOutput({ fd: 3, tag: () => tag });
replaceStandardStreams();

const child = new Process({
  target: async () => {
    console.log('from the child');
    console.error('its error');
    report({ from: 'child', list: [1, 2, 3] });
    console.log('x'.repeat(10_000));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const nested = new Process({ target: () => console.log('from the nested one') });
    nested.start();
    await nested.join();
    throw new Error('it failed');
  },
});

async function main() {
  console.log('before');
  child.start();
  tag = 'cell 2';
  console.log('after');
  report([childrenOf('cell 1').length, childrenOf('cell 2').length]);
  await child.join();
  console.log('joined');
}

main();
