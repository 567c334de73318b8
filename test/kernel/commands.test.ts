// Lines with ! at the top of a cell run programs, as in IPython, without a shell; and timeit measures.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { sharedKernel } from '../support/kernel/real-kernel';

describe('a cell', () => {
  const kernel = sharedKernel();

  test('installs a package with npm and imports it at once', async () => {
    const folder = join(kernel.directory, 'greeter');
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{ "name": "greeter", "version": "1.0.0" }');
    writeFileSync(join(folder, 'index.js'), 'exports.greet = (name) => "Hello " + name;');
    writeFileSync(join(kernel.directory, 'package.json'), '{}');
    const cell = kernel.client.execute(
      '!npm install --no-audit --no-fund --offline ./greeter\nimport { greet } from "greeter";\ngreet("Ada")',
    );
    assert.equal((await cell.done()).status, 'ok', JSON.stringify(cell.published));
    assert.match(cell.text('stdout'), /added 1 package/);
    assert.equal(cell.result, "'Hello Ada'");
  });

  test('shows how a command failed, and runs nothing after it', async () => {
    const cell = kernel.client.execute('!node -e "console.error(1); process.exit(3)"\nconsole.log("ran")');
    const reply = await cell.done();
    assert.equal(reply.status === 'error' && reply.ename, 'CommandError');
    assert.match(reply.status === 'error' ? reply.evalue : '', /ended with exit code 3/);
    assert.deepEqual([cell.text('stdout'), cell.text('stderr')], ['', '1\n']);
  });

  test('passes nothing to a shell', async () => {
    const reply = await kernel.client.execute('!node -v > made.txt').done();
    assert.match(reply.status === 'error' ? reply.evalue : '', /runs one program and is no shell: ">"/);
    const literal = kernel.client.execute('!node -p process.argv.slice(1) "$(touch made.txt)" \'*\'');
    await literal.done();
    assert.equal(existsSync(join(kernel.directory, 'made.txt')), false);
  });

  const needShells: [line: string, sentence: RegExp][] = [
    ['!echo `date`', /`…` and \$\(…\) run nothing here/],
    ['!echo $(date)', /run nothing here/],
    ['!echo a.{js,ts}', /\{js,ts\} stays as it is\. Write each word/],
    ['!echo {1..3}', /\{1\.\.3\} stays as it is/],
    ["!echo it's", /A quote is open: ' has no partner/],
    ['!echo "a', /A quote is open: " has no partner/],
    ['!NAME=1 node -v', /NAME=1 sets nothing here\. Write `!env NAME=1 node -v`/],
    ['!cd ..', /cd is a word of shells and no program: process\.chdir/],
    ['!export A=1', /process\.env\.NAME/],
    ['!source x', /word of shells/],
  ];
  for (const [line, sentence] of needShells) {
    test(`says what to write for ${line}`, async () => {
      const reply = await kernel.client.execute(line).done();
      assert.match(reply.status === 'error' ? reply.evalue : '', sentence);
    });
  }

  test('gives a variable to a program by env, and takes signs in quotes as they stand', async () => {
    const cell = kernel.client.execute('!env NAME=1 node -p "process.env.NAME + process.argv[1]" \'{a,b}`\'');
    await cell.done();
    assert.equal(cell.text('stdout'), '1{a,b}`\n');
  });

  const words: [line: string, got: string][] = [
    ['a#b c', 'a#b c'],
    ['a # b', 'a'],
    [`'x#y' "x#y" # z`, 'x#y x#y'],
    ["~ ~/a b~ '~'", `${process.env.HOME} ${process.env.HOME}/a b~ ~`],
    ['lodash[x] what?', 'lodash[x] what?'],
    ["'*.ts'", '*.ts'],
  ];
  test('reads the words of a line as a shell does', async () => {
    const cell = kernel.client.execute(words.map(([line]) => `!echo ${line}`).join('\n'));
    await cell.done();
    assert.deepEqual(
      cell.text('stdout').trim().split('\n'),
      words.map(([, got]) => got),
    );
    const reply = await kernel.client.execute('!ls *.ts').done();
    assert.match(reply.status === 'error' ? reply.evalue : '', /"\*\.ts" is not replaced by names of files/);
  });

  test('names a program that is not there', async () => {
    const reply = await kernel.client.execute('!nosuchprogram now').done();
    assert.equal(
      reply.status === 'error' && reply.evalue,
      'There is no program "nosuchprogram" on the PATH.',
    );
  });

  test('is interrupted together with the command that it runs', async () => {
    const cell = kernel.client.execute('!node -e "console.log(1); setInterval(() => {}, 1000)"');
    await cell.until(() => cell.text('stdout') !== '', 'it to begin');
    await kernel.client.interrupt().done();
    const reply = await cell.done();
    assert.equal(reply.status === 'error' && reply.ename, 'KeyboardInterrupt');
  });

  test('still negates', async () => {
    const cell = kernel.client.execute('const done = false; 1');
    await cell.done();
    const negated = kernel.client.execute('!done');
    await negated.done();
    assert.equal(negated.result, 'true');
  });

  test('measures functions, awaited ones too', async () => {
    const cell = kernel.client.execute('timeit(() => [3, 1, 2].sort(), { repeat: 2, number: 1000 })');
    await cell.done();
    assert.match(
      String(cell.result),
      /^[\d.]+ (s|ms|µs|ns) ± [\d.]+ \S+ per loop \(mean ± std\. dev\. of 2 runs, 1,000 loops each\)$/,
    );
    const pause = kernel.client.execute(
      'const timing = await timeit(() => new Promise((go) => setTimeout(go, 30)), { repeat: 3, number: 1 }); timing.mean > 25',
    );
    await pause.done();
    assert.equal(pause.result, 'true');
    for (const [options, told] of [
      ['{ number: 0 }', 'number to be a whole number from 1, not 0.'],
      ['{ repeat: 1.5 }', 'repeat to be a whole number from 1, not 1.5.'],
    ]) {
      const wrong = kernel.client.execute(`timeit(() => 1, ${options})`);
      await wrong.done();
      assert.equal(wrong.contents('error').at(-1)?.evalue, `timeit() expects ${told}`);
    }
  });
});
