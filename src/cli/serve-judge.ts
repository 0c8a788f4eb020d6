import { problemAnswer } from "../serve/answer.ts";
import { Budget } from "../serve/budget.ts";
import { smallInput } from "../serve/gate.ts";
import { Problem } from "../serve/problem.ts";
import { wantsHtml } from "../serve/respond.ts";
import type { Judge } from "../serve/work.ts";
import type { IssuerStore } from "../given/issuer-store.ts";
import type { Artefact } from "../input/read.ts";
import { share } from "../files/share.ts";
import { OutOfMemoryError, type Pool } from "../files/worker-pool.ts";

/** Workers that answer requests. */
export type ServePool = Pool<typeof import("./serve-worker.ts")>;

/** Lints in the workers of a pool, and counts the inputs that wait for one. */
export interface PoolJudge {
  readonly judge: Judge;
  readonly waiting: number;
}

/**
 * Lints in the workers of a pool. Large inputs may use all workers but one, and get the next of these that is free: small
 * inputs are linted at the same time, and do not delay large ones. With one worker they take turns.
 *
 * @param issuers store in which the CA of a CRL is looked for if its request names no issuer
 */
export function judgeIn(pool: ServePool, issuers: IssuerStore | undefined): PoolJudge {
  const sent = issuers && share(issuers.artefacts.map(({ name, bytes }): Artefact => ({ name, bytes })));
  const workers = new Budget(pool.threads);
  const forLarge = new Budget(Math.max(1, pool.threads - 1));

  async function takeWorker(isLarge: boolean, signal: AbortSignal): Promise<() => void> {
    if (!isLarge) return workers.take(1, signal);
    const leave = await forLarge.take(1, signal);
    try {
      const free = await workers.take(1, signal, true);
      return () => {
        free();
        leave();
      };
    } catch (error) {
      leave();
      throw error;
    }
  }

  return {
    get waiting() {
      return workers.waiting + forLarge.waiting;
    },
    async judge(asked, signal) {
      const free = await takeWorker(asked.body.length > smallInput, signal);
      try {
        return await pool.run("answerRequest", { asked, issuers: sent }, { signal, transfer: [asked.body.buffer] });
      } catch (error) {
        if (!(error instanceof OutOfMemoryError)) throw error;
        return problemAnswer(new Problem("out-of-memory"), wantsHtml(asked.accept));
      } finally {
        free();
      }
    },
  };
}
