// The links for Binder and JupyterHub, of any repository, and the badge in files.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readRepository, sharingLinks } from '../../../kernel/cli/commands/sharing-links';
import { CliError } from '../../../kernel/cli-error';
import { parlab } from '../../support/commands/parlab';
import { nothingLeft } from '../../support/processes/nothing-left';

after(nothingLeft);

describe('the address of a repository', () => {
  const plain = { host: 'github.com', path: 'ada/course' };
  const read: [string, object][] = [
    ['https://github.com/ada/course', plain],
    ['https://github.com/ada/course/', plain],
    ['https://github.com/ada/course.git', plain],
    ['http://github.com/ada/course?tab=readme#top', plain],
    ['git@github.com:ada/course.git', plain],
    ['ssh://git@github.com/ada/course.git', plain],
    ['https://ada:secret@github.com/ada/course', plain],
    ['https://github.com/ada/course/tree/autumn', { ...plain, branch: 'autumn' }],
    [
      'https://github.com/ada/course/blob/main/a%20folder/01.ipynb',
      { ...plain, branch: 'main', open: 'a folder/01.ipynb' },
    ],
    ['https://github.com/ada/course/blob/main/100%.ipynb', { ...plain, branch: 'main', open: '100%.ipynb' }],
    ['https://gitlab.com/school/cs/course', { host: 'gitlab.com', path: 'school/cs/course' }],
    [
      'https://gitlab.com/school/cs/course/-/tree/main/notebooks',
      { host: 'gitlab.com', path: 'school/cs/course', branch: 'main', open: 'notebooks' },
    ],
    ['https://git.school.example/cs/course', { host: 'git.school.example', path: 'cs/course' }],
  ];
  for (const [address, repository] of read)
    test(`${address} is understood`, () => assert.deepEqual(readRepository(address), repository));

  const refused: [string, RegExp][] = [
    ['', /is not the address of a repository: write it as in https:\/\/github\.com\/owner\/name\.$/],
    ['ada/course', /is not the address/],
    ['/home/ada/course', /is not the address/],
    ['file:///home/ada/course', /is not the address/],
    ['https://github.com', /names no repository/],
    ['https://github.com/ada', /names no repository/],
    ['https://localhost/ada/course', /localhost is no host that others can reach/],
  ];
  for (const [address, sentence] of refused) {
    test(`"${address}" is refused in a sentence`, () =>
      assert.throws(
        () => readRepository(address),
        (error) => error instanceof CliError && sentence.test(error.message),
      ));
  }
});

describe('the links', () => {
  const mybinder = 'https://mybinder.org';
  const course = readRepository('https://github.com/ada/course');
  const made: [string, Parameters<typeof sharingLinks>, object][] = [
    [
      'open JupyterLab on the default branch',
      [course, { binder: mybinder }],
      {
        binder: 'https://mybinder.org/v2/gh/ada/course/HEAD?urlpath=lab',
        badge:
          '[![Open in Binder](https://mybinder.org/badge_logo.svg)](https://mybinder.org/v2/gh/ada/course/HEAD?urlpath=lab)',
      },
    ],
    [
      'open a notebook of a branch, with its name encoded',
      [course, { binder: mybinder, branch: 'autumn/26', open: 'notebooks/a b.ipynb' }],
      {
        binder: 'https://mybinder.org/v2/gh/ada/course/autumn%2F26?labpath=notebooks%2Fa%20b.ipynb',
      },
    ],
    [
      'know GitLab and its groups',
      [readRepository('https://gitlab.com/school/cs/course/-/blob/main/01.ipynb'), { binder: mybinder }],
      { binder: 'https://mybinder.org/v2/gl/school%2Fcs%2Fcourse/main?labpath=01.ipynb' },
    ],
    [
      'know every other host, and another BinderHub',
      [readRepository('git@git.school.example:cs/course.git'), { binder: 'https://binder.school.example/' }],
      {
        binder:
          'https://binder.school.example/v2/git/https%3A%2F%2Fgit.school.example%2Fcs%2Fcourse/HEAD?urlpath=lab',
      },
    ],
    [
      'pull into a JupyterHub',
      [course, { binder: mybinder, hub: 'https://hub.school.example/', open: 'notebooks/00-ready.ipynb' }],
      {
        hub: 'https://hub.school.example/hub/user-redirect/git-pull?repo=https%3A%2F%2Fgithub.com%2Fada%2Fcourse&urlpath=lab%2Ftree%2Fcourse%2Fnotebooks%2F00-ready.ipynb',
      },
    ],
    [
      'take the environment of one repository and the notebooks of another',
      [
        course,
        {
          binder: mybinder,
          branch: 'main',
          environment: readRepository('https://github.com/school/parlab/tree/v1'),
        },
      ],
      {
        binder:
          'https://mybinder.org/v2/gh/school/parlab/v1?urlpath=git-pull%3Frepo%3Dhttps%253A%252F%252Fgithub.com%252Fada%252Fcourse%26urlpath%3Dlab%252Ftree%252Fcourse%26branch%3Dmain',
      },
    ],
  ];
  for (const [title, given, wanted] of made) {
    test(title, () => {
      const links = sharingLinks(...given);
      assert.deepEqual({ ...links, ...wanted }, links);
    });
  }

  for (const address of ['hub.school.example', 'hub', '', 'https://', 'javascript:alert(1)']) {
    test(`"${address}" is refused as a hub and as a BinderHub`, () => {
      for (const options of [{ binder: mybinder, hub: address }, { binder: address }]) {
        // Nobody has named a hub.
        if (options.hub === '') continue;
        assert.throws(
          () => sharingLinks(course, options),
          (error) => error instanceof CliError && /is not the address of a server/.test(error.message),
        );
      }
    });
  }
});

