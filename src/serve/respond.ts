import { type Answer, problemAnswer } from "./answer.ts";
import { Problem } from "./problem.ts";

/** A request as it goes to a worker: it can be cloned. */
export interface Asked {
  readonly path: "/v1/lint" | "/v1/rules" | "/lintcrl" | "/linttbscrl";
  /** What stands behind the `?` of the URL. */
  readonly query: string;
  /** Header fields; empty where they are missing. */
  readonly contentType: string;
  readonly accept: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** The clock, in seconds since 1970. */
  readonly now: number;
}

/** Whether it is a person who asks: browsers say so when they send a form. */
export function wantsHtml(accept: string): boolean {
  return accept.includes("text/html");
}

/** Answers a request: reads its body, judges, writes the answer. What is wrong with a request is an answer, too. */
export async function respond(asked: Asked): Promise<Answer> {
  try {
    return await answer(asked);
  } catch (error) {
    if (error instanceof Problem) return problemAnswer(error, wantsHtml(asked.accept));
    throw error;
  }
}

async function answer(asked: Asked): Promise<Answer> {
  const { path, query, contentType, body, now } = asked;
  switch (path) {
    case "/v1/rules":
      return (await import("./rules.ts")).answerRules(query);
    case "/v1/lint":
      return (await import("./lint.ts")).answerLint(contentType, body, now);
    default:
      return (await import("./pkimetal.ts")).answerPkimetal({ ...asked, path }, now);
  }
}
