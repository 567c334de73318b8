// A program in CommonJS as a compiler gives it, with its helpers and its way of importing.
'use strict';
var __importDefault =
  (this && this.__importDefault) || ((mod) => (mod && mod.__esModule ? mod : { default: mod }));
var __awaiter =
  (this && this.__awaiter) ||
  ((thisArg, _arguments, P, generator) => {
    function adopt(value) {
      return value instanceof P ? value : new P((resolve) => resolve(value));
    }
    return new (P || (P = Promise))((resolve, reject) => {
      function fulfilled(value) {
        try {
          step(generator.next(value));
        } catch (e) {
          reject(e);
        }
      }
      function rejected(value) {
        try {
          step(generator.throw(value));
        } catch (e) {
          reject(e);
        }
      }
      function step(result) {
        result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
      }
      step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
  });
const node_os_1 = __importDefault(require('node:os'));
const helper_1 = require('./helper.cjs');
const answer_1 = require('./answer.cjs');
exports.started = (exports.started ?? 0) + 1;
exports.own = own;
const table = { one: 1, nested: { list: [1, 2] } };
function own(n) {
  return n + table.one;
}
function target(n) {
  return __awaiter(this, void 0, void 0, function* () {
    const later = yield Promise.resolve(n);
    return [
      (0, exports.own)(later),
      (0, helper_1.half)(8),
      helper_1.unexported(),
      typeof node_os_1.default.cpus,
      exports.started,
      __filename.endsWith('entry.cjs'),
      table.nested.list,
    ];
  });
}
(0, answer_1.answer)(target, 41);
