import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Form, forms } from "../../src/clients/forms.ts";
import { clients } from "../../src/clients/index.ts";
import { fillPage } from "../../scripts/consumers/page.ts";
import { cellOf, type Matrix, measure } from "../../scripts/consumers/trials.ts";
import { statements } from "../../scripts/consumers/statements.ts";

const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");
const page = read("consumers.md");
const matrix = JSON.parse(read("consumers.json")) as Matrix;

describe("docs/consumers.md", () => {
  test("says what docs/consumers.json says", () => {
    expect(fillPage(page, matrix)).toBe(page);
  });

  test("has all forms", () => {
    expect(matrix.forms.map(({ id, title, isRevoked }) => ({ id, title, isRevoked }))).toEqual(
      forms.map(({ id, title, isRevoked = true }) => ({ id, title, isRevoked })),
    );
  });

  test("has answers of each client to each form", () => {
    const ids = matrix.clients.map(({ id }) => id).sort();
    for (const { answers } of matrix.forms) expect(Object.keys(answers).sort()).toEqual(ids);
  });
});

/** Forms whose outcomes differ most between clients. */
const again = [
  "valid",
  "partition",
  "issuer-reversed",
  "issuer-case",
  "expired",
  "idp-foreign",
  "reason-8",
  "serial-negative",
  "serial-not-minimal",
  "entries-empty",
  "pem-indented",
];

describe("clients of the version that the page names answer as it says", () => {
  test.for(clients)("$id", { timeout: 120_000 }, async (client, { skip }) => {
    const { id } = client;
    const named = matrix.clients.find((each) => each.id === id)?.version;
    const version = await client.version();
    skip(version !== named, `the page names ${named}, and this machine has ${version ?? "none"}`);
    const some = again.map((form) => forms.find((each) => each.id === form) as Form);
    const measured = await measure(client, some, Math.floor(Date.now() / 1000));
    expect(measured).toEqual(again.map((form) => matrix.forms.find((each) => each.id === form)?.answers[id]));
  });
});

