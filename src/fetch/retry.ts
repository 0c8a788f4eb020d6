import type { Transport } from "../given/other-crl.ts";
import type { Answer, Condition, Refusal } from "./http-get.ts";

/** Answers of a server that is overloaded or being restarted (RFC 9110 15.6, RFC 6585 4). */
const passing: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** Returns the seconds to wait after failed attempts: 1, 4, 16, ... A server that is being restarted needs a few. */
export function pauseAfter(attempts: number): number {
  return 4 ** (attempts - 1);
}

/**
 * Repeats requests that failed for a reason that may be temporary, with growing pauses.
 *
 * @param attempts maximum number of requests for one URL
 * @param sleep waits for some seconds
 */
export function withRetries(
  ask: (url: string, condition: Condition | undefined) => Promise<Answer | Refusal>,
  attempts: number,
  sleep: (seconds: number) => Promise<void>,
): typeof ask {
  return async (url, condition) => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await ask(url, condition);
      if ("refused" in answer || attempt >= attempts || !mayPass(answer.transport)) return answer;
      await sleep(pauseAfter(attempt));
    }
  };
}

/** Whether the reason for the missing CRL may be temporary: it then shows little about the URL. */
export function mayPass({ status, failure }: Transport): boolean {
  return passing.has(status) || (failure !== undefined && (status === 0 || failure.by === "anyone"));
}
