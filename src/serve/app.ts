import { type Context, Hono } from "hono";
import { styleDigest } from "../report/html-style.ts";
import type { RunVerdict } from "../rule/report.ts";
import { type Answer, jsonAnswer, problemAnswer, textAnswer } from "./answer.ts";
import { type Gauges, Metrics, metricsType } from "./metrics.ts";
import { page } from "./page.ts";
import { pageDigest } from "./page-style.ts";
import { isProblem, Problem, problemPath } from "./problem.ts";
import { type WorkRequest, wantsHtml } from "./respond.ts";
import { type DoWork, type ServiceLimits, Work } from "./work.ts";

/** A request in the log. */
export interface Logged {
  readonly method: string;
  /** Path of the route, or `other`: text from the client is not repeated. */
  readonly path: string;
  readonly status: number;
  readonly ms: number;
  /** Size of the body of the answer, in bytes. */
  readonly bytes: number;
}

/** The parts from which the service is made. */
export interface ServiceParts {
  readonly doWork: DoWork;
  readonly limits: ServiceLimits;
  /** Returns the current time in seconds since 1970. */
  readonly now: () => number;
  /** Host names that requests may use, in lower case; `*` for any. Default: any. */
  readonly hosts?: readonly string[];
  /** Returns the gauges of the process. */
  readonly gauges?: () => Gauges;
  readonly log?: (line: Logged) => void;
  /** Receives an exception that is not a `Problem`. */
  readonly onFault?: (error: unknown) => void;
  /** Whether new requests are refused. */
  readonly isStopping?: () => boolean;
}

/** Values that the server passes with a request, and that handlers leave for the log. */
interface Env {
  readonly Bindings: {
    /** Calls back when the answer has been sent. If absent, an answer counts as sent when it is made. */
    readonly onResponseClosed?: (done: () => void) => void;
    /** Address of the client; empty if it has none. */
    readonly address?: string;
    /** Whether only requests without a body are answered on this connection. */
    readonly isReserved?: boolean;
    /** Why the request is refused on every route. */
    readonly problem?: Problem | undefined;
  };
  readonly Variables: { leave?: () => void; received?: number; verdict?: RunVerdict | undefined };
}

type Handler = (c: Context<Env>) => Answer | Promise<Answer>;

type Method = "GET" | "POST";

/** Policy that allows only the style sheets and the icon of the service's own pages. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${pageDigest}' 'sha256-${styleDigest}'`,
  "img-src data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Names of methods that appear in metrics and the log. */
const knownMethods = new Set(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]);

