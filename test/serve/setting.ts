import type { Hono } from "hono";
import { kit } from "../../src/fixture/index.ts";
import { IssuerStore } from "../../src/given/issuer-store.ts";
import type { Flags } from "../../src/options/values.ts";
import { makeApp, type ServiceParts } from "../../src/serve/app.ts";
import { respond } from "../../src/serve/respond.ts";
import type { ServiceLimits } from "../../src/serve/work.ts";
import { withOutcomes } from "../support/with-outcomes.ts";

/** Three days after thisUpdate of the kit's CRLs. */
export const now = "2026-11-04T00:00:00Z";

/** Limits that no test reaches by accident. */
export const limits: ServiceLimits = {
  requests: 100,
  requestsPerAddress: 100,
  bufferBytes: 2 ** 26,
  bufferBytesPerAddress: 2 ** 26,
  queueMs: 600_000,
  bodyBytes: 2 ** 24,
  bodyMs: 600_000,
  deadlineMs: 600_000,
};

/** Flags of the service: sizes that most tests fit in, and times that none takes on any machine. */
export const flags: Flags<"serve"> = {
  listen: { host: "127.0.0.1", port: 0 },
  threads: 1,
  workerMemory: 2 ** 29,
  maxRequests: 50,
  maxPerAddress: 100,
  maxBody: 2 ** 25,
  maxBuffer: 2 ** 26,
  queueTimeout: 600,
  headerTimeout: 600,
  bodyTimeout: 600,
  deadline: 600,
  grace: 600,
};

/** A CA, its CRL, and its CRL with the RDNs of the issuer in reverse order. */
export const ca = kit.ca.certificate;
export const good = kit.crl().crl;
export const reversed = kit.crl({ issuer: kit.ca.subject.reversed() }).crl;

/** The service without sockets and workers; its clock is fixed at `now`. */
export function service(parts: Partial<ServiceParts> = {}, issuers?: IssuerStore): Hono<never> {
  return makeApp({
    doWork: (request) => respond(request, issuers),
    limits,
    now: () => Date.parse(now) / 1000,
    ...parts,
  }) as unknown as Hono<never>;
}

/** A store of issuers with some certificates. */
export function storeOf(...certificates: readonly Uint8Array[]): IssuerStore {
  const store = new IssuerStore();
  for (const [i, bytes] of certificates.entries()) store.add({ name: `store ${i}`, bytes });
  return store;
}

/** Base64 of bytes. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

/** A POST of JSON. */
export function json(body: unknown): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** A POST of a form; several values of one name as a list, bytes as files. */
export function form(fields: Readonly<Record<string, Value | readonly Value[]>>): RequestInit {
  const data = new FormData();
  for (const [name, given] of Object.entries(fields)) {
    for (const value of Array.isArray(given) ? (given as readonly Value[]) : [given as Value]) {
      if (typeof value === "string") data.append(name, value);
      else data.append(name, new Blob([Uint8Array.from(value)]), `${name}.bin`);
    }
  }
  return { method: "POST", body: data };
}

type Value = string | Uint8Array;

/** Contents of a response to `POST /v1/lint`. */
export interface LintAnswer {
  readonly ok: boolean;
  readonly verdict: string;
  readonly report: {
    readonly runs: readonly {
      readonly crl: string;
      readonly form: string;
      readonly issuer?: string;
      readonly entries: number;
      readonly profiles: readonly string[];
      readonly signature: { readonly verdict: string };
      readonly findings: readonly { readonly rule: string; readonly severity: string; readonly message: string }[];
      readonly rules: readonly { readonly rule: string; readonly status: string }[];
    }[];
  };
}

/** Contents of an error response. */
export interface Refusal {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

/** The body of a response as JSON. */
export async function bodyOf<T>(response: Response): Promise<T> {
  return (await response.json()) as T;
}

/** Reads the response to a CRL, with the outcomes of all rules in each run. */
export async function answerOf(response: Response): Promise<LintAnswer> {
  const answer = await bodyOf<LintAnswer>(response);
  return { ...answer, report: withOutcomes(answer.report) };
}
