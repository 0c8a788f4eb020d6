import { type CrlKnobs, type KitCa, kit } from "../../src/fixture/index.ts";
import { after, bugzilla, caFile, crlOf, day, entriesAt, file, trialsOf, tlsCa } from "./cast.ts";
import type { Incident } from "./incident.ts";

const { der } = kit;

const globalSign: Incident = {
  id: "bz1793441",
  kind: "ca",
  date: "2022-10-03",
  title: "GlobalSign: CRL of a CA with an EC key has an RSA signature algorithm",
  sources: [bugzilla(1793441), "https://github.com/letsencrypt/boulder/issues/6430"],
  story: `The CA's key is an EC key, but its CRL of 545 bytes contained sha256WithRSAEncryption. A third party found it as soon as
CAs had to disclose the URLs of their CRLs.

The lesson: the algorithm must match the CA's key. Verify every signature before you publish the CRL.`,
  trials: trialsOf({
    signer: tlsCa(2020, { key: "p384" }),
    at: "2022-10-03T00:00:00Z",
    bad: [
      {
        change: { signingKey: "rsa2048c" },
        expected: ["algorithm/key-type-mismatch"],
      },
    ],
  }),
};

const emSign: Incident = {
  id: "bz1970728",
  kind: "ca",
  date: "2025-05-29",
  title: "eMudhra: first CRLs of six intermediate CAs signed with the wrong key",
  sources: [bugzilla(1970728)],
  story: `The configuration of six new intermediate CAs had the wrong key, so the ECDSA signatures on their first CRLs did not
verify with the CAs' keys. The first email about it was quarantined.

The lesson: verify the signature with the CA certificate, not with the key that signed.`,
  trials: trialsOf({
    signer: tlsCa(2025, { key: "p256" }),
    at: "2025-05-29T00:00:00Z",
    bad: [{ change: { signingKey: "p256b" }, expected: ["signature/invalid"] }],
  }),
};

const certumCa = tlsCa(2014);
const certumAt = "2018-11-10T00:00:00Z";

/** Returns a CRL of more than 1 MB, with the given signature value. */
function manyEntries(signatureValue: CrlKnobs["signatureValue"]): Uint8Array {
  const entries = Array.from({ length: 33_000 }, (_, i) => ({
    serial: 0x10_0000_0000_0000n + BigInt(i),
    date: certumAt,
  }));
  return crlOf(certumCa, certumAt, { entries, ...(signatureValue && { signatureValue }) });
}

const certum: Incident = {
  id: "bz1511459",
  kind: "ca",
  date: "2018-11-10",
  title: "Certum: corrupted signature of a CRL larger than 1 MB",
  sources: [bugzilla(1511459)],
  story: `The signing module failed on inputs larger than 1 MB. After 30,000 revocations, one of about fifty CRLs was published
with a corrupted signature. The same defect corrupted certificates.

The lesson: verify every signed CRL at its real size. Both files are too large for a repository, so the test builds
them.`,
  trials: [
    {
      title: "the CRL as it was published",
      crl: file("published.crl", () => manyEntries((valid) => valid.with(100, (valid[100] ?? 0) ^ 1)), true),
      ca: caFile(certumCa),
      now: after(certumAt, day),
      expected: ["signature/invalid"],
    },
    {
      title: "the same CRL without the defect",
      crl: file("sound.crl", () => manyEntries(undefined), true),
      ca: caFile(certumCa),
      now: after(certumAt, day),
      expected: [],
    },
  ],
};

const withoutNull = der.seq(der.oid("1.2.840.113549.1.1.11"));

const cfca: Incident = {
  id: "bz2033412",
  kind: "ca",
  date: "2012-08-08 to 2026-06-10",
  title: "CFCA: sha256WithRSAEncryption without its NULL, and an empty revokedCertificates",
  sources: [bugzilla(2033412), "https://github.com/zmap/zlint/pull/1040"],
  story: `For about fourteen years, the algorithm identifiers of four CRLs lacked the NULL that RFC 4055 requires, and the DV CA's
CRL had an empty revokedCertificates. Clients accepted both; an outsider who compared the bytes found them.

The lesson: a CRL that software accepts is not necessarily valid.`,
  trials: trialsOf({
    signer: tlsCa(2022),
    at: "2026-04-07T00:00:00Z",
    valid: { entries: [] },
    bad: [
      {
        change: { signature: withoutNull, signatureAlgorithm: withoutNull, entries: entriesAt("2026-04-07T00:00:00Z") },
        expected: ["algorithm/rsa-parameters-not-null"],
      },
      {
        title: "the DV CA's CRL",
        name: "published-dv.crl",
        change: { revokedCertificates: der.seq() },
        expected: ["entry/list-empty"],
      },
    ],
  }),
};

