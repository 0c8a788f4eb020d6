import { describe, expect, test, vi } from "vitest";
import { findEcdsaFault } from "../../src/algorithm/ecdsa-value.ts";
import { concat, int, nul, raw, seq } from "../../src/fixture/der-writer.ts";
import { type CrlCase, type CrlKnobs, kit } from "../../src/fixture/index.ts";
import type { Run } from "../../src/index.ts";
import { crllint, Workbench } from "../cli/workbench.ts";
import type { KeyName } from "../../src/fixture/keys.ts";
import type { AlgorithmName } from "../../src/fixture/sign.ts";
import { nodeVerifier } from "../../src/verify/node.ts";
import type { Verifier } from "../../src/verify/verifier.ts";
import { lintCase, messagesOf, failedRules } from "../support/lint-case.ts";

function lint(knobs: CrlKnobs) {
  return lintCase(kit.crl(knobs), { profile: "rfc5280", select: ["signature", "algorithm/inner-outer-differ"] });
}

function findings(knobs: CrlKnobs) {
  return lint(knobs).findings.filter(({ rule }) => rule === "signature/invalid");
}

function ecdsaFault(der: Uint8Array, curve?: string): string | undefined {
  return findEcdsaFault(der, { start: 0, end: der.length }, curve)?.message;
}

