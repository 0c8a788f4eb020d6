/** Limits of the number of simultaneous requests. */
export interface Concurrency {
  readonly concurrency: number;
  /** Maximum number of requests to one host. */
  readonly perHost: number;
}

/** Does some work for each URL, in order if the limits allow it, and returns the results in the order of the URLs. */
export async function mapByHost<T>(
  urls: readonly string[],
  { concurrency, perHost }: Concurrency,
  work: (url: string, index: number) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = [];
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
      results[next.index] = await work(next.url, next.index).finally(() =>
        active.set(next.host, countOf(next.host) - 1),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, urls.length) }, runNext));
  return results;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
