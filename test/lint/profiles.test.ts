import { describe, expect, test } from "vitest";
import { type CrlCase, type CrlKnobs, kit } from "../../src/fixture/index.ts";
import type { ProfileId } from "../../src/index.ts";
import { lintCase, failedRules } from "../support/lint-case.ts";

const { serverAuth, emailProtection, codeSigning, timeStamping, clientAuth } = kit.oids;

const anyExtendedKeyUsage = "2.5.29.37.0";

const noLimit = "extKeyUsage of the CA certificate has no limit";

function baselines(made: CrlCase, ...profile: readonly ProfileId[]) {
  return lintCase(made, { profile }).baselines;
}

function ofCa(eku: readonly string[] | null, knobs: CrlKnobs = {}): CrlCase {
  return kit.crl({ ca: kit.caWith({ eku }), ...knobs });
}

describe("the Baseline Requirements that fit a CA", () => {
  test.each([
    ["mozilla", [serverAuth], ["tls-br"]],
    ["mozilla", [serverAuth, clientAuth], ["tls-br"]],
    ["mozilla", [emailProtection], ["smime-br"]],
    ["mozilla", [emailProtection, serverAuth], ["tls-br", "smime-br"]],
    ["mozilla", [codeSigning], []],
    ["mozilla", [clientAuth], []],
    ["apple", [emailProtection], ["smime-br"]],
    ["apple", [serverAuth], ["tls-br"]],
    ["microsoft", [serverAuth], ["tls-br"]],
    ["microsoft", [emailProtection], ["smime-br"]],
    ["microsoft", [codeSigning], ["cs-br"]],
    ["microsoft", [timeStamping], ["cs-br"]],
    ["microsoft", [serverAuth, codeSigning, emailProtection], ["tls-br", "smime-br", "cs-br"]],
  ] as const)("%s, CA with extKeyUsage %j: %j", (profile, eku, sources) => {
    expect(baselines(ofCa(eku), profile)).toEqual({ sources, evidence: "extKeyUsage of the CA certificate" });
  });

  test.each([[null], [[anyExtendedKeyUsage]], [[emailProtection, anyExtendedKeyUsage]]])(
    "CA with extKeyUsage %j is not limited: TLS assumed",
    (eku) => {
      expect(baselines(ofCa(eku), "mozilla")).toEqual({ sources: ["tls-br"], evidence: `${noLimit}; TLS assumed` });
    },
  );

  test("certificates in scope show which Baseline Requirements fit a CA without limit", () => {
    const email = kit.certificate({ serial: 77, eku: [emailProtection] });
    const server = kit.certificate({ serial: 78, eku: [serverAuth] });
    const evidence = "extKeyUsage of the certificates in scope";
    expect(baselines(ofCa(null, { certificates: [email] }), "mozilla")).toEqual({ sources: ["smime-br"], evidence });
    expect(baselines(ofCa(null, { certificates: [server, email] }), "mozilla")).toEqual({
      sources: ["tls-br", "smime-br"],
      evidence,
    });
    expect(baselines(ofCa([serverAuth], { certificates: [email] }), "mozilla")?.sources).toEqual(["tls-br"]);
    const responder = kit.certificate({ serial: 79, eku: [kit.oids.ocspSigning] });
    expect(baselines(ofCa(null, { certificates: [responder] }), "mozilla")?.sources).toEqual(["tls-br"]);
    const foreign = kit.certificate({ serial: 80, eku: [emailProtection], parent: kit.otherCa });
    expect(baselines(ofCa(null, { certificates: [foreign] }), "mozilla")?.sources).toEqual(["tls-br"]);
  });

  test("a certificate without extKeyUsage for the same key lifts the limit", () => {
    const ca = kit.caWith({ eku: [emailProtection] });
    const cross = kit.caWith({ eku: null, serial: 4660 });
    const made = kit.crl({ ca, issuerCertificate: [ca.certificate, cross.certificate] });
    expect(baselines(made, "mozilla")?.sources).toEqual(["tls-br"]);
  });

  test("Baseline Requirements given as a profile fit if nothing shows which certificates the CA issues", () => {
    const evidence = `${noLimit}; named as a profile`;
    expect(baselines(ofCa(null), "smime-br", "mozilla")).toEqual({ sources: ["smime-br"], evidence });
    expect(baselines(ofCa(null), "tls-br", "mozilla")).toEqual({ sources: ["tls-br"], evidence });
    expect(baselines(ofCa(null), "cs-br", "mozilla")?.sources).toEqual(["tls-br"]);
    expect(baselines(ofCa(null), "cs-br", "microsoft")).toEqual({ sources: ["cs-br"], evidence });
    expect(baselines(ofCa([serverAuth]), "smime-br", "mozilla")?.sources).toEqual(["tls-br"]);
  });

  test("TLS is assumed without a CA certificate, and profiles of one kind do not depend on the CA", () => {
    const made = kit.crl({ issuerCertificate: null });
    expect(baselines(made, "apple")).toEqual({
      sources: ["tls-br"],
      evidence: "no certificate of the issuing CA; TLS assumed",
    });
    expect(baselines(made, "chrome")).toBeUndefined();
    expect(baselines(ofCa([emailProtection]), "tls-br")).toBeUndefined();
  });

  test("rules run under the Baseline Requirements that fit, and not under others", () => {
    // 16 days after thisUpdate: each of the Baseline Requirements permits 10 for subscriber certificates.
    const nextUpdate = "2026-11-17T00:00:00Z";
    const cites = (eku: readonly string[], profile: ProfileId) =>
      lintCase(ofCa(eku, { nextUpdate }), { profile }).findings.flatMap((finding) =>
        finding.cites.map(({ source }) => source),
      );
    expect(new Set(cites([serverAuth], "microsoft"))).toEqual(new Set(["tls-br"]));
    expect(new Set(cites([emailProtection], "microsoft"))).toEqual(new Set(["smime-br"]));
    expect(new Set(cites([codeSigning], "microsoft"))).toEqual(new Set(["cs-br"]));
    expect(cites([clientAuth], "microsoft")).toEqual([]);
    expect(new Set(cites([emailProtection], "mozilla"))).toEqual(new Set(["mozilla", "smime-br"]));
    expect(new Set(cites([serverAuth, codeSigning], "mozilla"))).toEqual(new Set(["mozilla", "tls-br"]));
    // MRSP 1.1 is about CAs that can issue server or email certificates.
    expect(cites([codeSigning], "mozilla")).toEqual([]);
    expect(cites([clientAuth], "mozilla")).toEqual([]);
  });

  test("MRSP 5.1 permits EdDSA keys for S/MIME only", () => {
    const signedBy = (eku: readonly string[]) => kit.crl({ ca: kit.caWith({ key: "ed25519", eku }) });
    expect(failedRules(lintCase(signedBy([emailProtection]), { profile: "mozilla" }))).toEqual([]);
    expect(failedRules(lintCase(signedBy([serverAuth]), { profile: "mozilla" }))).toContain("algorithm/not-permitted");
  });
});
