// The questions of notebook 02.
import type { Choice } from '../question';

export const startQuestions = {
  brackets: {
    right: 'b',
    replies: {
      a: 'That is what `target: wave` would do. With brackets, who calls the function, and when?',
      b: 'The brackets call the function at once, in the parent. What reaches `target` is the result, not the function.',
      c: 'Every function may be a target, also one without parameters. Look at the brackets once more.',
    },
  },
  'copy-at-start': {
    right: 'b',
    replies: {
      a: 'new Process() only makes a plan; nothing is copied yet. When does the process begin to exist?',
      b: 'The child gets its copy at start(). At that moment the variable already holds 2.',
      c: 'After start() the child has its own copy: what the parent writes later does not reach it.',
    },
  },
} as const satisfies Record<string, Choice>;
