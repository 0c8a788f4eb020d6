/**
 * What worker threads do: every export is a task, which a pool runs by its name. A task takes one argument that can be
 * cloned, and what it needs is loaded when it is first asked for: a worker is ready at once, and holds no more than
 * its tasks use.
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

/** Loads what judging files takes, so that the first of them need not wait for it. */
export async function prepareToJudge(): Promise<void> {
  await import("./judge-task.ts");
}

/** Judges files of a call, each by itself. */
export async function judgeFiles(
  ...args: Parameters<typeof import("./judge-task.ts").judgeFiles>
): Promise<ReturnType<typeof import("./judge-task.ts").judgeFiles>> {
  const { judgeFiles: judge } = await import("./judge-task.ts");
  return judge(...args);
}
