// Which scripts are strict, and that nobody's comments make it a matter of minutes to find out.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runInThisContext, Script } from 'node:vm';
import { isStrictByDirective } from '../../src/capture/functions/directives';

const BIG = 100_000;
/** Of what is linear it takes some milliseconds; of what is not, minutes. */
const PATIENCE_MS = 1000;

const beginnings: { [what: string]: string } = {
  nothing: '',
  directive: "'use strict';",
  'directive, double quotes': '"use strict"',
  'directive behind comments': "// one\n/* two\n */ 'use strict'\n",
  'directive behind another': "'use asm'; 'use strict';",
  'directive behind another, without semicolons': "'use asm'\n'use strict'\n",
  'directive in a block comment': "/* 'use strict' */",
  'directive in a line comment': "// 'use strict'\n",
  'directive too late': "let a; 'use strict';",
  'written otherwise': "'use\\x20strict';",
  'part of an expression': "'use strict'.length;",
  'part of a longer expression': "'use strict'\n+ 1;",
  'called on the next line': "'use strict'\n.length;",
  'first of a list': "'use strict', 1;",
  compared: "'use strict' == 1;",
  'followed by a statement': "'use strict'\nlet a = 1;",
  'followed by a prefix': "'use strict'\n!1;",
  'a text that is none': "'use strictly';",
};

describe('Whether a script is strict', () => {
  for (const [what, beginning] of Object.entries(beginnings)) {
    test(`is what V8 says: ${what}`, () => {
      const strict = runInThisContext(
        `(function () { ${beginning}\nreturn this === undefined; })()`,
      ) as boolean;
      assert.equal(isStrictByDirective(beginning), strict);
      assert.equal(
        isStrictByDirective(`(async function (exports) {${beginning}\n})`),
        strict,
        'in a wrapper',
      );
      assert.equal(isStrictByDirective(`#!/usr/bin/env node\n${beginning}`), strict, 'behind #!');
    });
  }

  const hostile: { [what: string]: string } = {
    slashes: '/'.repeat(BIG),
    'slashes with ends': '////\n'.repeat(BIG),
    'commented lines': '//   b = [  1,  2 ]; // c\n'.repeat(BIG),
    'block comments': '/* a */ /** b **/'.repeat(BIG),
    'an open comment': `/*${'*'.repeat(BIG)}`,
    blanks: ' \t\n'.repeat(BIG),
    parentheses: '('.repeat(BIG),
    'parentheses of functions': '(function ('.repeat(BIG),
    texts: "'use'; ".repeat(BIG),
    'an open text': `'${'\\'.repeat(BIG)}`,
    backticks: '`${'.repeat(BIG),
  };
  for (const [what, text] of Object.entries(hostile)) {
    test(`is found out at once of a megabyte of ${what}`, () => {
      const began = performance.now();
      assert.equal(isStrictByDirective(text), false);
      assert.ok(performance.now() - began < PATIENCE_MS);
      assert.ok(!isStrictByDirective(`${text}\n'no strict'`));
    });
  }

  test('of a function in a file of comments', () => {
    const text = `${'/'.repeat(300)}\n${'// x = 1; // y\n'.repeat(50)}function f() {}`;
    assert.doesNotThrow(() => new Script(text));
    assert.equal(isStrictByDirective(text), false);
    assert.equal(isStrictByDirective(`${'/'.repeat(300)}\n'use strict';\nfunction f() {}`), true);
  });
});
