import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { makeAttestationSchema } from "../../scripts/schemas.ts";
import { kit } from "../../src/fixture/index.ts";
import { attestationSchema } from "../../src/report/schema/attestation-1.ts";
import { rules } from "../../src/rules/index.ts";
import { checkBy } from "../support/json-schema.ts";
import { crllint, pem, Workbench } from "./workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

const ca = bench.put("ca.der", kit.ca.certificate);
const good = bench.put("good.crl", kit.crl().crl);
const earlier = bench.put("earlier.crl", kit.earlierCrl());
const tbs = bench.put("next.tbs", kit.crl({ form: "tbs" }).crl);
const reversed = bench.put("reversed.crl", kit.crl({ issuer: kit.ca.subject.reversed() }).crl);
const both = bench.put("both.crl", kit.der.concat(kit.crl().crl, kit.earlierCrl()));
const stray = bench.put(
  "stray.pem",
  `${pem("X509 CRL", kit.crl().crl)}-----BEGIN X509 CRL-----\nMYIBLAVBBUEFQQ==\n-----END X509 CRL-----\n`,
);
const otherCa = bench.put("other.der", kit.otherCa.certificate);

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

interface Statement {
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicateType: string;
  readonly predicate: {
    verdict: string;
    failOn: string;
    readonly ruleSet: { sha256: string; readonly rules: number };
    readonly results: {
      verdict: string;
      judgedAt?: string;
      profiles: string[];
      off: string[];
      severities: { rule: string; why: string }[];
      core: { rule: string; status: string }[];
      ca?: { name: string; sha256?: string };
      readonly crl: { readonly form: string; readonly sha256?: string };
      readonly documents: readonly { readonly id: string; readonly version: string }[];
      findings: { rule: string; severity: string; suppressed?: string }[];
    }[];
  };
}

/** Lints, and returns the statement as text. */
async function attest(args: readonly string[], expected = 0): Promise<string> {
  const file = `${bench.folder}/statement.json`;
  const { code, err } = await crllint(["--now", "2026-11-04T00:00:00Z", "--report", `in-toto=${file}`, ...args]);
  expect([code, err]).toEqual([expected, ""]);
  return readFileSync(file, "utf8");
}