const crlite: Incident = {
  id: "inc-014",
  kind: "ca",
  date: "2018-10-30",
  title: "TeleSec, SECOM, Trustis: CRLs whose signatures do not verify",
  sources: ["https://github.com/mozilla/crlite/issues/10"],
  story: `CRLite, the CRL aggregator for Firefox, could not verify the signatures of three public CRLs. Most of its later log
entries were about older copies, which is a different defect.

The lesson: verify every signature, and distinguish an invalid signature from an old copy.`,
  trials: trialsOf({
    signer: tlsCa(2014),
    at: "2018-10-30T00:00:00Z",
    bad: [{ change: { signingKey: "rsa2048c" }, expected: ["signature/invalid"] }],
  }),
};

const otherOid = der.seq(der.oid("1.2.840.98445.1.1.11"), der.nul());

const innerOuter: Incident = {
  id: "inc-015",
  kind: "reader",
  date: "2026-02-05",
  title: "OpenSSL and pyca: different inner and outer algorithms accepted",
  sources: ["https://github.com/openssl/openssl/issues/29951", "https://github.com/pyca/cryptography/issues/14267"],
  story: `A CRL was accepted, even in strict mode, although the object identifiers in tbsCertList.signature and signatureAlgorithm
differed. The outer one is not signed, so only the comparison protects it.

The lesson: the two fields must be identical, byte for byte.`,
  trials: trialsOf({
    signer: tlsCa(2024),
    at: "2026-02-05T00:00:00Z",
    bad: [{ change: { signature: otherOid }, expected: ["algorithm/inner-outer-differ", "algorithm/unknown"] }],
  }),
};

const goNull: Incident = {
  id: "inc-016",
  kind: "reader",
  date: "2021",
  title: "Go: NULL in one AlgorithmIdentifier and none in the other",
  sources: ["https://github.com/golang/go/issues/47689"],
  story: `One library compares the two AlgorithmIdentifiers byte for byte and rejects the CRL. Others treat NULL and absent
parameters as equal, and accept it.

The lesson: crllint reports both defects: the two fields differ, and one of them lacks its NULL.`,
  trials: trialsOf({
    signer: tlsCa(2020),
    at: "2022-11-25T00:00:00Z",
    bad: [
      {
        change: { signature: withoutNull },
        expected: ["algorithm/inner-outer-differ", "algorithm/rsa-parameters-not-null"],
      },
    ],
  }),
};

function caWithKeyUsage(keyUsage: "valid" | "without-crl-sign"): KitCa {
  return tlsCa(2024, { keyUsage: keyUsage === "valid" ? ["keyCertSign", "cRLSign"] : ["keyCertSign"] });
}

const keyUsage: Incident = {
  id: "inc-017",
  kind: "reader",
  date: "2026-06",
  title: "Clients accept a CRL although the CA's keyUsage lacks cRLSign",
  sources: ["https://github.com/C2SP/x509-limbo", "https://github.com/bradh11/certmonitor/issues/128"],
  story: `A test suite showed that software accepts CRLs from a CA whose certificate does not allow it to sign CRLs. All public
CAs with a keyUsage have the bit.

The lesson: check cRLSign before a new CA issues its first CRL.`,
  trials: (["without-crl-sign", "valid"] as const).map((which) => ({
    title: which === "valid" ? "the same CRL of a CA with cRLSign" : "the CRL of a CA without cRLSign",
    crl: file("published.crl", () => crlOf(caWithKeyUsage("valid"), "2026-06-01T00:00:00Z")),
    ca: caFile(caWithKeyUsage(which), which === "valid" ? "sound-ca.pem" : "ca.pem"),
    now: "2026-06-02T00:00:00Z",
    expected: which === "valid" ? [] : ["ca/key-usage-without-crl-sign"],
  })),
};

/** The CRL of RSA Security: SHA-1, number 129, two entries, the second with invalidityDate but no reason. */
export const rsaCa = tlsCa(1999, { notAfter: "2020-01-07T00:00:00Z" });
const rsaValid: CrlKnobs = {
  crlNumber: 129,
  entries: [
    { serial: 0x2a17n, date: "2002-05-14T12:00:00Z", reason: 4 },
    {
      serial: 0x31c2n,
      date: "2009-06-02T12:00:00Z",
      extensions: [kit.extension.invalidityDate("2009-06-01T12:00:00Z")],
    },
  ],
};

const sha1: Incident = {
  id: "bz530356",
  kind: "ca",
  date: "2009-11-02",
  title: "RSA Security: CRL signed with SHA-1",
  sources: [bugzilla(530356)],
  story: `This root CRL, number 129, was signed with SHA-1 and has two entries, one of them from 2002. It was not a defect at that
time. However, CAs issue CRLs during their whole lifetime and often keep the first algorithm.

The lesson: the digest algorithm of a CRL becomes weak just as that of a certificate does.`,
  trials: trialsOf({
    signer: rsaCa,
    at: "2009-11-02T00:00:00Z",
    valid: rsaValid,
    bad: [{ change: { algorithm: "sha1WithRSAEncryption" }, expected: ["algorithm/sha1"] }],
  }),
};

/** Incidents about signatures and their algorithms. */
export const signatureIncidents = [globalSign, emSign, certum, cfca, crlite, innerOuter, goNull, keyUsage, sha1];
