/** Resolves with the first Ctrl-C (or a polite `kill`), so that what was started can be stopped in order. */
export const untilInterrupted = (): Promise<void> =>
  new Promise((resolve) => {
    const done = () => resolve();
    // A signal handler alone does not keep the process alive.
    const alive = setInterval(() => {}, 1 << 30);
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => {
        clearInterval(alive);
        done();
      });
    }
  });
