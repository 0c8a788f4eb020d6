import { escapeText } from "../name/escape.ts";

/** What can keep a request from being answered with a report: its status, and what it is called. */
const problems = {
  "bad-request": [400, "The request cannot be read"],
  "not-found": [404, "Nothing is served here"],
  "method-not-allowed": [405, "The method is not served here"],
  "body-timeout": [408, "The body took too long to arrive"],
  "body-too-large": [413, "The body is too large"],
  "unsupported-media-type": [415, "The body is of a type that is not read here"],
  "wrong-host": [421, "The service does not answer by this name"],
  "answer-too-large": [422, "The answer would be too large"],
  "out-of-memory": [422, "The input takes more memory to lint than is granted"],
  internal: [500, "The service failed"],
  busy: [503, "The service is busy"],
  deadline: [503, "The input took too long to lint"],
  stopping: [503, "The service is stopping"],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

/** Name of a kind of problem. */
export type ProblemName = keyof typeof problems;

/** Problem Details (RFC 9457 section 3.1). */
export interface ProblemDetails {
  /** Path of this service that describes the kind of problem. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What is wrong with this request. All text in it is escaped. */
  readonly detail: string;
}

/** Path below which every kind of problem has its address. */
export const problemPath = "/v1/problems/";

/** Names of all kinds of problems. */
export const problemNames = Object.keys(problems) as readonly ProblemName[];

/** Whether there is a kind of problem of this name. */
export function isProblem(name: string): name is ProblemName {
  return Object.hasOwn(problems, name);
}

/** A request that is refused. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly details: ProblemDetails;
  /** Header fields that go with the answer. */
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail what is wrong with this request, escaped; the title where nothing more is known */
  constructor(name: ProblemName, detail?: string, headers: Readonly<Record<string, string>> = {}) {
    const [status, title] = problems[name];
    super(detail ?? title);
    this.details = { type: `${problemPath}${name}`, title, status, detail: detail ?? title };
    this.headers = headers;
  }
}

/** What is said of a field that there is not. */
export function unknownField(name: string): Problem {
  return new Problem("bad-request", `unknown field "${escapeText(name, { max: 60 })}"`);
}
