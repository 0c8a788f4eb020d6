import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { crllint } from "./workbench.ts";

/** Inputs that were once reported wrongly; a fresh checkout does not have them. */
const folder = new URL("../../../shared/cases/", import.meta.url);

/** A directory, arguments with `@` before files in it, the exit code, and the errors and warnings. */
type Case = readonly [directory: string, args: string, code: number, found: readonly string[]];

const asOf = "--profile rfc5280 --now 2026-11-20T12:00:00Z";

const cases: readonly Case[] = [
  [
    "expect-revoked-of-another-ca",
    `${asOf} --expect-revoked @revoked-of-ca.pem --expect-revoked @revoked-of-ca2.pem @ca.pem @ca.crl`,
    2,
    ["error crllint/expectation-not-checked"],
  ],
  [
    "idp-change-hides-the-rest",
    `${asOf} --previous @1.der @ca.pem @2.der`,
    1,
    [
      "error sequence/number-not-increasing",
      "error sequence/this-update-decreased",
      "warning sequence/entry-removed-early",
    ],
  ],
  [
    "idp-change-hides-the-rest/idp-added",
    `${asOf} --previous @prev.der @ca.pem @crl.der`,
    1,
    [
      "error sequence/number-not-increasing",
      "warning sequence/entry-removed-early",
      "warning sequence/revocation-date-before-earlier-crl",
    ],
  ],
  [
    "idp-change-hides-the-rest/issuer-fixed",
    `${asOf} --previous @prev.der @ca.pem @crl.der`,
    1,
    ["error sequence/number-not-increasing", "warning sequence/entry-removed-early"],
  ],
  ["expired", `${asOf} @ca.pem @crl.der`, 1, ["error time/expired"]],
  [
    "full-with-delta-indicator",
    `${asOf} --full --previous @prev.der @ca.pem @crl.der`,
    1,
    ["error delta/instead-of-complete"],
  ],
  ["sm2", `${asOf} @ca.pem @crl.der`, 0, []],
  ["sm2", `${asOf} @ca.pem @bad.der`, 1, ["error signature/invalid"]],
  ["aki-issuer-serial-wrong", `${asOf} @ca.pem @crl.der`, 1, ["error aki/issuer-serial-mismatch"]],
  ["crl-number-ascii", `${asOf} @ca.pem @crl.der`, 1, ["error structure/extension"]],
  ["pss-salt", `${asOf} @ca.pem @nosalt.crl`, 1, ["error signature/invalid"]],
  ["pss-salt", `${asOf} @ca.pem @ok.crl`, 0, []],
  ["unknown-algorithm", `${asOf} --ignore time @ca.pem @unk.crl`, 2, ["error crllint/signature-not-checked"]],
  [
    "names-in-extensions",
    `${asOf} --no-issuer --ignore time,idp @01-idp-empty-relative-name.crl`,
    1,
    ["error structure/extension"],
  ],
  [
    "names-in-extensions",
    `${asOf} --no-issuer --ignore time @02-certificateIssuer-not-a-name.crl`,
    1,
    ["error structure/extension"],
  ],
  [
    "names-in-extensions",
    `${asOf} --no-issuer --ignore time @05-issuerAltName-dn-bad-utf8.crl`,
    1,
    ["error der/utf8-string-invalid"],
  ],
  [
    "names-in-extensions",
    `${asOf} --no-issuer --ignore time @06-freshest-empty-relative-name.crl`,
    1,
    ["error structure/extension"],
  ],
  [
    "aki-names-other-certificate",
    "--profile rfc5280 --now 2013-09-21T00:00:00Z --select aki @10-pt-ca.der @10-pt-aki-other-certificate.crl",
    0,
    ["warning aki/issuer-serial-mismatch"],
  ],
  [
    "judged-by-later-text",
    "--profile tls-br --now 2015-02-28T00:00:00Z --ignore structure @20-equifax-ca.der @20-equifax-2015.crl",
    0,
    ["warning algorithm/sha1"],
  ],
  [
    "judged-by-later-text",
    "--profile etsi --select source:etsi --now 2010-09-18T00:00:00Z @21-adobe-ca.der @21-adobe-root-2010.crl",
    0,
    [],
  ],
];

/** Cases of rules, each with its command in a file of its directory. */
const ofRules: readonly (readonly [directory: string, code: number, found: readonly string[]])[] = [
  ["ccadb-expired-url", 0, []],
  ["ccadb-partition-without-idp", 1, ["error idp/missing-on-partition"]],
  ["ccadb-second-url", 1, ["error shards/ccadb-json-array"]],
  ["fpki-offline-37-days", 0, []],
  ["hold-tls-cert-old-date", 1, ["error reason/certificate-hold"]],
  ["microsoft-16-days", 1, ["error time/subscriber-next-update-beyond-10-days"]],
  ["missing-reason-ca-tls-2019", 1, ["error reason/missing-on-ca-entry"]],
  ["rsa1024-smime", 1, ["error algorithm/ca-key-not-permitted"]],
  ["shards-without-dp-smime", 0, ["warning idp/dp-absent-not-complete"]],
  ["smime-mozilla", 0, []],
];

/** Runs a command, and returns its errors and warnings as `error rule`, sorted. */
async function found(args: readonly string[]): Promise<{ readonly code: number; readonly rules: readonly string[] }> {
  const { code, out } = await crllint(["--no-config", "-f", "compact", ...args]);
  const lines = out.matchAll(/: (?<found>(?:error|warning) [a-z0-9-]+\/[a-z0-9-]+): /gu);
  return { code, rules: Array.from(lines, ({ groups }) => groups?.["found"] ?? "").sort() };
}

describe.skipIf(!existsSync(folder))("inputs that were once reported incorrectly", () => {
  const path = (directory: string, file: string): string => new URL(`${directory}/${file}`, folder).pathname;

  test.each(cases)("%s: %s", async (directory, args, code, rules) => {
    const resolved = args.split(" ").map((arg) => (arg.startsWith("@") ? path(directory, arg.slice(1)) : arg));
    expect(await found(resolved)).toEqual({ code, rules });
  });

  test.each(ofRules)("rules/%s", async (directory, code, rules) => {
    const [, , , , ...args] = readFileSync(path(`rules/${directory}`, "cmd"), "utf8")
      .trim()
      .split(" ");
    const resolved = args.map((arg) => (arg.startsWith("./") ? path(`rules/${directory}`, arg.slice(2)) : arg));
    expect(await found(resolved)).toEqual({ code, rules });
  });
});
