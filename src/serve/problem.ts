import { escapeText } from "../name/escape.ts";

/** Problems that prevent a report: status and title of each. */
const problems = {
  "bad-request": [400, "The request cannot be read"],
  "not-found": [404, "Nothing is served here"],
  "method-not-allowed": [405, "The method is not served here"],
  "body-timeout": [408, "The body took too long to arrive"],
  "request-timeout": [408, "The request took too long to arrive"],
  "body-too-large": [413, "The body is too large"],
  "unsupported-media-type": [415, "The body is of a type that is not read here"],
  "wrong-host": [421, "The service does not answer by this name"],
  "header-too-large": [431, "The header is too large"],
  "answer-too-large": [422, "The answer would be too large"],
  "out-of-memory": [422, "The input takes more memory to lint than is granted"],
  internal: [500, "The service failed"],
  busy: [503, "The service is busy"],
  deadline: [503, "The input took too long to lint"],
  stopping: [503, "The service is stopping"],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

/** Name of a problem. */
export type ProblemName = keyof typeof problems;

/** Problem Details (RFC 9457 section 3.1). */
export interface ProblemDetails {
  /** Path on this service of a page that describes the problem. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Description of the error in this request. All its text is escaped. */
  readonly detail: string;
}

/** Path prefix of the pages that describe problems. */
export const problemPath = "/v1/problems/";

/** Names of all problems. */
export const problemNames = Object.keys(problems) as readonly ProblemName[];

/** Whether a problem of this name exists. */
export function isProblem(name: string): name is ProblemName {
  return Object.hasOwn(problems, name);
}

/** Thrown if a request is refused. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly details: ProblemDetails;
  /** Additional header fields of the answer. */
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail escaped description of the error in this request; default: the title */
  constructor(name: ProblemName, detail?: string, headers: Readonly<Record<string, string>> = {}) {
    const [status, title] = problems[name];
    super(detail ?? title);
    this.details = { type: `${problemPath}${name}`, title, status, detail: detail ?? title };
    this.headers = headers;
  }
}

/** Returns the problem of a field that does not exist. */
export function unknownField(name: string): Problem {
  return new Problem("bad-request", `unknown field "${escapeText(name, { max: 60 })}"`);
}
