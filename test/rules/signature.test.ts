import { describe, expect, test } from "vitest";
import { findEcdsaFault } from "../../src/algorithm/ecdsa-value.ts";
import { concat, int, nul, raw, seq } from "../../src/fixture/der-writer.ts";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import type { Run } from "../../src/index.ts";
import { crllint, Workbench } from "../cli/workbench.ts";
import { lintCase, tripped } from "../support/lint-case.ts";

function lint(knobs: CrlKnobs) {
  return lintCase(kit.crl(knobs), { profile: "rfc5280", select: ["signature", "algorithm/inner-outer-differ"] });
}

function findings(knobs: CrlKnobs) {
  return lint(knobs).findings.filter(({ rule }) => rule === "signature/invalid");
}

function judge(octets: Uint8Array, curve?: string): string | undefined {
  return findEcdsaFault(octets, { start: 0, end: octets.length }, curve)?.message;
}

describe("signature/invalid", () => {
  test("names the CA and notes that the key identifier matches", () => {
    const [finding] = findings({ signingKey: "rsa2048c" });
    expect(finding).toMatchObject({
      message: "signature does not verify with the key of CN=Example TLS CA 1,O=Example Trust GmbH,C=AT",
      notes: ["authorityKeyIdentifier names the key of this certificate"],
      location: { path: "signatureValue" },
      related: [{ file: "issuer", path: "tbsCertificate.subjectPublicKeyInfo" }],
    });
  });

  test("notes that the key identifier is that of another key", () => {
    const [finding] = findings({ ca: kit.caWith({ key: "rsa2048c" }), issuerCertificate: kit.ca.certificate });
    expect(finding?.notes).toEqual([
      "authorityKeyIdentifier names a different key, so this is probably not the certificate of the key that signed",
    ]);
    expect(finding?.help).toBe("give the certificate of the key that signed, or sign with the CA's key");
  });

  test("recognizes a key of another length from the length of its signature", () => {
    const [finding] = findings({ signingKey: "rsa1024" });
    expect(finding?.notes).toContainEqual("an RSA key of 1024 bits signed; the CA's has 2048 bits");
  });

  test("uses the certificate whose key verifies, of several certificates", () => {
    expect(findings({ issuerCertificate: [kit.otherCa.certificate, kit.ca.certificate] })).toEqual([]);
  });

  test("names the given certificate whose key signed", async () => {
    const bench = new Workbench();
    const renewed = bench.put("renewed.der", kit.caWith({ key: "rsa2048c" }).certificate);
    const others = [kit.root.certificate, kit.ca.certificate].map((each, i) => bench.put(`${i}.der`, each));
    const crl = bench.put("ca.crl", kit.crl().crl);
    const { out } = await crllint(["-f", "json", "--select", "signature/invalid", "--issuer", renewed, ...others, crl]);
    bench.clear();
    const { runs } = JSON.parse(out) as { readonly runs: readonly Run[] };
    expect(runs.flatMap(({ findings }) => findings.map(({ notes }) => notes))).toEqual([
      [
        "authorityKeyIdentifier names a different key, so this is probably not the certificate of the key that signed",
        `the key in ${others[1]} (CN=Example TLS CA 1,O=Example Trust GmbH,C=AT) verifies the signature`,
      ],
    ]);
  });

  test("has no note about the length for a key that is not an RSA key", () => {
    expect(findings({ ca: kit.caWith({ key: "p256" }), signingKey: "p256b" }).map(({ notes }) => notes)).toEqual([
      ["authorityKeyIdentifier names the key of this certificate"],
    ]);
  });

  test.each([
    ["RSASSA-PSS without parameters, which cannot be checked", kit.der.raw("300b06092a864886f70d01010a"), false],
    ["sha256WithRSAEncryption without NULL", kit.der.raw("300b06092a864886f70d01010b"), true],
    ["an algorithm that is not known", kit.der.seq(kit.der.oid("1.2.3.4")), true],
  ])("accepts the verdict of a verifier for %s", (_, algorithm, isReported) => {
    const verifier = {
      verify: () => ({ verdict: "invalid", why: "" }),
      sha256: () => "",
      sha1: () => new Uint8Array(20),
    };
    const made = kit.crl({ signature: algorithm, signatureAlgorithm: algorithm, options: { verifier } });
    const run = lintCase(made, { profile: "rfc5280", select: ["signature/invalid"] });
    expect(tripped(run)).toEqual(isReported ? ["signature/invalid"] : []);
  });

  test.each<[string, CrlKnobs, readonly string[]]>([
    ["a placeholder", { signatureValue: new Uint8Array(256) }, ["signature/dummy"]],
    ["a placeholder of the wrong length", { signatureValue: new Uint8Array(10) }, ["signature/dummy"]],
    ["a value of the wrong length", { signatureValue: (sound) => sound.subarray(1) }, ["signature/malformed-value"]],
    [
      "an ECDSA value that is not DER",
      { ca: kit.caWith({ key: "p256" }), signatureValue: raw("0102") },
      ["signature/ecdsa-not-der"],
    ],
    [
      "an algorithm that the key cannot sign with",
      { signatureAlgorithm: "ecdsa-with-SHA256", signature: "ecdsa-with-SHA256" },
      [],
    ],
    [
      "a sound signature under another signatureAlgorithm",
      { signatureAlgorithm: "sha512WithRSAEncryption" },
      ["algorithm/inner-outer-differ"],
    ],
  ])("does not check %s", (_, knobs, rules) => {
    expect(tripped(lint(knobs))).toEqual(rules);
  });
});

describe("findEcdsaFault", () => {
  const p256 = "1.2.840.10045.3.1.7";
  const order = 0xffffffff_00000000_ffffffff_ffffffff_bce6faad_a7179e84_f3b9cac2_fc632551n;
  test.each([
    [1n, 1n, undefined],
    [order - 1n, order - 1n, undefined],
    [order, 1n, "r is not below the order of the curve"],
    [1n, order, "s is not below the order of the curve"],
    [0n, 1n, "r is zero"],
    [1n, -1n, "s is negative"],
    // Signature of a larger curve: another key signed.
    [1n << 300n, 1n, undefined],
  ])("r %d, s %d: %s", (r, s, message) => {
    expect(judge(seq(int(r), int(s)), p256)).toBe(message);
  });

  test("has no upper limit without a curve", () => {
    expect(judge(seq(int(order), int(order)))).toBeUndefined();
  });

  test.each([
    ["a number beyond all curves", seq(int(1n << 536n), int(1)), "r has 68 octets; no curve in use needs more than 66"],
    ["no s", seq(int(1)), "signatureValue has no INTEGER s"],
    ["no r", seq(), "signatureValue has no INTEGER r"],
    ["octets behind", concat(seq(int(1), int(1)), nul()), expect.stringMatching(/^signatureValue is not DER: /u)],
    ["no SEQUENCE", int(1), "signatureValue of 3 octets is not SEQUENCE { r, s }"],
    ["nothing", raw(""), "signatureValue of 0 octets is not SEQUENCE { r, s }"],
    ["a length that runs too far", raw("3006020101"), "signatureValue of 5 octets is not SEQUENCE { r, s }"],
  ])("%s", (_, octets, message) => {
    expect(judge(octets, p256)).toEqual(message);
  });
});