describe("the statement", () => {
  test("names the CRL, the CA certificate and the settings, and is the same in each run", async () => {
    const text = await attest([ca, good]);
    const statement = JSON.parse(text) as Statement;
    expect(checkBy(attestationSchema)(statement)).toEqual([]);
    expect(statement.subject).toEqual([
      { name: good, digest: { sha256: sha256(kit.crl().crl) } },
      { name: ca, digest: { sha256: sha256(kit.ca.certificate) } },
    ]);
    expect(statement).toMatchObject({
      _type: "https://in-toto.io/Statement/v1",
      predicateType: "urn:x-crllint:attestation:1",
      predicate: { verdict: "pass", failOn: "error", ruleSet: { rules: rules.length } },
    });
    const [result] = statement.predicate.results;
    expect(result).toMatchObject({
      crl: { form: "crl" },
      verdict: "pass",
      judgedAt: "2026-11-04T00:00:00Z",
      profiles: ["tls-br"],
      core: [
        { rule: "issuer/not-byte-identical", status: "made" },
        { rule: "signature/invalid", status: "made" },
      ],
      off: [],
      severities: [],
      findings: [],
    });
    expect(result?.documents.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["rfc5280", "tls-br", "x690"]) as unknown[],
    );
    expect(await attest([ca, good])).toBe(text);
  });

  test("lists several inputs: a valid CRL, one with an error, and a file that is not a CRL", async () => {
    const page = bench.put("page.crl", "<html>");
    const { subject, predicate } = JSON.parse(await attest([ca, good, page, reversed], 2)) as Statement;
    expect(subject.map(({ name }) => name)).toEqual([good, ca, page, reversed]);
    expect(predicate.verdict).toBe("undecided");
    expect(
      predicate.results.map(({ verdict, findings }) => [verdict, findings.map(({ rule }) => rule)] as const),
    ).toEqual([
      ["pass", []],
      ["undecided", ["input/not-a-crl"]],
      ["fail", ["issuer/not-byte-identical"]],
    ]);
  });

  test("lists rules that were switched off", async () => {
    const { predicate } = JSON.parse(await attest(["--ignore", "idp", ca, good])) as Statement;
    expect(predicate.results[0]?.off).toContain("idp/non-uri");
  });

  test("lists rules that were not selected", async () => {
    const { predicate } = JSON.parse(await attest(["--select", "issuer,signature,idp", ca, good])) as Statement;
    const off = new Set(predicate.results[0]?.off);
    expect(["time/expired", "idp/non-uri", "issuer/not-byte-identical"].map((rule) => off.has(rule))).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("lists findings whose severity was set by an option", async () => {
    const args = ["--severity", "issuer/not-byte-identical=notice", ca, reversed];
    const { predicate } = JSON.parse(await attest(args)) as Statement;
    expect(predicate.results[0]).toMatchObject({
      verdict: "pass",
      severities: [{ rule: "issuer/not-byte-identical", why: "severity set to notice" }],
      findings: [{ rule: "issuer/not-byte-identical", severity: "notice" }],
    });
  });
});

/** Runs verify-attestation on a statement. */
async function verify(statement: string | Statement, args: readonly string[] = [good, ca]) {
  const text = typeof statement === "string" ? statement : JSON.stringify(statement);
  const file = bench.put("verified.json", text);
  const { code, out, err } = await crllint(["verify-attestation", "--now", "2026-11-04T12:00:00Z", file, ...args]);
  return { code, out: out.replaceAll(file, "FILE"), err: err.replaceAll(file, "FILE") };
}

describe("verify-attestation", async () => {
  const text = await attest([ca, good]);

  test("accepts the CRL and the CA of the statement", async () => {
    expect(await verify(text)).toEqual({
      code: 0,
      out: [
        "FILE: crllint 0.1.0 passed this CRL",
        `as of 2026-11-04T00:00:00Z, profiles tls-br, CA certificate ${sha256(kit.ca.certificate)}`,
        "verified",
        "",
      ].join("\n"),
      err: "",
    });
  });

  test("accepts a TBSCertList, and the CRL signed from it", async () => {
    const approved = await attest(["--tbs", ca, tbs]);
    expect(await verify(approved, [tbs, ca])).toMatchObject({ code: 0 });
    const signed = await verify(approved, [good, ca]);
    expect(signed.code).toBe(0);
    expect(signed.out).toContain("the TBSCertList in this CRL: its signature was not checked\n");
    expect((await verify(text, [tbs, ca])).code).toBe(1);
  });

  test.each([
    ["a byte", Uint8Array.of(0), "1 byte"],
    ["a line feed", Uint8Array.of(0x0a), "1 byte"],
    ["two bytes", Uint8Array.of(5, 0), "2 bytes"],
  ])("refuses a CRL with %s after the CertificateList", async (name, trailing, count) => {
    const approved = await attest(["--tbs", ca, tbs]);
    const crl = bench.put(`${name}.crl`, kit.der.concat(kit.crl().crl, trailing));
    expect(await verify(approved, [crl, ca])).toEqual({
      code: 1,
      out: `FILE: the CRL has ${count} after its CertificateList\nnot verified\n`,
      err: "",
    });
    // No option accepts it.
    expect((await verify(approved, [crl, ca, "--allow-off"])).code).toBe(1);
  });

  /** Changes a statement, like an attacker who can sign it. */
  function changed(change: (result: Statement["predicate"]["results"][0], statement: Statement) => void): Statement {
    const statement = JSON.parse(text) as Statement;
    const [result] = statement.predicate.results;
    if (result !== undefined) change(result, statement);
    return statement;
  }

  const digest = "0".repeat(64);
  test.each<[string, Statement, string]>([
    ["the verdict on the CRL", changed((result) => (result.verdict = "fail")), "the verdict on the CRL is fail"],
    [
      "the verdict of the run",
      changed((_, { predicate }) => (predicate.verdict = "fail")),
      "the verdict of the call is fail",
    ],
    [
      "a core check that was left out",
      changed(({ core }) => core[1] && (core[1].status = "left-out")),
      "the check signature/invalid was left-out",
    ],
    ["missing core checks", changed((result) => (result.core = [])), "the issuer was not compared"],
    [
      "rules that were switched off",
      changed((result) => (result.off = ["idp/non-uri"])),
      "rules were switched off: idp/non-uri (see --allow-off)",
    ],
    [
      "a changed severity",
      changed((result) => (result.severities = [{ rule: "a/b", why: "severity set to notice" }])),
      "severities were changed: a/b (severity set to notice) (see --allow-off)",
    ],
    [
      "suppressed findings",
      changed((result) => (result.findings = [{ rule: "a/b", severity: "error", suppressed: "ok" }])),
      "findings were suppressed: a/b (see --allow-off)",
    ],
    [
      "--fail-on never",
      changed((_, { predicate }) => (predicate.failOn = "never")),
      "the call could not fail (--fail-on never)",
    ],
    [
      "the profile",
      changed((result) => (result.profiles = ["rfc5280"])),
      "the CRL was not linted for the profiles tls-br",
    ],
    [
      "the rule set",
      changed((_, { predicate }) => (predicate.ruleSet.sha256 = digest)),
      "it was made with another rule set, by crllint 0.1.0; this is crllint 0.1.0",
    ],
    [
      "the CA",
      changed((result) => (result.ca = { name: "x", sha256: digest })),
      `it is about a CRL of the CA ${digest}, not of this CA`,
    ],
    ["a missing CA", changed((result) => delete result.ca), "it is about a CRL of an unknown CA, not of this CA"],
    [
      "a CRL linted too long ago",
      changed((result) => (result.judgedAt = "2026-11-03T11:59:59Z")),
      "the CRL was linted as of 2026-11-03T11:59:59Z, longer ago than 24h",
    ],
    [
      "a CRL linted in the future",
      changed((result) => (result.judgedAt = "2026-11-04T12:00:01Z")),
      "the CRL was linted as of 2026-11-04T12:00:01Z, which is later than now",
    ],
    [
      "a missing time",
      changed((result) => delete result.judgedAt),
      "it does not state the time that the CRL was linted as of",
    ],
  ])("rejects a statement for %s", async (_, statement, fault) => {
    expect(await verify(statement)).toEqual({ code: 1, out: `FILE: ${fault}\nnot verified\n`, err: "" });
  });

  test("rejects thisUpdate as the time from which --max-age counts", async () => {
    expect(await crllint(["verify-attestation", "--now", "thisUpdate", bench.put("s.json", text), good, ca])).toEqual({
      code: 2,
      out: "",
      err: "error: --now of verify-attestation must be a time, not thisUpdate\n(see crllint verify-attestation --help)\n",
    });
  });

  test("rejects a CRL that is not a subject of the statement", async () => {
    const statement = changed((_, { subject }) => Object.assign(subject[0] ?? {}, { digest: { sha256: digest } }));
    expect(await verify(statement)).toMatchObject({ code: 1, err: "" });
  });

  test("rejects another CRL and another CA", async () => {
    const other = await verify(text, [earlier, ca]);
    expect(other.out).toBe(
      `FILE: it is not about this CRL, whose SHA-256 is ${sha256(kit.earlierCrl())}\nnot verified\n`,
    );
    expect((await verify(text, [good, otherCa])).out).toContain("not of this CA\n");
  });

  test("applies --allow-off, --max-age and --profile", async () => {
    const off = changed((result) => (result.off = ["idp/non-uri"]));
    expect((await verify(off, ["--allow-off", good, ca])).out).toContain(
      "rules that were off: idp/non-uri\nverified\n",
    );
    const set = changed((result) => (result.severities = [{ rule: "a/b", why: "severity set to notice" }]));
    expect((await verify(set, ["--allow-off", good, ca])).out).toContain(
      "rules whose severity was changed: a/b\nverified\n",
    );
    expect((await verify(text, ["--max-age", "11h", good, ca])).code).toBe(1);
    expect((await verify(text, ["--profile", "etsi", good, ca])).code).toBe(1);
  });

  test("reports a statement, CRL or certificate that cannot be read", async () => {
    const cases: readonly [string, readonly string[], string][] = [
      ["{", [good, ca], "FILE: this is not JSON in UTF-8"],
      ["{}", [good, ca], "FILE: this is not a statement of crllint: _type is missing"],
      [
        text.replace("attestation:1", "attestation:2"),
        [good, ca],
        "FILE: this is not a statement of crllint: predicateType must be urn:x-crllint:attestation:1",
      ],
      [text, [ca, ca], `${ca}: this is not a CRL`],
      [text, [good, good], `${good}: this is not a certificate`],
      [text, [both, ca], `${both}: this holds more than one CRL`],
      [text, [stray, ca], `${stray}: this also holds bytes that cannot be read`],
      [text, ["missing.crl", ca], "cannot read missing.crl: no such file or directory"],
    ];
    for (const [statement, args, error] of cases) {
      const { code, err } = await verify(statement, args);
      expect([code, err.split("\n")[0]]).toEqual([2, `error: ${error}`]);
    }
  });

  test("escapes text from a statement", async () => {
    const hostile = changed((result) => (result.off = ["\u001b[2J::error::", "a\nb"]));
    expect((await verify(hostile)).out).toBe(
      String.raw`FILE: rules were switched off: \u{1b}[2J::error::, a\u{a}b (see --allow-off)` + "\nnot verified\n",
    );
  });
});

test("crllint schema attestation prints the generated schema", async () => {
  const { code, out } = await crllint(["schema", "attestation"]);
  expect([code, JSON.parse(out)]).toEqual([0, attestationSchema]);
  expect(attestationSchema).toEqual(makeAttestationSchema());
});