describe("signature/invalid", () => {
  test("names the CA, and notes that the key identifier matches", () => {
    const [finding] = findings({ signingKey: "rsa2048c" });
    expect(finding).toMatchObject({
      message: "signature does not verify with the key of CN=Example TLS CA 1,O=Example Trust GmbH,C=AT",
      notes: ["authorityKeyIdentifier names the key of this certificate"],
      location: { path: "signatureValue" },
      related: [{ file: "issuer", path: "tbsCertificate.subjectPublicKeyInfo" }],
    });
  });

  test("notes that the key identifier names another key", () => {
    const [finding] = findings({ ca: kit.caWith({ key: "rsa2048c" }), issuerCertificate: kit.ca.certificate });
    expect(finding?.notes).toEqual([
      "authorityKeyIdentifier names a different key, so this is probably not the certificate of the key that signed",
    ]);
    expect(finding?.help).toBe("give the certificate of the key that signed, or sign with the CA's key");
  });

  test("notes that a key of another length signed, by the length of the signature", () => {
    const [finding] = findings({ signingKey: "rsa1024" });
    expect(finding?.notes).toContainEqual("an RSA key of 1024 bits signed; the CA's has 2048 bits");
  });

  test("is not reported if the key of one of several certificates verifies the signature", () => {
    expect(findings({ issuerCertificate: [kit.otherCa.certificate, kit.ca.certificate] })).toEqual([]);
  });

  test("names the other certificate given whose key verifies the signature", async () => {
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

  const saltLength20 = kit.der.raw(
    "303c06092a864886f70d01010a302fa00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500",
  );
  const pss20: CrlKnobs = { algorithm: "rsassa-pss-sha256", signature: saltLength20, signatureAlgorithm: saltLength20 };

  test.each(["rfc5280", "tls-br"] as const)(
    "reports in one finding that the salt is not as long as saltLength (%s)",
    (profile) => {
      const run = lintCase(kit.crl(pss20), { profile });
      expect(messagesOf(run, "signature/invalid")).toEqual([
        "error: the signature was made with a salt of 32 bytes; saltLength is 20 (DEFAULT)",
      ]);
      expect(failedRules(run)).toEqual(["signature/invalid"]);
      expect(run.findings[0]).toMatchObject({
        help: "set saltLength in both AlgorithmIdentifiers to what the signer uses, or sign with what they state",
        cites: expect.arrayContaining([expect.objectContaining({ documentId: "rfc4055", section: "3.1" })]),
      });
      expect(run.signature).toEqual({
        verdict: "invalid",
        why: "the signature was made with a salt of 32 bytes; saltLength is 20 (DEFAULT)",
      });
    },
  );

  const stating = (hash: string, mask: string, salt: number): Uint8Array => {
    const { der } = kit;
    const identifier = (oid: string): Uint8Array => der.seq(der.oid(oid), der.nul());
    const mgf1 = der.seq(der.oid("1.2.840.113549.1.1.8"), identifier(mask));
    const fields = [der.explicit(0, identifier(hash)), der.explicit(1, mgf1), der.explicit(2, der.int(salt))];
    return der.seq(der.oid("1.2.840.113549.1.1.10"), der.seq(...fields));
  };
  const [hash1, hash256, hash384] = ["1.3.14.3.2.26", "2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2"] as const;
  const noParameters = kit.der.seq(kit.der.oid("1.2.840.113549.1.1.10"), kit.der.seq());
  const p256 = kit.caWith({ key: "p256" });
  const madePss: CrlKnobs = { algorithm: "rsassa-pss-sha256" };

  describe.each(["rfc5280", "tls-br"] as const)("in one finding (%s)", (profile) => {
    test.each<[string, CrlKnobs, Uint8Array, string, string]>([
      [
        "MGF1 with another hash",
        madePss,
        stating(hash256, hash1, 32),
        "MGF1 with sha256; maskGenAlgorithm is MGF1 with sha1",
        "maskGenAlgorithm",
      ],
      ["another hash", madePss, stating(hash384, hash256, 32), "sha256; hashAlgorithm is sha384", "hashAlgorithm"],
      [
        "parameters that are all DEFAULT",
        madePss,
        noParameters,
        "sha256, MGF1 with sha256 and a salt of 32 bytes; hashAlgorithm is sha1 (DEFAULT), maskGenAlgorithm is MGF1 with sha1 (DEFAULT), saltLength is 20 (DEFAULT)",
        "hashAlgorithm, maskGenAlgorithm, saltLength",
      ],
      [
        "RSASSA-PSS instead of PKCS #1 v1.5",
        {},
        stating(hash256, hash256, 32),
        "sha256WithRSAEncryption; signatureAlgorithm is id-RSASSA-PSS",
        "the algorithm",
      ],
      [
        "SHA-1 instead of SHA-256",
        {},
        kit.algorithm("sha1WithRSAEncryption"),
        "sha256WithRSAEncryption; signatureAlgorithm is sha1WithRSAEncryption",
        "the algorithm",
      ],
      [
        "the digest of another curve",
        { ca: p256 },
        kit.algorithm("ecdsa-with-SHA384"),
        "ecdsa-with-SHA256; signatureAlgorithm is ecdsa-with-SHA384",
        "the algorithm",
      ],
    ])("reports a signature that was not made with what is stated: %s", (_, knobs, named, made, what) => {
      const run = lintCase(kit.crl({ ...knobs, signature: named, signatureAlgorithm: named }), { profile });
      expect(failedRules(run)).toEqual(["signature/invalid"]);
      const why = `the signature was made with ${made}`;
      expect(run.findings.map(({ message, help }) => [message, help])).toEqual([
        [why, `set ${what} in both AlgorithmIdentifiers to what the signer uses, or sign with what they state`],
      ]);
      expect(run.signature).toEqual({ verdict: "invalid", why });
    });
  });

  test("reports the algorithm that made a signature which is none of two that differ", () => {
    const knobs = { signature: noParameters, signatureAlgorithm: kit.algorithm("sha384WithRSAEncryption") };
    const run = lintCase(kit.crl(knobs), { profile: "rfc5280" });
    expect(failedRules(run)).toEqual(["algorithm/inner-outer-differ", "algorithm/sha1", "signature/invalid"]);
    expect(messagesOf(run, "signature/invalid")).toEqual([
      "error: the signature was made with sha256WithRSAEncryption; signatureAlgorithm is sha384WithRSAEncryption",
    ]);
  });

  test("explains only an invalid signature, with the key of the CA, once", () => {
    const verifier = nodeVerifier() as Required<Verifier>;
    const explain = vi.spyOn(verifier, "explain");
    const calls = (made: CrlCase): number => {
      explain.mockClear();
      lintCase({ ...made, options: { verifier } }, { profile: "rfc5280" });
      return explain.mock.calls.length;
    };
    expect(calls(kit.crl())).toBe(0);
    expect(calls(kit.crl(pss20))).toBe(0);
    expect(calls(kit.crl({ ca: kit.otherCa, issuerCertificate: kit.ca.certificate }))).toBe(0);
    expect(calls(kit.crl({ signingKey: "rsa2048c" }))).toBe(1);
    const several = [kit.otherCa.certificate, kit.root.certificate, kit.ca.certificate];
    const patch = (crl: Uint8Array): Uint8Array => crl.with(crl.length - 277, 0x68);
    expect(calls(kit.crl({ patch, issuerCertificate: several }))).toBe(1);
  });

  test("reports both an unusual saltLength and a signature by another key", () => {
    const run = lintCase(kit.crl({ ...pss20, signingKey: "rsa2048c" }), { profile: "rfc5280" });
    expect(failedRules(run)).toEqual(["algorithm/pss-salt-length", "signature/invalid"]);
    expect(messagesOf(run, "signature/invalid")).toEqual([
      "error: signature does not verify with the key of CN=Example TLS CA 1,O=Example Trust GmbH,C=AT",
    ]);
  });

  const restricted = kit.caWith({
    spki: kit.der.seq(kit.algorithm("rsassa-pss-sha384"), kit.publicKey("rsa2048").slice(19)),
  });

  test.each<[string, CrlKnobs, readonly string[]]>([
    ["parameters that the CA's key forbids", {}, ["algorithm/pss-key-params-mismatch"]],
    [
      "parameters that the CA's key forbids, and a signature by another key",
      { signingKey: "rsa2048c" },
      ["algorithm/pss-key-params-mismatch", "signature/invalid"],
    ],
    [
      "parameters that the CA's key forbids, and authorityKeyIdentifier of another key",
      { aki: kit.der.raw("00") },
      ["signature/invalid"],
    ],
  ])("%s", (_, knobs, rules) => {
    const crl = kit.crl({ ca: restricted, algorithm: "rsassa-pss-sha256", ...knobs });
    const run = lintCase(crl, { profile: "rfc5280" });
    expect(failedRules(run)).toEqual(rules);
    expect(run.signature.verdict).toBe("invalid");
  });

  test.each<[KeyName, AlgorithmName]>([
    ["sm2", "sm2-with-sm3"],
    ["brainpoolP256r1", "ecdsa-with-SHA256"],
    ["p256", "id-ecdsa-with-sha3-256"],
    ["rsa2048", "id-rsassa-pkcs1-v1-5-with-sha3-256"],
  ])("verifies the signature of a %s key with %s", (key, algorithm) => {
    const knobs = { ca: kit.caWith({ key }), algorithm };
    expect(lintCase(kit.crl(knobs), { profile: "rfc5280" })).toMatchObject({
      findings: [],
      signature: { verdict: "valid" },
    });
    const patch = (crl: Uint8Array) => crl.with(crl.length - 200 - (key === "rsa2048" ? 190 : 0), 0x68);
    expect(failedRules(lintCase(kit.crl({ ...knobs, patch }), { profile: "rfc5280", select: ["signature"] }))).toEqual([
      "signature/invalid",
    ]);
  });

  test.each([
    ["RSASSA-PSS without parameters (not reported)", kit.der.raw("300b06092a864886f70d01010a"), false],
    ["sha256WithRSAEncryption without NULL", kit.der.raw("300b06092a864886f70d01010b"), true],
    ["an unknown algorithm", kit.der.seq(kit.der.oid("1.2.3.4")), true],
  ])("uses the verdict of the verifier for %s", (_, algorithm, isReported) => {
    const verifier = {
      verify: () => ({ verdict: "invalid", why: "" }),
      sha256: () => "",
      sha1: () => new Uint8Array(20),
    };
    const made = kit.crl({ signature: algorithm, signatureAlgorithm: algorithm, options: { verifier } });
    const run = lintCase(made, { profile: "rfc5280", select: ["signature/invalid"] });
    expect(failedRules(run)).toEqual(isReported ? ["signature/invalid"] : []);
  });

  test.each<[string, CrlKnobs, readonly string[]]>([
    ["a placeholder", { signatureValue: new Uint8Array(256) }, ["signature/dummy"]],
    ["a placeholder of the wrong length", { signatureValue: new Uint8Array(10) }, ["signature/dummy"]],
    ["a value of the wrong length", { signatureValue: (valid) => valid.subarray(1) }, ["signature/malformed-value"]],
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
      "a valid signature with another signatureAlgorithm",
      { signatureAlgorithm: "sha512WithRSAEncryption" },
      ["algorithm/inner-outer-differ"],
    ],
  ])("is not reported for %s", (_, knobs, rules) => {
    expect(failedRules(lint(knobs))).toEqual(rules);
  });
});

describe("a CRL whose algorithm cannot be verified with any key", () => {
  const lintSigned = (signature: Uint8Array, knobs: CrlKnobs = {}) => {
    const run = lintCase(kit.crl({ entries: [], signature, signatureAlgorithm: signature, ...knobs }), {
      profile: "rfc5280",
    });
    return { verdict: run.verdict, failed: failedRules(run) };
  };
  const pssWithSalt = (salt: Uint8Array): Uint8Array => {
    const { der } = kit;
    const sha256 = der.seq(der.oid("2.16.840.1.101.3.4.2.1"), der.nul());
    const mask = der.seq(der.oid("1.2.840.113549.1.1.8"), sha256);
    const parameters = der.seq(der.explicit(0, sha256), der.explicit(1, mask), der.explicit(2, salt));
    return der.seq(der.oid("1.2.840.113549.1.1.10"), parameters);
  };

  test("fails if it is id-alg-unsigned (RFC 9925)", () => {
    expect(lintSigned(raw("300a06082b06010505070624"))).toEqual({ verdict: "fail", failed: ["algorithm/unsigned"] });
  });

  test.each([
    ["-1", int(-1)],
    ["2^64", int(2n ** 64n)],
  ])("fails if saltLength is %s", (_, salt) => {
    expect(lintSigned(pssWithSalt(salt))).toEqual({ verdict: "fail", failed: ["algorithm/pss-params-missing"] });
  });

  test.each([
    ["X25519", raw("302a300506032b656e032100"), 32],
    ["ML-KEM-768", raw("308204b2300b0609608648016503040402038204a100"), 1184],
  ])("fails if the CA's key is for %s", (_, head, length) => {
    const ca = kit.caWith({ spki: concat(head, new Uint8Array(length)) });
    const signatureValue = raw(`${"5a".repeat(32)}${"a5".repeat(32)}`);
    expect(lintSigned(kit.algorithm("ed25519"), { ca, signatureValue })).toEqual({
      verdict: "fail",
      failed: ["algorithm/key-type-mismatch"],
    });
  });
});

describe("findEcdsaFault", () => {
  const p256 = "1.2.840.10045.3.1.7";
  const order = 0xffffffff_00000000_ffffffff_ffffffff_bce6faad_a7179e84_f3b9cac2_fc632551n;
  test.each([
    [1n, 1n, undefined],
    [order - 1n, order - 1n, undefined],
    [order, 1n, "r is not less than the order of the curve"],
    [1n, order, "s is not less than the order of the curve"],
    [0n, 1n, "r is zero"],
    [1n, -1n, "s is negative"],
    // The signature is from a larger curve, so another key signed.
    [1n << 300n, 1n, undefined],
  ])("r %d and s %d: %s", (r, s, message) => {
    expect(ecdsaFault(seq(int(r), int(s)), p256)).toBe(message);
  });

  test("without a curve, r and s have no upper limit", () => {
    expect(ecdsaFault(seq(int(order), int(order)))).toBeUndefined();
  });

  test.each([
    ["an r as large as on sect571r1", seq(int(1n << 569n), int(1)), undefined],
    [
      "an r larger than on any curve",
      seq(int(1n << 576n), int(1)),
      "r has 73 bytes; the maximum on any curve in use is 72",
    ],
    ["a missing s", seq(int(1)), "signatureValue has no INTEGER s"],
    ["a missing r", seq(), "signatureValue has no INTEGER r"],
    [
      "bytes after the value",
      concat(seq(int(1), int(1)), nul()),
      expect.stringMatching(/^signatureValue is not DER: /u),
    ],
    ["an INTEGER instead of SEQUENCE", int(1), "signatureValue of 3 bytes is not SEQUENCE { r, s }"],
    ["an empty value", raw(""), "signatureValue of 0 bytes is not SEQUENCE { r, s }"],
    ["a length past the end", raw("3006020101"), "signatureValue of 5 bytes is not SEQUENCE { r, s }"],
  ])("the fault of %s", (_, encoded, message) => {
    expect(ecdsaFault(encoded, p256)).toEqual(message);
  });
});
