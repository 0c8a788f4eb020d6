import crypto, { createPublicKey, X509Certificate } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { openCertificate } from "../../src/cert/open.ts";
import { type CrlCase, kit } from "../../src/fixture/index.ts";
import { lintCrl, type LintCrlOptions, rules, type Verifier } from "../../src/index.ts";
import { readInput } from "../../src/input/read.ts";
import { toLintOptions } from "../../src/library/lint-options.ts";
import { lintOne } from "../../src/lint/lint.ts";
import { encodePem } from "../../src/pem/encode.ts";
import { nodeVerifier } from "../../src/verify/node.ts";
import { lintCase } from "../support/lint-case.ts";

const renamed = kit.caWith({ subject: "C=AT, O=Example Trust GmbH, CN=Example TLS CA 1 G2" });
const renewed = kit.caWith({ notBefore: "2026-01-01T00:00:00Z" });

function crlFor(certificates: readonly Uint8Array[], knobs: Parameters<typeof kit.crl>[0] = {}): CrlCase {
  return kit.crl({ ...knobs, issuerCertificate: certificates });
}

describe("pairing", () => {
  test("one certificate is paired with the CRL, even if nothing matches", () => {
    const run = lintCase(crlFor([kit.otherCa.certificate]));
    expect(run.pairing?.by).toBe("option");
    expect(run.findings.map(({ rule }) => rule)).toContain("issuer/not-byte-identical");
  });

  test("certificates of one key are paired with the CRL, even if nothing matches", () => {
    const run = lintCase(crlFor([renamed.certificate, renewed.certificate], { ca: kit.otherCa }));
    expect(run.pairing).toMatchObject({ by: "option", why: "named as the issuer; its key did not sign this CRL" });
    expect([run.verdict, run.findings.map(({ rule }) => rule)]).toEqual(["fail", ["issuer/not-byte-identical"]]);
  });

  test("among several certificates, the one whose key verifies the signature is chosen", () => {
    const run = lintCase(crlFor([kit.otherCa.certificate, kit.root.certificate, kit.ca.certificate]));
    expect(run.pairing).toMatchObject({ by: "signature", certificate: "issuer[2]" });
    expect(run.pairing?.why).toBe("the certificate whose key signed this CRL");
  });

  test("a CRL with another CA's name is paired with the key that signed it, not by name", () => {
    const made = crlFor([kit.otherCa.certificate, kit.ca.certificate], { issuer: kit.otherCa.subject });
    const run = lintCase(made);
    expect(run.pairing?.certificate).toBe("issuer[1]");
    expect(run.findings.map(({ rule }) => rule)).toContain("issuer/not-byte-identical");
  });

  test("an unsigned CRL is paired by the key identifier", () => {
    const run = lintCase(crlFor([kit.otherCa.certificate, kit.ca.certificate], { form: "tbs" }));
    expect(run.pairing).toMatchObject({ by: "aki", certificate: "issuer[1]" });
  });

  test("several certificates without a match are an error, and rules that need the CA are skipped with a reason", () => {
    const run = lintCase(crlFor([kit.otherCa.certificate, kit.root.certificate], { aki: new Uint8Array(20) }));
    expect(run.pairing).toBeUndefined();
    const finding = run.findings.find(({ rule }) => rule === "crllint/no-issuer-found");
    expect(finding).toMatchObject({
      severity: "error",
      message:
        "not judged: none of the 2 certificates given has the key that signed this CRL, " +
        "so its issuer and signature were not checked",
    });
    expect(run.verdict).toBe("undecided");
    const why = "none of the 2 certificates given has the key that signed this CRL";
    expect(run.signature).toEqual({ verdict: "not-checked", why });
    expect(run.scope).toEqual({ kind: "unknown", evidence: why });
    const outcome = run.rules.find(({ rule }) => rule === "issuer/not-byte-identical");
    expect(outcome).toMatchObject({
      status: "skipped",
      why,
    });
  });

  test("of several certificates with one key, the CRL must match one, in any order", () => {
    for (const certificates of [
      [renamed.certificate, kit.ca.certificate],
      [kit.ca.certificate, renamed.certificate],
    ]) {
      const run = lintCase(crlFor(certificates));
      expect(run.findings.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(run.pairing?.sameKey).toHaveLength(1);
    }
  });

  test("of several certificates with one key and one name, the one valid at thisUpdate is chosen", () => {
    const made = crlFor([renewed.certificate, kit.ca.certificate], {
      thisUpdate: "2025-06-01T00:00:00Z",
      nextUpdate: "2025-06-07T00:00:00Z",
      entries: [],
    });
    expect(lintCase(made).pairing?.certificate).toBe("issuer[1]");
  });

  test("a PEM bundle may contain several candidates", () => {
    const bundle = [kit.otherCa.certificate, kit.ca.certificate].map((der) => encodePem("CERTIFICATE", der)).join("");
    const run = lintCrl({ crl: kit.crl().crl, issuer: new TextEncoder().encode(bundle) });
    expect(run.pairing?.by).toBe("signature");
    expect(run.findings).toEqual([]);
  });

  test("a CRL without a certificate is undecided, and one finding states why", () => {
    const run = lintCase(kit.crl({ issuerCertificate: null }));
    expect(run.verdict).toBe("undecided");
    expect(run.findings.map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`)).toEqual([
      "error crllint/no-issuer: not judged: no certificate of the issuing CA was given, " +
        "so its issuer and signature were not checked",
    ]);
  });

  test("a CRL of a different CA is reported once, and rules that need the CA are skipped with a reason", () => {
    const run = lintCase(kit.crl({ issuerCertificate: kit.otherCa.certificate }));
    const errors = run.findings.filter(({ severity }) => severity === "error");
    expect(errors.map(({ rule }) => rule)).toEqual(["issuer/not-byte-identical"]);
    expect(errors[0]?.message).toContain("the certificate given is not that of the CA that issued this CRL");
    expect(run.rules.find(({ rule }) => rule === "signature/invalid")?.status).toBe("skipped");
    expect(run.rules.find(({ rule }) => rule === "aki/ski-mismatch")?.status).toBe("skipped");
  });
});

/** Makes certificates of other CAs, each with its own modulus, subjectKeyIdentifier and serial number. */
function otherCas(count: number): readonly Uint8Array[] {
  const { n = "" } = createPublicKey({
    key: new X509Certificate(kit.ca.certificate).publicKey.export({ format: "pem", type: "spki" }),
  }).export({ format: "jwk" });
  return Array.from({ length: count }, (_, i) => {
    const ski = Uint8Array.from({ length: 20 }, (__, at) => (at < 2 ? (i >> (8 * at)) & 0xff : 0x5a));
    const bytes = Buffer.from(kit.caWith({ ski, serial: 1000 + i }).certificate);
    bytes.writeUInt16BE(i, bytes.indexOf(Buffer.from(n, "base64url")) + 100);
    return new Uint8Array(bytes);
  });
}

/** Returns the certificate with the start of its subject's commonName overwritten. */
function renamedTo(name: string, certificate: Uint8Array): Uint8Array {
  const bytes = Buffer.from(certificate);
  const subject = bytes.indexOf(kit.ca.subject.der());
  bytes.write(name, bytes.indexOf("Example TLS CA 1", subject));
  return new Uint8Array(bytes);
}

describe("work with many candidates", () => {
  const verifier = nodeVerifier() as Verifier;
  const lint = (
    issuer: readonly Uint8Array[],
    knobs: Parameters<typeof kit.crl>[0] = {},
    limits: LintCrlOptions["limits"] = {},
  ) => {
    const verify = vi.fn((check: Parameters<Verifier["verify"]>[0]) => verifier.verify(check));
    const run = lintCrl({ crl: kit.crl(knobs).crl, issuer, limits, verifier: { ...verifier, verify } });
    return { run, tries: verify.mock.calls.length };
  };

  test("the key that authorityKeyIdentifier names is the only one tried", () => {
    const { run, tries } = lint([...otherCas(500), kit.ca.certificate]);
    expect(run.verdict).toBe("pass");
    expect(tries).toBe(1);
  });

  test("without it, keys of the CAs that the issuer names are tried first, in any order of attributes", () => {
    const reordered = kit.ca.subject.reversed();
    for (const issuer of [kit.ca.subject, reordered]) {
      const { run, tries } = lint([...otherCas(500), kit.ca.certificate], { aki: null, issuer });
      expect(run.pairing).toMatchObject({ by: "signature", certificate: "issuer[500]" });
      // The other CAs have the same subject.
      expect(tries).toBe(501);
    }
    const others = otherCas(500).map((certificate) => renamedTo("Other CA", certificate));
    for (const issuer of [kit.ca.subject, reordered]) {
      const { run, tries } = lint([...others, kit.ca.certificate], { aki: null, issuer });
      expect(run.pairing).toMatchObject({ by: "signature", certificate: "issuer[500]" });
      expect(tries).toBe(1);
    }
  });

  test("if neither identifies a candidate, each one is tried up to the limit", () => {
    const knobs = { aki: null, issuer: "CN=Nobody" } as const;
    const found = lint([...otherCas(23), kit.ca.certificate, ...otherCas(50)], knobs);
    expect([found.run.pairing?.by, found.tries]).toEqual(["signature", 24]);
    expect(found.run.findings.map(({ rule }) => rule)).toContain("issuer/not-byte-identical");
    const { run, tries } = lint([...otherCas(24), kit.ca.certificate, ...otherCas(50)], knobs);
    expect([run.verdict, run.pairing, tries]).toEqual(["undecided", undefined, 24]);
    expect(run.findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      "crllint/no-issuer-found: not judged: neither the given certificates that this CRL names nor the first 24 " +
        "others have the key that signed it (--limit candidates=75 tries all), so its issuer and signature were not " +
        "checked",
      "aki/missing: CRL has no authorityKeyIdentifier",
    ]);
    const all = lint([...otherCas(24), kit.ca.certificate], knobs, { candidates: 25 });
    expect([all.run.pairing?.by, all.tries]).toEqual(["signature", 25]);
  });

  test("only the extensions of the CA's certificate are decoded, not those of other candidates", () => {
    const others = otherCas(100).map((certificate) => renamedTo("Other CA", certificate));
    expect(readExtensions([...others, kit.ca.certificate], {})).toEqual({ by: "signature", decoded: [100] });
    const unnamed = { aki: null, issuer: "CN=Nobody" } as const;
    expect(readExtensions([...otherCas(20), kit.ca.certificate], unnamed)).toEqual({ by: "signature", decoded: [20] });
    expect(readExtensions(otherCas(100), unnamed)).toEqual({ by: undefined, decoded: [] });
  });

  test("a large CRL is hashed once for its signature and once for its digest, for any number of candidates", () => {
    const serials = Array.from({ length: 4000 }, (_, i) => `40${i.toString(16).padStart(14, "0")}`);
    const { crl: large } = kit.crl({ aki: null, issuer: "CN=Nobody", entries: serials.map((serial) => ({ serial })) });
    for (const count of [0, 1, 23]) {
      const hashed = [vi.spyOn(crypto, "verify"), vi.spyOn(crypto, "hash")];
      const run = lintCrl({ crl: large, issuer: [...otherCas(count), kit.ca.certificate] });
      const sizes = hashed.map(({ mock }) => mock.calls.map(([, data]) => (data as Uint8Array).length));
      vi.restoreAllMocks();
      expect(run.pairing).toMatchObject({ certificate: count === 0 ? "issuer" : `issuer[${count}]` });
      expect(sizes.map((each) => each.filter((size) => size > 2 ** 16).length)).toEqual([1, 1]);
    }
  });
});

/** Pairs a CRL with one of the certificates, and records the indexes of those whose basicConstraints is decoded. */
function readExtensions(certificates: readonly Uint8Array[], knobs: Parameters<typeof kit.crl>[0]) {
  const decoded = new Set<number>();
  const issuers = certificates.map((original, index) => {
    // After the OID of basicConstraints, its critical flag, and the header of its OCTET STRING.
    const value = Buffer.from(original).indexOf(Buffer.from("0603551d130101ff04", "hex")) + 10;
    const bytes = new Proxy(original, {
      get(target, key) {
        if (key === String(value)) decoded.add(index);
        const found: unknown = Reflect.get(target, key, target);
        return typeof found === "function" ? (found as () => unknown).bind(target) : found;
      },
    });
    const certificate = openCertificate(bytes, {});
    if (certificate === undefined) throw new Error("a certificate that the kit made cannot be read");
    return { certificate, artefact: { name: `issuer ${index}`, bytes } };
  });
  const [object] = readInput("crl", kit.crl(knobs).crl);
  if (object === undefined) throw new Error("no object");
  const run = lintOne(
    rules,
    { object, form: "crl", issuers, issuersChosen: true, others: [] },
    {
      ...toLintOptions({}, undefined, undefined),
      // Node's hash does not accept the proxy of a certificate.
      verifier: { ...(nodeVerifier() as Verifier), sha256: () => "" },
    },
  );
  return { by: run.pairing?.by, decoded: [...decoded] };
}
