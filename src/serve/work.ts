import type { Answer } from "./answer.ts";
import { Admission, type AdmissionLimits } from "./admission.ts";
import { mediaTypeOf } from "./media-types.ts";
import { Problem } from "./problem.ts";
import { type BodyLimits, readBody, statedSize } from "./read-body.ts";
import type { WorkRequest } from "./respond.ts";

/** Limits on each request, and on all requests together. */
export interface ServiceLimits extends BodyLimits, AdmissionLimits {
  /** Maximum time to lint in milliseconds, including the wait for a worker. */
  readonly deadlineMs: number;
}

/**
 * Answers a request that needs work.
 *
 * @throws the reason of the signal; any other exception is a failure of the service
 */
export type DoWork = (asked: WorkRequest, signal: AbortSignal) => Promise<Answer>;

/** Result of a request that needed work. */
export interface WorkResult {
  readonly answer: Answer;
  /** Number of bytes of the body that were received. */
  readonly received: number;
}

/** Media types of body that each path accepts. */
const bodyTypes: Readonly<Record<WorkRequest["path"], readonly string[]>> = {
  "/": ["multipart/form-data"],
  "/v1/lint": ["application/json", "multipart/form-data"],
  "/v1/rules": [],
  "/lintcrl": ["application/x-www-form-urlencoded", "multipart/form-data", "application/pkix-crl"],
  "/linttbscrl": ["application/x-www-form-urlencoded", "multipart/form-data", "application/octet-stream"],
};

/** Processes requests within limits, in stages: admission, the body, the work. */
export class Work {
  readonly admission: Admission;
  readonly #doWork: DoWork;
  readonly #limits: ServiceLimits;

  constructor(doWork: DoWork, limits: ServiceLimits) {
    this.admission = new Admission(limits);
    this.#doWork = doWork;
    this.#limits = limits;
  }

  /**
   * Answers a request.
   *
   * @param now current time in seconds since 1970
   * @param address address of the client; empty if it has none
   * @param onEnter receives a function that releases the place of the request, and must be called once, when the answer
   * has been sent
   * @throws Problem if it is refused
   */
  async answer(
    request: Request,
    path: WorkRequest["path"],
    now: number,
    address: string,
    onEnter: (leave: () => void) => void,
  ): Promise<WorkResult> {
    const contentType = request.headers.get("content-type") ?? "";
    if (request.method === "POST") checkTypes(request, contentType, path);
    const hasBody = request.body !== null;
    const stated = hasBody ? statedSize(request, this.#limits) : 0;
    const place = this.admission.enter(address, request.signal);
    onEnter(place.leave);
    const body = await readBody(request, this.#limits, stated, place);
    const received = body.length;
    const accept = request.headers.get("accept") ?? "";
    const query = new URL(request.url).search.slice(1);
    return { answer: await this.#inTime({ path, query, contentType, accept, body, now }), received };
  }

  async #inTime(asked: WorkRequest): Promise<Answer> {
    const { deadlineMs } = this.#limits;
    const controller = new AbortController();
    const late = new Problem("deadline", `the maximum time to lint an input is ${deadlineMs / 1000} s`);
    const timer = setTimeout(() => controller.abort(late), deadlineMs);
    try {
      return await this.#doWork(asked, controller.signal);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Refuses bodies of unsupported types before any part of them is read. */
function checkTypes(request: Request, contentType: string, path: WorkRequest["path"]): void {
  const types = bodyTypes[path];
  const headers = { "accept-post": types.join(", ") };
  if (!types.includes(mediaTypeOf(contentType))) {
    throw new Problem("unsupported-media-type", `the body must be ${types.join(" or ")}`, headers);
  }
  if ((request.headers.get("content-encoding") ?? "identity") !== "identity") {
    throw new Problem("unsupported-media-type", "the body must not be compressed", headers);
  }
}
