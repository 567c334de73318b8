// The questions of notebook 08.
import type { Ordering } from '../ordering';
import type { Choice } from '../question';

export const queueQuestions = {
  'get-empty': {
    right: 'c',
    replies: {
      a: 'Then the child would have greeted "undefined". What did it print?',
      b: 'Nothing went wrong in the child. Look at its bar in the picture before the message came.',
      c: 'get() waits until something is there. Nobody needs to guess how long that takes.',
    },
  },
  'small-shelf': {
    right: 'a',
    replies: {
      a: 'Two rolls fill the shelf. Then put() waits until the eater has made room for one more.',
      b: 'Nearly always a roll lies there for the eater. Whose bar is hatched again and again?',
      c: 'The shelf has room for two, and six rolls are to be baked. Look for the hatched parts in the picture.',
    },
  },
  'two-producers': {
    right: 'b',
    replies: {
      a: 'That is possible: Ada was quick. Each of them has kept her own order.',
      b: 'Ada puts A1 before A2, so A1 is in front. Only messages of different processes may change places.',
      c: 'That is possible: they took turns, and Bea began.',
    },
  },
  'names-plan': {
    lines: 'abcdef',
    unneeded: {
      f: 'you have used line f. How long would be long enough? get() waits by itself, so nobody must sleep.',
    },
    before: [
      ['e', 'a', 'line a gives the box to the child. Which line makes the box?'],
      ['e', 'd', 'line d puts names into the box. Which line makes the box?'],
      ['a', 'c', 'line c starts the child. Which line makes the Process object?'],
      ['c', 'b', 'you wait for the end of a child that has not started.'],
      [
        'd',
        'b',
        'the parent waits for the end of the child, and the child waits for names. Nobody puts one: they wait for ever.',
      ],
    ],
    reply: 'this order works. The names may even be in the box before the child starts: a box keeps them.',
  },
} as const satisfies Record<string, Choice | Ordering>;
