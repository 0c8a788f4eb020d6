/** Files that are worked on without a pause. */
const breath = 64;

/** Lets the process hear of signals and of its workers, every now and then in a loop over files. */
export async function takeBreath(index: number): Promise<void> {
  // Not by node:timers/promises: to load that takes longer than most pauses.
  if (index % breath === breath - 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