const alwaysHeaders = {
  "cache-control": "no-store",
  "content-security-policy": policy,
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Routes that answer under any host name: probes call them by address, and their answers are public. */
const probed: ReadonlySet<string> = new Set(["/healthz", "/metrics"]);

/** Makes the service: all routes, and the checks and headers that they share. */
export function makeApp(parts: ServiceParts): Hono<Env> {
  const app = new Hono<Env>();
  const metrics = new Metrics();
  const routes = makeRoutes(parts, metrics);
  for (const [path, handlers] of Object.entries(routes)) {
    for (const [method, handler] of Object.entries(handlers)) {
      app.on(method, path, (c) => observe(c, path, handler, parts, metrics));
    }
    const allow = Object.keys(handlers).join(", ");
    const refuse = (): never => {
      throw new Problem("method-not-allowed", `${path} takes ${allow}`, { allow });
    };
    app.all(path, (c) => observe(c, path, refuse, parts, metrics));
  }
  const refuse = (): never => {
    throw new Problem("not-found");
  };
  app.all("*", (c) => observe(c, "other", refuse, parts, metrics));
  return app;
}

function makeRoutes(
  parts: ServiceParts,
  metrics: Metrics,
): Readonly<Record<string, Readonly<Partial<Record<Method, Handler>>>>> {
  const work = new Work(parts.doWork, parts.limits);
  const workerHandler =
    (path: WorkRequest["path"]): Handler =>
    async (c) => {
      if (parts.isStopping?.() === true) throw new Problem("stopping", undefined, { "retry-after": "1" });
      const onEnter = (leave: () => void): void => c.set("leave", leave);
      const address = bindingsOf(c)?.address ?? "";
      const { answer, received } = await work.answer(c.req.raw, path, parts.now(), address, onEnter);
      c.set("received", received);
      c.set("verdict", answer.verdict);
      return answer;
    };
  return {
    "/": { GET: () => textAnswer("text/html; charset=utf-8", page()), POST: workerHandler("/") },
    "/v1/lint": { POST: workerHandler("/v1/lint") },
    "/v1/rules": { GET: workerHandler("/v1/rules") },
    "/v1/openapi.json": { GET: async () => jsonAnswer((await import("./openapi.ts")).openapi()) },
    [`${problemPath}:name`]: { GET: ({ req }) => problemKind(req.param("name") ?? "") },
    "/lintcrl": { POST: workerHandler("/lintcrl") },
    "/linttbscrl": { POST: workerHandler("/linttbscrl") },
    "/healthz": {
      GET: () =>
        parts.isStopping?.() === true ? jsonAnswer({ status: "stopping" }, 503) : jsonAnswer({ status: "ok" }),
    },
    "/metrics": { GET: () => textAnswer(metricsType, metrics.text({ ...gaugesOf(work), ...parts.gauges?.() })) },
  };
}

/** Returns the values that the server passes; undefined without a server, as in tests. */
function bindingsOf(c: Context<Env>): Env["Bindings"] | undefined {
  return c.env;
}

/** Answers a request, counts it, and logs it. */
async function observe(
  c: Context<Env>,
  route: string,
  handler: Handler,
  { log, onFault, hosts }: ServiceParts,
  metrics: Metrics,
): Promise<Response> {
  const start = performance.now();
  const bindings = bindingsOf(c);
  const checked: Handler = () => {
    if (bindings?.problem !== undefined) throw bindings.problem;
    if (!probed.has(route)) checkHost(c.req.url, hosts);
    if (bindings?.isReserved === true && c.req.method === "POST") throw tooManyConnections();
    return handler(c);
  };
  const answer = await settle(c, checked, onFault);
  const leave = c.get("leave");
  if (leave !== undefined) (bindings?.onResponseClosed ?? ((done) => done()))(leave);
  const ms = performance.now() - start;
  const method = knownMethods.has(c.req.method) ? c.req.method : "other";
  const { status, body } = answer;
  const received = c.get("received") ?? 0;
  metrics.add({ route, method, status, seconds: ms / 1000, verdict: c.get("verdict"), received, sent: body.length });
  log?.({ method, path: route, status, ms: Math.round(ms * 10) / 10, bytes: body.length });
  return new Response(body, { status, headers: headersOf(answer) });
}

/** Returns the header fields of an answer, with those that all answers have. */
export function headersOf({ contentType, headers }: Answer): Readonly<Record<string, string>> {
  return { ...alwaysHeaders, "content-type": contentType, ...headers };
}

/**
 * Refuses requests with another host name. Any site can have a host name that resolves to loopback. By that name, its
 * pages can call a service on loopback, and the browser lets them read the answer.
 */
function checkHost(url: string, hosts: ServiceParts["hosts"]): void {
  if (hosts === undefined || hosts.includes("*")) return;
  const name = new URL(url).hostname.replace(/^\[(?<address>.*)\]$/u, "$<address>");
  if (!hosts.includes(name)) throw new Problem("wrong-host", "add the name with --host");
}

function tooManyConnections(): Problem {
  return new Problem("busy", "there are too many connections, of all or from this address", {
    "retry-after": "2",
    connection: "close",
  });
}

/** Returns an answer in every case, also if the handler throws. */
async function settle(c: Context<Env>, handler: Handler, onFault: ServiceParts["onFault"]): Promise<Answer> {
  try {
    return await handler(c);
  } catch (error) {
    if (!(error instanceof Problem)) onFault?.(error);
    const problem = error instanceof Problem ? error : new Problem("internal");
    return problemAnswer(problem, wantsHtml(c.req.header("accept") ?? ""));
  }
}

function gaugesOf({ admission }: Work): Gauges {
  return {
    requests_in_flight: { help: "Requests with a body, or that take a worker, under way", value: admission.inside },
    requests_waiting: { help: "Requests whose body waits for memory", value: admission.waiting },
    buffered_bytes: { help: "Bytes reserved for large bodies", value: admission.bytes },
  };
}

function problemKind(name: string): Answer {
  if (!isProblem(name)) throw new Problem("not-found");
  const { type, title, status } = new Problem(name).details;
  return jsonAnswer({ type, title, status });
}
