const words: string[] = process.argv.slice(2);
console.log(words.join(' + '));
process.exit(words.length);
