// Notices that the Jupyter server that started this kernel is gone: nothing else would ever stop it.

const LOOK_EVERY_MS = 1000;

export function whenOrphaned(leave: () => void): void {
  const server = Number(process.env.JPY_PARENT_PID);
  if (process.ppid !== server) return; // started by hand, or through a launcher that may end before us
  const timer = setInterval(() => {
    if (process.ppid === server) return;
    clearInterval(timer);
    leave();
  }, LOOK_EVERY_MS);
  timer.unref();
}
