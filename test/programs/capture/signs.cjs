// A module with a symbol of its own.
exports.END = Symbol('end');
exports.isEnd = (value) => value === exports.END;
