// Tasks for worker-pool.test.ts.
import { setTimeout as sleep } from "node:timers/promises";

/** Returns a number after some milliseconds. */
export async function after(ms) {
  await sleep(ms);
  return ms;
}

/** Fails. */
export function fail(message) {
  throw new Error(message);
}

/** Ends its worker. */
export function crash(message) {
  setImmediate(() => {
    throw new Error(message);
  });
  return new Promise(() => {});
}
