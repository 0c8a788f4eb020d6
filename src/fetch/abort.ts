import { setTimeout as wait } from "node:timers/promises";

/** A signal for some work, and how to free it. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Promise that is resolved when the signal is aborted. */
  readonly aborted: Promise<void>;
  /** Aborts the signal. */
  readonly abort: () => void;
  /** Frees the timer and the listeners; must be called when the work has ended. */
  readonly free: () => void;
}

/** Maximum delay of a timer in milliseconds; a longer one would end at once. */
const maximumDelay = 2 ** 31 - 1;

/**
 * Returns a signal that is aborted after some time, or with another signal. Unlike with `AbortSignal.any`, nothing of it
 * stays when the other signal lives longer.
 *
 * @param milliseconds maximum time; undefined, and a time that no timer can wait, for none
 */
export function deadline(milliseconds: number | undefined, other?: AbortSignal): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  const abort = (): void => controller.abort();
  const isTimed = milliseconds !== undefined && milliseconds <= maximumDelay;
  const timer = isTimed ? setTimeout(abort, milliseconds).unref() : undefined;
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  if (other?.aborted === true) abort();
  else other?.addEventListener("abort", abort, { once: true });
  const free = (): void => {
    clearTimeout(timer);
    other?.removeEventListener("abort", abort);
  };
  return { signal, aborted, abort, free };
}

/** Waits for some seconds, also for more than a timer can wait, or until a signal is aborted. */
export async function sleepUntil(seconds: number, stop: AbortSignal): Promise<void> {
  for (let left = seconds * 1000; left > 0 && !stop.aborted; left -= maximumDelay) {
    // The promise is rejected if the signal is aborted.
    await wait(Math.min(left, maximumDelay), undefined, { signal: stop }).catch(() => {});
  }
}
