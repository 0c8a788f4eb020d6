import type { IssuerStore } from "../given/issuer-store.ts";
import { type Answer, problemAnswer } from "./answer.ts";
import { Problem } from "./problem.ts";

/** A request as it goes to a worker: it can be cloned. */
export interface Asked {
  readonly path: "/" | "/v1/lint" | "/v1/rules" | "/lintcrl" | "/linttbscrl";
  /** The part of the URL after `?`. */
  readonly query: string;
  /** Header fields; empty if they are missing. */
  readonly contentType: string;
  readonly accept: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** The clock, in seconds since 1970. */
  readonly now: number;
}

/** Whether the client is a browser: browsers ask for HTML when they send a form. */
export function wantsHtml(accept: string): boolean {
  return accept.includes("text/html");
}

/**
 * Answers a request: reads its body, lints, writes the answer. For an error in the request there is an answer as well.
 *
 * @param issuers store in which the CA of a CRL is looked for if the request names no issuer
 */
export async function respond(asked: Asked, issuers?: IssuerStore): Promise<Answer> {
  try {
    return await answer(asked, issuers);
  } catch (error) {
    if (error instanceof Problem) return problemAnswer(error, wantsHtml(asked.accept));
    throw error;
  }
}

async function answer(asked: Asked, issuers: IssuerStore | undefined): Promise<Answer> {
  const { path, query, contentType, body, now } = asked;
  switch (path) {
    case "/v1/rules":
      return (await import("./rules.ts")).answerRules(query);
    case "/":
      return (await import("./result-page.ts")).answerPage(contentType, body, now, issuers);
    case "/v1/lint":
      return (await import("./lint.ts")).answerLint(contentType, body, now, issuers);
    default:
      return (await import("./pkimetal.ts")).answerPkimetal({ ...asked, path }, now, issuers);
  }
}
