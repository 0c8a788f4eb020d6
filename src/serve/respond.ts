import type { IssuerStore } from "../given/issuer-store.ts";
import { type Answer, problemAnswer } from "./answer.ts";
import { Problem } from "./problem.ts";

/** A request as it is sent to a worker. It can be cloned. */
export interface WorkRequest {
  readonly path: "/" | "/v1/lint" | "/v1/rules" | "/lintcrl" | "/linttbscrl";
  /** The part of the URL after `?`. */
  readonly query: string;
  /** Values of the header fields Content-Type and Accept; empty if missing. */
  readonly contentType: string;
  readonly accept: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** Current time in seconds since 1970. */
  readonly now: number;
}

/** Whether the client is a browser. Browsers request HTML when they send a form. */
export function wantsHtml(accept: string): boolean {
  return accept.includes("text/html");
}

/**
 * Answers a request: reads its body, lints, writes the answer. An error in the request is also answered.
 *
 * @param issuers store of issuers in which the CA of a CRL is looked up if the request names no issuer
 */
export async function respond(asked: WorkRequest, issuers?: IssuerStore): Promise<Answer> {
  try {
    return await answer(asked, issuers);
  } catch (error) {
    if (error instanceof Problem) return problemAnswer(error, wantsHtml(asked.accept));
    throw error;
  }
}

async function answer(asked: WorkRequest, issuers: IssuerStore | undefined): Promise<Answer> {
  const { path, query, contentType, body, now } = asked;
  switch (path) {
    case "/v1/rules":
      return (await import("./rules.ts")).answerRules(query);
    case "/":
      return (await import("./result-page.ts")).answerPage(contentType, body, now, issuers);
    case "/v1/lint":
      if (query !== "")
        throw new Problem("bad-request", "there are no parameters in the URL: all fields are in the body");
      return (await import("./lint.ts")).answerLint(contentType, body, now, issuers);
    default:
      return (await import("./pkimetal.ts")).answerPkimetal({ ...asked, path }, now, issuers);
  }
}
