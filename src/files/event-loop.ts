/** Number of files that are processed without a pause. */
const filesPerTurn = 64;

/** Lets the process handle signals and results of its workers, at intervals in a loop over files. */
export async function yieldToEventLoop(index: number): Promise<void> {
  // Loading node:timers/promises would take longer than most pauses.
  if (index % filesPerTurn === filesPerTurn - 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
