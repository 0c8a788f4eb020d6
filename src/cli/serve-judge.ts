import { problemAnswer } from "../serve/answer.ts";
import { Budget } from "../serve/budget.ts";
import { smallInput } from "../serve/gate.ts";
import { Problem } from "../serve/problem.ts";
import { wantsHtml } from "../serve/respond.ts";
import type { Judge } from "../serve/work.ts";
import { OutOfMemoryError, type Pool } from "../files/worker-pool.ts";

/** Judges in the workers of a pool, and tells how many inputs wait for one. */
export interface PoolJudge {
  readonly judge: Judge;
  readonly waiting: number;
}

/**
 * Makes the workers of a pool judge. Large inputs take all of them but one, and of these the next that is free: so small
 * ones are judged while large ones are, and large ones are not kept waiting by any number of small ones. Where there
 * is one worker only, they take turns.
 */
export function judgeIn(pool: Pool): PoolJudge {
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
        return await pool.run("answerRequest", asked, { signal, transfer: [asked.body.buffer] });
      } catch (error) {
        if (!(error instanceof OutOfMemoryError)) throw error;
        return problemAnswer(new Problem("out-of-memory"), wantsHtml(asked.accept));
      } finally {
        free();
      }
    },
  };
}
