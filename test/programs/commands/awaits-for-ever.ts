const nothing = new Promise<void>(() => {});
if (process.argv[2] === 'busy') setTimeout(() => {}, 60_000);
if (process.argv[2] === 'exits') setTimeout(() => process.exit(3), 1);
console.log('waits');
await nothing;