describe('parlab binder-link', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'links-'));
  });
  after(() => rmSync(folder, { recursive: true }));
  const readme = () => path.join(folder, 'README.md');

  test('prints the links of an address', async () => {
    const { code, stdout } = await parlab([
      'binder-link',
      'https://github.com/ada/course',
      '--open',
      'a.ipynb',
    ]);
    assert.equal(code, 0);
    assert.match(stdout, /^Binder {6}https:\/\/mybinder\.org\/v2\/gh\/ada\/course\/HEAD\?labpath=a\.ipynb$/m);
    assert.match(stdout, /^Badge {7}\[!\[Open in Binder\]/m);
  });

  test('takes the address that the folder was cloned from, and says so when there is none', async () => {
    const none = await parlab(['binder-link'], { cwd: folder });
    assert.equal(none.code, 1);
    assert.match(none.stderr, /^parlab: This folder was cloned from nowhere: name the repository/);
    for (const args of [
      ['init', '-q'],
      ['remote', 'add', 'origin', 'git@github.com:ada/course.git'],
    ])
      assert.equal(spawnSync('git', args, { cwd: folder }).status, 0);
    const origin = await parlab(['binder-link'], { cwd: folder });
    assert.match(origin.stdout, /\/gh\/ada\/course\/HEAD/);
  });

  test('puts the badge where the file has its place, also a second time', async () => {
    writeFileSync(readme(), '# Course\n\n<!-- binder -->\nnothing yet\n<!-- /binder -->\n\nText.\n');
    for (const branch of ['one', 'two']) {
      const args = ['binder-link', '--branch', branch, '--write', readme()];
      assert.equal((await parlab(args, { cwd: folder })).code, 0);
      const text = readFileSync(readme(), 'utf8');
      assert.match(
        text,
        new RegExp(
          String.raw`^# Course\n\n<!-- binder -->\n\[!.*/course/${branch}\?urlpath=lab\)\n<!-- /binder -->\n\nText\.\n$`,
        ),
      );
    }
  });

  test('changes no file when one of them has no place for the badge', async () => {
    const before = readFileSync(readme(), 'utf8');
    const other = path.join(folder, 'other.md');
    writeFileSync(other, '# Other\n');
    const args = ['binder-link', '--branch', 'three', '--write', readme(), other];
    const { code, stderr } = await parlab(args, { cwd: folder });
    assert.equal(code, 1);
    assert.match(stderr, /has no place for the badge: put the lines <!-- binder --> and <!-- \/binder -->/);
    assert.equal(readFileSync(readme(), 'utf8'), before);
  });

  test('says in a sentence that a file is not there, or none', async () => {
    for (const [file, reason] of [
      [path.join(folder, 'nofile.md'), 'there is no such file'],
      [folder, 'it is a folder'],
    ] as const) {
      const { code, stderr } = await parlab(['binder-link', '--branch', 'one', '--write', file], {
        cwd: folder,
      });
      assert.equal(stderr, `parlab: ${file} cannot be read: ${reason}.\n`);
      assert.equal(code, 1);
    }
  });
});
