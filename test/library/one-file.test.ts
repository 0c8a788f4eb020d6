import { describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { lintCrl } from "../../src/index.ts";
import { encodePem } from "../../src/pem/encode.ts";
import { answerLint } from "../../src/serve/lint.ts";
import { ldif, signedData } from "../input/containers.ts";

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

describe("the CA in the file of its CRL", () => {
  test.each(files)("lintCrl, %s", (_, file) => {
    const run = lintCrl({ crl: file, select: ["issuer"], now: new Date(now * 1000) });
    expect(run.pairing?.by).toBe("only-certificate");
    expect(run.findings.map(({ rule }) => rule)).toEqual(["issuer/not-byte-identical"]);
  });

  test.each(files)("POST /v1/lint, %s", async (_, file) => {
    const body = new TextEncoder().encode(
      JSON.stringify({ crl: Buffer.from(file).toString("base64"), select: "issuer" }),
    );
    const answer = await answerLint("application/json", body, now, undefined);
    expect(answer.verdict).toBe("fail");
  });

  test("an issuer that is given comes first", () => {
    const issuer = kit.otherCa.certificate;
    const run = lintCrl({ crl: kit.der.concat(ca, crl), issuer, select: ["issuer"], now: new Date(now * 1000) });
    expect(run.pairing?.by).toBe("option");
  });

  test("bytes that belong to no object: not judged", () => {
    const run = lintCrl({ crl: kit.der.concat(ca, kit.der.raw("0001"), crl), now: new Date(now * 1000) });
    expect(run.judged).toBe(false);
    expect(run.findings.map(({ rule }) => rule)).toEqual(["input/not-a-crl"]);
  });
});
