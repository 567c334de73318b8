// Answers to the exercises of notebook 05.
import type { Answers } from './answers';

const order = (code: string) => `const evilOrder = '${code}';`;
const results = (list: string) => `const results: number[] = ${list};`;

export default {
  'evil-order': {
    right: [order('A B A B'), order('B A A B'), order('B A B A'), order('abba')],
    wrong: [
      // Politely, one after the other.
      [order('A A B B'), /in the order A A B B it returns 2, and not 1/],
      [order('B B A A'), /in the order B B A A it returns 2, and not 1/],
      // One letter for each child, not for each step.
      [order('A B'), /after A B the program is not over: next comes A or B/],
      [order('A B B A A B'), /after A B B A the program is over, but your order goes on with A/],
      // Three steps, as reading, adding and writing.
      [order('A A A B B B'), /after A A, A cannot move: next comes B/],
      [order('Ada Bob Bob Ada'), /at the beginning, ADA cannot move: next comes A or B/],
      [order('C A B B'), /at the beginning, C cannot move/],
      [order('?'), /write the letters of your order/],
    ],
  },
  results: {
    right: [results('[10, 15, 20, 30]'), results('[30, 20, 15, 10, 10]')],
    wrong: [
      // Only the polite orders.
      [results('[20, 30]'), /right, but 2 more results can come out/],
      [results('[20, 30, 10]'), /right, but 1 more result can come out/],
      // Both updates lost.
      [results('[20, 30, 10, 15, 5]'), /5 can never come out: I tried all 6 orders/],
      [results('[25]'), /25 can never come out/],
      [results('[]'), /write each result that can come out/],
      // In quotes.
      [
        "const results = ['10', '15', '20', '30'];",
        /'10' is a text, and the results are numbers: write 10, without quotes/,
      ],
      ["const results: any = '10, 15, 20, 30';", /write an array/],
      ["const results: any = ['?'];", /write each result/],
    ],
  },
} satisfies Record<string, Answers>;
