import { describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { exitCode } from "../support/exit-code.ts";
import { lintCase, messagesOf, failedRules } from "../support/lint-case.ts";

const certificate = kit.ca.certificate;

describe("a CA certificate that is malformed", () => {
  test("is reported with the position of its fault, and the check is incomplete: exit 2", () => {
    const run = lintCase(kit.crl({ issuerCertificate: withTail(certificate) }));
    expect(messagesOf(run, "crllint/malformed-certificate")).toEqual([
      expect.stringMatching(/^error: the CA certificate is malformed: .*which its definition does not have/u),
    ]);
    expect(run.findings[0]?.location).toMatchObject({ file: "issuer", offset: certificate.length, length: 2 });
    expect(failedRules(run)).toEqual([]);
    expect(exitCode([run], "error")).toBe(2);
  });

  test("is rejected if bytes follow it", () => {
    const issuerCertificate = kit.der.concat(certificate, kit.der.nul());
    expect(() => lintCase(kit.crl({ issuerCertificate }))).toThrow(/issuer.*: bytes .* belong to no object/u);
  });

  test.each([
    ["an invalid RSA key", "does not contain an RSAPublicKey", garbleKey(certificate)],
    ["an element after the last one", "which its definition does not have", withTail(certificate)],
  ])("%s: reported", (_, message, changed) => {
    const run = lintCase(kit.crl({ issuerCertificate: changed }), { signature: "ignore" });
    expect(messagesOf(run, "crllint/malformed-certificate").join()).toContain(message);
  });

  test("is accepted with a known harmless defect: keyUsage with trailing zero bits", () => {
    const value = kit.der.tlv(0x03, Uint8Array.of(0x01, 0x06));
    const valid = kit.caWith({ replace: { "2.5.29.15": { oid: "2.5.29.15", critical: true, value } } });
    const padded = kit.der.tlv(0x03, Uint8Array.of(0x00, 0x06));
    const defective = kit.caWith({ replace: { "2.5.29.15": { oid: "2.5.29.15", critical: true, value: padded } } });
    for (const ca of [valid, defective]) expect(lintCase(kit.crl({ ca })).findings).toEqual([]);
  });
});

describe("a certificate issued by the CA that is malformed", () => {
  const { der, extension, oids } = kit;
  const withPoints = (value: Uint8Array, serial = 77): Uint8Array =>
    kit.certificate({
      serial,
      replace: { [oids.crlDistributionPoints]: extension.extension(oids.crlDistributionPoints, value) },
    });
  const lint = (...certificates: readonly Uint8Array[]) => {
    const run = lintCase(kit.crl({ entries: [], certificates }), { select: ["certs"], profile: "tls-br" });
    const passed = run.rules.filter(({ status }) => status === "passed").map(({ rule }) => rule);
    return { messages: messagesOf(run, "crllint/malformed-certificate"), verdict: run.verdict, passed };
  };

  test("no rule on certificates passes if cRLDistributionPoints is not a SEQUENCE", () => {
    expect(lint(withPoints(der.int(1)))).toEqual({
      messages: [
        "error: a certificate of the CA is malformed: CRLDistributionPoints must be a SEQUENCE, found INTEGER: 02 01 01",
      ],
      verdict: "undecided",
      passed: [],
    });
  });

  test("several malformed certificates are counted", () => {
    const first = withPoints(der.seq(der.int(1)));
    expect(lint(first, first, withPoints(der.int(1), 78), kit.certificate({ serial: 79 })).messages).toEqual([
      "error: 3 certificates of the CA are malformed, the first: found INTEGER; a DistributionPoint must be a SEQUENCE",
    ]);
  });

  test("a truncated certificate is reported", () => {
    const { messages, verdict } = lint(kit.certificate({ serial: 77 }).subarray(0, 600));
    expect(messages).toEqual([expect.stringMatching(/^error: a certificate of the CA is malformed: /u)]);
    expect(verdict).toBe("undecided");
  });

  test("a malformed certificate given as expected to be good is reported", () => {
    const run = lintCase(kit.crl({ entries: [], options: { expectGood: [withPoints(der.int(1))] } }));
    expect(messagesOf(run, "crllint/malformed-certificate")).toHaveLength(1);
    expect(run.rules.find(({ rule }) => rule === "certs/good-listed")).toMatchObject({
      status: "skipped",
      why: "a certificate given cannot be read in full",
    });
  });

  test("a certificate of another CA, or with a harmless defect, is not reported", () => {
    const foreign = kit.certificate({ parent: kit.otherCa, basicConstraints: der.int(1) });
    const padded = kit.certificate({ serial: 77, keyUsage: der.raw("03020080") });
    const run = lintCase(kit.crl({ entries: [], certificates: [foreign, padded] }));
    expect(messagesOf(run, "crllint/malformed-certificate")).toEqual([]);
    expect(run.verdict).toBe("pass");
  });
});

describe("a signature that was not checked", () => {
  test("makes the CRL undecided, although a CA certificate was given", () => {
    const unknown = kit.der.seq(kit.der.oid("1.2.3.4"));
    const run = lintCase(kit.crl({ signature: unknown, signatureAlgorithm: unknown }));
    expect(messagesOf(run, "crllint/signature-not-checked")).toEqual([
      "error: not judged: the signature was not checked: signature algorithm 1.2.3.4 is not known to crllint",
    ]);
    expect(run.verdict).toBe("undecided");
  });

  test("is an error of the CRL if it cannot be valid for any key", () => {
    const run = lintCase(kit.crl({ signatureValue: new Uint8Array(256) }));
    expect(messagesOf(run, "signature/dummy")).toEqual(["error: signatureValue is 256 times the byte 00"]);
    expect(exitCode([run], "error")).toBe(1);
  });
});

test("a file that ends directly after the correct issuer is truncated, and its issuer is not reported", () => {
  const whole = kit.crl().crl;
  const { subject } = kit.ca;
  const der = subject.der();
  const end = whole.findIndex((_, i) => der.every((byte, at) => whole[i + at] === byte)) + der.length;
  const run = lintCase(kit.crl({ patch: (crl) => crl.subarray(0, end) }));
  expect(messagesOf(run, "input/truncated")[0]).toMatch(/^error: the file ends at byte/u);
});

test.each(["crl", "tbs"] as const)("a %s that is truncated anywhere after its first bytes has one finding", (form) => {
  const { crl } = kit.crl({ form, entries: [] });
  for (let length = 40; length < crl.length; length += 1) {
    const run = lintCase({ ...kit.crl({ form }), crl: crl.subarray(0, length) });
    expect([length, ...run.findings.map(({ rule }) => rule)]).toEqual([length, "input/truncated"]);
    expect(run.verdict).toBe("fail");
  }
});

/** Returns the certificate with the identifier octet of its RSAPublicKey changed. */
function garbleKey(der: Uint8Array): Uint8Array {
  // BIT STRING without unused bits that contains a SEQUENCE of 266 bytes: a modulus of 2048 bits and 65537.
  const key = [0x03, 0x82, 0x01, 0x0f, 0x00, 0x30, 0x82, 0x01, 0x0a];
  const at = der.findIndex((_, i) => key.every((byte, j) => der[i + j] === byte));
  return der.with(at + 5, 0x31);
}

/** Returns the certificate with a NULL after its signatureValue. */
function withTail(der: Uint8Array): Uint8Array {
  return kit.der.seq(der.subarray(4), kit.der.tlv(0x05));
}
