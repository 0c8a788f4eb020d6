/**
 * What worker threads of the service do: every export is a task, which a pool runs by its name. What a task needs is
 * loaded when it is first run: a worker is ready at once, and holds no more than its tasks use.
 *
 * @packageDocumentation
 */
import type { Answer } from "../serve/answer.ts";
import type { Asked } from "../serve/respond.ts";

/** Answers a request of the service. */
export async function answerRequest(asked: Asked): Promise<Answer> {
  const { respond } = await import("../serve/respond.ts");
  return respond(asked);
}
