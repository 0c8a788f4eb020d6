/** Files that are processed without a pause. */
const filesPerTurn = 64;

/** Lets the process handle signals and its workers' results, from time to time in a loop over files. */
export async function yieldToEventLoop(index: number): Promise<void> {
  // Not by node:timers/promises: to load that takes longer than most pauses.
  if (index % filesPerTurn === filesPerTurn - 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