/** What statements of findings say about clients of the page: part of the text, client, form, and the cell for it. */
const claims: readonly (readonly [at: string, part: string, client: string, form: string, cell: string])[] = [
  ...["different", "reversed", "text", "missing-rdn", "merged"].flatMap((kind) => {
    const form = kind === "different" ? "issuer-text" : `issuer-${kind}`;
    return [
      [kind, "Java 17, rustls-webpki 0.103 and Node 20 reject every certificate", "java", form, "rejected, rejected"],
      [kind, "and Node 20 reject every certificate", "node", form, "rejected, rejected"],
      [kind, "Java 17 with soft fail accept revoked ones", "java-soft", form, "**ACCEPTED**, accepted"],
    ] as const;
  }),
  ["case-or-space", "Node 20 ignore this difference", "node", "issuer-case", "right"],
  ["case-or-space", "Node 20 ignore this difference", "node", "issuer-space", "right"],
  [
    "case-or-space",
    "accepts revoked certificates even with hard fail",
    "java",
    "issuer-case",
    "**ACCEPTED**, accepted",
  ],
  [
    "case-or-space",
    "accepts revoked certificates even with hard fail",
    "java",
    "issuer-space",
    "**ACCEPTED**, accepted",
  ],
  ["set-order", "Node 20 use the CRL", "node", "issuer-set-order", "right"],
  ["set-order", "Java 17, GnuTLS 3.8, Mbed TLS 3.6 and", "java", "issuer-set-order", "**ACCEPTED**, accepted"],
  ["string-type", "Node 20 ignore this difference", "node", "issuer-string-type", "right"],
  ["encoding", "Java 17 and Node 20 use the CRL", "java", "issuer-length", "right"],
  ["encoding", "Java 17 and Node 20 use the CRL", "node", "issuer-length", "right"],
  ["aki/issuer-serial-mismatch", "finds no CRL", "openssl", "aki-issuer-serial", "rejected, rejected"],
  ["signature/invalid", "GnuTLS in TLS mode", "gnutls-tls", "signature-broken", "right"],
  ["signature/invalid", "GnuTLS in TLS mode", "gnutls-tls", "signature-other-key", "right"],
  ...["openssl", "java"].map(
    (client) =>
      [
        "time/next-update-not-after-this-update",
        "OpenSSL, Node and Java with hard fail reject it",
        client,
        "next-before-this",
        "rejected, rejected",
      ] as const,
  ),
  ...([
    ["algorithm/inner-outer-differ", "Java 17 does not load", "java", "algorithms-differ", "CRL refused"],
    [
      "algorithm/inner-outer-differ",
      "OpenSSL 3.0.19, Node 20 and GnuTLS 3.7 use",
      "openssl",
      "algorithms-differ",
      "right",
    ],
    [
      "algorithm/inner-outer-differ",
      "OpenSSL 3.0.19, Node 20 and GnuTLS 3.7 use",
      "node",
      "algorithms-differ",
      "right",
    ],
    [
      "algorithm/inner-outer-differ",
      "OpenSSL 3.0.19, Node 20 and GnuTLS 3.7 use",
      "gnutls",
      "algorithms-differ",
      "right",
    ],
    ["time/expired", "OpenSSL 3.0, Node 20 and Java 17 with hard fail", "openssl", "expired", "rejected, rejected"],
    ["time/expired", "OpenSSL 3.0, Node 20 and Java 17 with hard fail", "node", "expired", "revoked, rejected"],
    ["time/expired", "OpenSSL 3.0, Node 20 and Java 17 with hard fail", "java", "expired", "rejected, rejected"],
    ["time/expired", "Java 17 with soft fail accepts", "java-soft", "expired", "**ACCEPTED**, accepted"],
    ["aki/ski-mismatch", "OpenSSL 3.0, Node 20 and Java 17", "openssl", "aki-other", "rejected, rejected"],
    ["aki/ski-mismatch", "OpenSSL 3.0, Node 20 and Java 17", "node", "aki-other", "rejected, rejected"],
    ["aki/ski-mismatch", "Java 17 with hard fail", "java", "aki-other", "rejected, rejected"],
    ["aki/ski-mismatch", "Java 17 with soft fail accepts", "java-soft", "aki-other", "**ACCEPTED**, accepted"],
    ["extension/duplicate", "Java 17 does not load it", "java", "extension-twice", "CRL refused"],
    [
      "entry-extension/unknown-critical",
      "reject every",
      "openssl",
      "entry-unknown-critical-other",
      "rejected, rejected",
    ],
    ["entry-extension/unknown-critical", "reject every", "node", "entry-unknown-critical-other", "revoked, rejected"],
    [
      "entry-extension/unknown-critical",
      "Java 17 rejects the listed one",
      "java",
      "entry-unknown-critical",
      "rejected, accepted",
    ],
    ["entry-extension/unknown-critical", "GnuTLS 3.7 ignores", "gnutls", "entry-unknown-critical", "right"],
    ["reason/critical", "OpenSSL 3.0 and Node 20", "openssl", "reason-critical", "rejected, rejected"],
    ["reason/critical", "OpenSSL 3.0 and Node 20", "node", "reason-critical", "revoked, rejected"],
    ["crl-number/critical", "OpenSSL 3.0, Node 20 and", "openssl", "number-critical", "rejected, rejected"],
    ["crl-number/critical", "OpenSSL 3.0, Node 20 and", "node", "number-critical", "revoked, rejected"],
    ["crl-number/critical", "Java 17 with hard fail", "java", "number-critical", "rejected, rejected"],
    ["reason/remove-from-crl-in-full", "Node 20 accept", "openssl", "reason-8", "**ACCEPTED**, accepted"],
    ["reason/remove-from-crl-in-full", "Node 20 accept", "node", "reason-8", "**ACCEPTED**, accepted"],
    ["reason/remove-from-crl-in-full", "Java 17 and GnuTLS 3.7 reject", "java", "reason-8", "right"],
    ["reason/remove-from-crl-in-full", "Java 17 and GnuTLS 3.7 reject", "gnutls", "reason-8", "right"],
    ["der/integer-not-minimal", "GnuTLS 3.7 accepts", "gnutls", "serial-not-minimal", "**ACCEPTED**, accepted"],
    ["der/integer-not-minimal", "do not load", "openssl", "serial-not-minimal", "CRL refused"],
    ["der/integer-not-minimal", "do not load", "node", "serial-not-minimal", "CRL refused"],
    ["input/label-not-x509-crl", "do not load", "openssl", "pem-label", "CRL refused"],
    ["input/label-not-x509-crl", "do not load", "node", "pem-label", "CRL refused"],
    ["input/label-not-x509-crl", "do not load", "gnutls", "pem-label", "CRL refused"],
    ["input/label-not-x509-crl", "Java 17 ignores the label", "java", "pem-label", "right"],
    ["input/extraneous-whitespace", "do not load", "openssl", "pem-indented", "CRL refused"],
    ["input/extraneous-whitespace", "do not load", "node", "pem-indented", "CRL refused"],
    ["input/extraneous-whitespace", "do not load", "java", "pem-indented", "CRL refused"],
    ["der/time-seconds-missing", "OpenSSL 3.0 and Node 20", "openssl", "utc-without-seconds", "rejected, rejected"],
    ["der/time-seconds-missing", "OpenSSL 3.0 and Node 20", "node", "utc-without-seconds", "revoked, rejected"],
    ["der/time-seconds-missing", "Java 17 and GnuTLS 3.7 use", "java", "utc-without-seconds", "right"],
    ["der/time-seconds-missing", "Java 17 and GnuTLS 3.7 use", "gnutls", "utc-without-seconds", "right"],
    [
      "entry/revocation-date-after-this-update",
      "Java 17 accepts",
      "java",
      "revocation-in-future",
      "**ACCEPTED**, accepted",
    ],
    ["structure/version-not-v2", "Java 17 does not load it", "java", "v3", "CRL refused"],
  ] as const),
  ["time/this-update-in-future", "Node 20", "node", "this-update-5-minutes", "revoked, rejected"],
  ["time/next-update-not-after-this-update", "OpenSSL, Node and", "node", "next-before-this", "revoked, rejected"],
];

describe("statements of findings agree with the page", () => {
  const all = statements();
  test.each(claims)("%s: %s (%s, %s)", (at, part, client, id, cell) => {
    const texts = all.filter((statement) => statement.at.includes(`[${at}]`) || statement.at.endsWith(`: ${at}`));
    expect(texts.map(({ text }) => text).filter((text) => text.includes(part))).not.toEqual([]);
    const form = matrix.forms.find((each) => each.id === id);
    const answers = form?.answers[client];
    expect(answers && cellOf(answers, true)).toBe(cell);
  });
});
