const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Cleans up if a signal ends the process. The returned function stops this. */
export function beforeSignal(cleanUp: () => void): () => void {
  const stop = (): void => {
    for (const signal of signals) process.off(signal, die);
  };
  const die = (signal: NodeJS.Signals): void => {
    cleanUp();
    stop();
    process.kill(process.pid, signal);
  };
  for (const signal of signals) process.on(signal, die);
  return stop;
}
