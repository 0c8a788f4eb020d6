/** Limits of the number of simultaneous requests. */
export interface Concurrency {
  readonly concurrency: number;
  /** Maximum number of requests to one host. */
  readonly perHost: number;
}

/**
 * Does some work for each URL, in order if the limits allow it, and returns the results in the order of the URLs.
 *
 * @throws the first error of the work, after all work that was begun has ended
 */
export async function mapByHost<T>(
  urls: readonly string[],
  { concurrency, perHost }: Concurrency,
  work: (url: string, index: number) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = [];
  const failures: unknown[] = [];
  const waiting = urls.map((url, index) => ({ url, index, host: hostOf(url) }));
  const active = new Map<string, number>();
  const countOf = (host: string): number => active.get(host) ?? 0;
  const runNext = async (): Promise<void> => {
    for (;;) {
      const at = waiting.findIndex(({ host }) => countOf(host) < perHost);
      const [next] = at === -1 ? [] : waiting.splice(at, 1);
      // All remaining URLs have hosts at their limit. The tasks of these hosts continue with them.
      if (next === undefined) return;
      active.set(next.host, countOf(next.host) + 1);
      try {
        results[next.index] = await work(next.url, next.index);
      } catch (error) {
        failures.push(error);
        waiting.length = 0;
      }
      active.set(next.host, countOf(next.host) - 1);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, urls.length) }, runNext));
  if (failures.length > 0) throw failures[0];
  return results;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
