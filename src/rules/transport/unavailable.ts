import { escapeText } from "../../name/escape.ts";
import type { Transport } from "../../given/other-crl.ts";
import { isRateLimit, isServed, nowhere, showUrl } from "../../checks/transport.ts";
import { defineRule } from "../../rule/rule.ts";
import ccadb4Hours from "./ccadb-4-hours.ts";

export default defineRule({
  id: "transport/unavailable",
  title: "CRL cannot be fetched from its URL",
  looksAt: ["transport"],
  reportsNonCrl: true,
  requirements: [
    {
      source: "tls-br",
      section: "4.9.7",
      severity: "error",
      from: "2024-03-15",
      quote: 'CRLs MUST be available via a publicly-accessible HTTP URL (i.e., "published").',
    },
    { source: "hygiene", section: "", severity: "error" },
  ],
  create(ctx) {
    const { transport, identity, crl } = ctx;
    if (isServed(ctx)) return;
    // transport/ccadb-4-hours reports a server that limits the rate of requests.
    if (isRateLimit(transport) && ctx.hasInForce(ccadb4Hours.requirements)) return;
    const isCrl = identity.kind === crl.form;
    const what =
      transport.failure !== undefined
        ? "cannot be fetched"
        : isCrl
          ? "returns a CRL, but not as the content of the URL"
          : "returns no CRL";
    const isCertain = transport.failure?.by !== "anyone";
    ctx.report({
      ...nowhere,
      message: `${showUrl(transport.url)} ${what}: ${explain(transport)}`,
      notes: [
        "one attempt, from one place",
        ...(transport.redirects.length === 0 ? [] : [`redirected to ${transport.redirects.map(showUrl).join(", ")}`]),
        ...(isCertain ? [] : ["severity capped: the cause may be on the way to the server"]),
      ],
      ...(isCertain ? {} : { atMost: "warning" }),
    });
  },
  why: "A client that gets no CRL either rejects every certificate of the CA or accepts the revoked ones. CRL aggregators drop the whole CA.",
  fix: "publish the CRL at this URL before it is disclosed or written into a certificate, and monitor it from outside",
  examples: () => ({
    bad: [
      {
        title: "404 with an HTML page",
        make: (kit) => ({
          crl: kit.der.ascii("<!DOCTYPE html><title>404 Not Found</title>"),
          options: { transport: kit.transport({ status: 404, headers: { "content-type": "text/html" } }) },
        }),
      },
      {
        title: "404 with an HTML page that is called a CRL",
        make: (kit) => ({
          crl: kit.der.ascii("<!DOCTYPE html><title>404 Not Found</title>"),
          options: { transport: kit.transport({ status: 404 }) },
        }),
      },
      {
        title: "refused connection",
        make: (kit) => ({
          crl: kit.der.raw(""),
          options: {
            transport: kit.transport({ status: 0, failure: { why: "connection refused", by: "server" } }),
          },
        }),
      },
      {
        title: "no response within the time limit",
        make: (kit) => ({
          crl: kit.der.raw(""),
          options: {
            transport: kit.transport({ status: 0, failure: { why: "no whole answer within 30 s", by: "anyone" } }),
          },
        }),
      },
      {
        title: "redirect without a target",
        make: (kit) => ({ crl: kit.der.raw(""), options: { transport: kit.transport({ status: 302 }) } }),
      },
      {
        title: "204, which has no content",
        make: (kit) => ({ crl: kit.der.raw(""), options: { transport: kit.transport({ status: 204 }) } }),
      },
      {
        title: "304 without a stored copy",
        make: (kit) => ({ crl: kit.der.raw(""), options: { transport: kit.transport({ status: 304 }) } }),
      },
      {
        title: "206 with the first part of the CRL",
        make: (kit) => ({
          crl: kit.crl().crl.subarray(0, 300),
          options: { transport: kit.transport({ status: 206 }) },
        }),
        also: ["input/truncated"],
      },
      {
        title: "under a profile without the requirement",
        make: (kit) => ({
          crl: kit.der.ascii("<!DOCTYPE html><title>404 Not Found</title>"),
          options: { transport: kit.transport({ status: 404, headers: { "content-type": "text/html" } }) },
        }),
        profile: "rfc5280",
      },
      {
        title: "404 after two redirects, under the CCADB Policy",
        profile: "ccadb",
        make: (kit) => ({
          crl: kit.der.raw(""),
          options: {
            transport: kit.transport({
              status: 404,
              redirects: ["http://a.example.com/1.crl", "http://b.example.com/1.crl"],
            }),
          },
        }),
        also: ["transport/redirect-or-https"],
      },
      {
        title: "429 under the TLS BR",
        make: (kit) => ({ crl: kit.der.raw(""), options: { transport: kit.transport({ status: 429 }) } }),
      },
    ],
    good: [
      { title: "200", make: (kit) => kit.crl({ options: { transport: kit.transport() } }) },
      {
        title: "304, which means that the stored copy is still the CRL",
        make: (kit) => kit.crl({ options: { transport: kit.transport({ status: 304 }) } }),
      },
    ],
  }),
});

function explain({ status, failure }: Transport): string {
  if (failure !== undefined) return escapeText(failure.why);
  return `the server answers with status ${status}${reasons[status] === undefined ? "" : ` (${reasons[status]})`}`;
}

/** Names of the most frequent status codes (RFC 9110 15). */
const reasons: Readonly<Record<number, string>> = {
  204: "no content",
  206: "partial content",
  304: "not modified",
  401: "unauthorized",
  403: "forbidden",
  404: "not found",
  410: "gone",
  429: "too many requests",
  500: "internal server error",
  502: "bad gateway",
  503: "service unavailable",
  504: "gateway timeout",
};
