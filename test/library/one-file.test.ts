import { describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { lintCrl, lintShards, passes } from "../../src/index.ts";
import { encodePem } from "../../src/pem/encode.ts";
import { answerLint } from "../../src/serve/lint.ts";
import { ldif, signedData } from "../input/containers.ts";
import type { LintAnswer } from "../serve/setting.ts";

const ca = kit.ca.certificate;
const { crl } = kit.crl({ issuer: kit.ca.subject.reversed() });
const now = Date.parse("2026-11-04T00:00:00Z") / 1000;

const files: readonly (readonly [string, Uint8Array<ArrayBuffer>])[] = (
  [
    ["DER", kit.der.concat(ca, crl)],
    ["PEM", kit.der.ascii(encodePem("CERTIFICATE", ca) + encodePem("X509 CRL", crl))],
    ["PKCS#7", signedData([ca], [crl])],
    ["LDIF", ldif(["cACertificate;binary", ca], ["certificateRevocationList;binary", crl])],
  ] as const
).map(([title, file]) => [title, Uint8Array.from(file)]);

describe("the CA in the file of its CRL is used", () => {
  test.each(files)("by lintCrl, %s", (_, file) => {
    const run = lintCrl({ crl: file, select: ["issuer"], now: new Date(now * 1000) });
    expect(run.pairing?.by).toBe("only-certificate");
    expect(run.findings.map(({ rule }) => rule)).toEqual(["issuer/not-byte-identical"]);
  });

  test.each(files)("by POST /v1/lint, %s", async (_, file) => {
    const body = new TextEncoder().encode(
      JSON.stringify({ crl: Buffer.from(file).toString("base64"), select: "issuer" }),
    );
    const answer = await answerLint("application/json", body, now, undefined);
    expect(answer.verdict).toBe("fail");
  });

  test("unless an issuer is given", () => {
    const issuer = kit.otherCa.certificate;
    const run = lintCrl({ crl: kit.der.concat(ca, crl), issuer, select: ["issuer"], now: new Date(now * 1000) });
    expect(run.pairing?.by).toBe("option");
  });

  test("unless the file has bytes that belong to no object: the CRL is not linted", () => {
    const run = lintCrl({ crl: kit.der.concat(ca, kit.der.raw("0001"), crl), now: new Date(now * 1000) });
    expect(run.judged).toBe(false);
    expect(run.findings.map(({ rule }) => rule)).toEqual(["input/not-a-crl"]);
  });
});

const valid = kit.crl().crl;

/** Files of a CA certificate, a valid CRL, and one with a reversed issuer. */
const several: readonly (readonly [string, Uint8Array])[] = [
  ["DER", kit.der.concat(ca, valid, crl)],
  ["PEM", kit.der.ascii(encodePem("CERTIFICATE", ca) + encodePem("X509 CRL", valid) + encodePem("X509 CRL", crl))],
  ["PKCS#7", signedData([ca], [valid, crl])],
  ["LDIF", ldif(["cACertificate", ca], ["crl", valid], ["crl", crl])],
];

describe("a PEM block that should be a CRL and is not, next to a valid CRL", () => {
  const damaged = "-----BEGIN X509 CRL-----\nMYIBLAVBBUEFQQVBBUEFQQVB\n-----END X509 CRL-----\n";
  const files = [damaged + encodePem("X509 CRL", valid), encodePem("X509 CRL", valid) + damaged].map(kit.der.ascii);

  test.each(files)("lintCrl, lintShards and POST /v1/lint are undecided, file %#", async (file) => {
    const options = { issuer: ca, now: new Date(now * 1000) };
    expect(lintCrl({ ...options, crl: file }).verdict).toBe("undecided");
    expect(lintShards({ ...options, crls: [file] })[0]?.verdict).toBe("undecided");
    const request = { crl: Buffer.from(file).toString("base64"), issuer: Buffer.from(ca).toString("base64") };
    const body = new TextEncoder().encode(JSON.stringify(request));
    expect((await answerLint("application/json", body, now, undefined)).verdict).toBe("undecided");
  });

  test.each(["previous", "base", "tbsWas"])("is rejected as %s", (option) => {
    expect(() => lintCrl({ crl: valid, issuer: ca, [option]: files[1] })).toThrow(
      `${option} holds a block that is neither a CRL nor a certificate`,
    );
  });
});

describe("several CRLs in one file", () => {
  const unlinted = "not judged: the input holds 2 CRLs, and only one of them was linted";

  test.each(several)("lintCrl lints the first, reports the other, and is undecided: %s", (_, file) => {
    const run = lintCrl({ crl: file, now: new Date(now * 1000), name: "all" });
    expect(run.findings.filter(({ rule }) => rule.startsWith("crllint/"))).toMatchObject([
      {
        rule: "crllint/not-linted",
        severity: "error",
        message: unlinted,
        location: { file: "all", length: crl.length },
      },
    ]);
    expect([run.judged, run.verdict, passes(run)]).toEqual([false, "undecided", false]);
    expect(lintCrl({ crl: file, now: new Date(now * 1000), select: ["crl-number"], failOn: "never" }).verdict).toBe(
      "undecided",
    );
  });

  test.each(several)("lintShards and the shards of lintCrl also report it: %s", (_, file) => {
    const shards = lintShards({ crls: [valid, file], issuer: ca, now: new Date(now * 1000) });
    expect(shards.map(({ findings }) => findings.some(({ rule }) => rule === "crllint/not-linted"))).toEqual([
      false,
      true,
    ]);
    const run = lintCrl({ crl: valid, shards: [file], issuer: ca, now: new Date(now * 1000) });
    expect(run.findings.map(({ rule }) => rule)).toContain("crllint/not-linted");
  });

  test.each(several)("POST /v1/lint lints all of them: %s", async (_, file) => {
    const request = { crl: Buffer.from(file).toString("base64"), name: "all" };
    const body = new TextEncoder().encode(JSON.stringify(request));
    const answer = await answerLint("application/json", body, now, undefined);
    expect(answer.verdict).toBe("fail");
    const { verdict, report } = JSON.parse(new TextDecoder().decode(answer.body)) as LintAnswer;
    expect(verdict).toBe("fail");
    const runs = report.runs.map(({ crl: name, findings }) => [
      name,
      findings.map(({ rule }) => rule).filter((rule) => rule !== "input/multiple-objects"),
    ]);
    expect(runs).toEqual([
      ["all", []],
      ["all", ["issuer/not-byte-identical"]],
    ]);
  });
});
