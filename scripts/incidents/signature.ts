import { type CrlKnobs, type KitCa, kit } from "../../src/fixture/index.ts";
import { after, bugzilla, caFile, crlOf, day, entriesAt, file, play, tlsCa } from "./cast.ts";
import type { Incident } from "./incident.ts";

const { der } = kit;

const globalSign: Incident = {
  id: "bz1793441",
  kind: "ca",
  date: "2022-10-03",
  title: "GlobalSign: CRL of a CA with an EC key says that it is signed with RSA",
  sources: [bugzilla(1793441), "https://github.com/letsencrypt/boulder/issues/6430"],
  story: `The CA's key is an EC key; its CRL, 545 octets long, named sha256WithRSAEncryption. A third party found it as soon as the
URLs of CRLs had to be disclosed.

The lesson: the algorithm has to fit the CA's key, and every signature has to be verified before it is published.`,
  trials: play({
    signer: tlsCa(2020, { key: "p384" }),
    at: "2022-10-03T00:00:00Z",
    bad: [
      {
        turn: { signingKey: "rsa2048c" },
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
  story: `The configuration of six new intermediate CAs named the wrong key, and the ECDSA signatures on their first CRLs verified
with none of theirs. The first mail about it ended in a quarantine.

The lesson: verify the signature with the CA certificate, not with the key that made it.`,
  trials: play({
    signer: tlsCa(2025, { key: "p256" }),
    at: "2025-05-29T00:00:00Z",
    bad: [{ turn: { signingKey: "p256b" }, expected: ["signature/invalid"] }],
  }),
};

const certumCa = tlsCa(2014);
const certumAt = "2018-11-10T00:00:00Z";

/** More than a megabyte: entries as the CA had them, and one octet of the signature changed or not. */
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
  title: "Certum: signature of a CRL above one megabyte corrupted",
  sources: [bugzilla(1511459)],
  story: `The signing module broke on input above one megabyte. Behind 30,000 revocations one CRL of about fifty was published with
a corrupted signature; the same fault corrupted certificates.

The lesson: verify what was signed, at its real size. Both files are larger than a repository should hold: the test
builds them.`,
  trials: [
    {
      title: "the CRL as it was published",
      crl: file("published.crl", () => manyEntries((sound) => sound.with(100, (sound[100] ?? 0) ^ 1)), true),
      ca: caFile(certumCa),
      now: after(certumAt, day),
      expected: ["signature/invalid"],
    },
    {
      title: "its sound twin",
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
  story: `For about fourteen years four CRLs named the algorithm without the NULL that RFC 4055 demands, and the DV CA's CRL had an
empty revokedCertificates. Readers took both; it was an outsider who compared octets.

The lesson: that software reads a CRL does not show it to be right.`,
  trials: play({
    signer: tlsCa(2022),
    at: "2026-04-07T00:00:00Z",
    sound: { entries: [] },
    bad: [
      {
        turn: { signature: withoutNull, signatureAlgorithm: withoutNull, entries: entriesAt("2026-04-07T00:00:00Z") },
        expected: ["algorithm/rsa-parameters-not-null"],
      },
      {
        title: "the DV CA's CRL",
        name: "published-dv.crl",
        turn: { revokedCertificates: der.seq() },
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
  story: `The program that gathers CRLs for Firefox could not verify three public CRLs. Most of what it logged later were older
copies, which is another fault.

The lesson: verify every signature, and tell a bad one from an old copy.`,
  trials: play({
    signer: tlsCa(2014),
    at: "2018-10-30T00:00:00Z",
    bad: [{ turn: { signingKey: "rsa2048c" }, expected: ["signature/invalid"] }],
  }),
};

const otherOid = der.seq(der.oid("1.2.840.98445.1.1.11"), der.nul());

const innerOuter: Incident = {
  id: "inc-015",
  kind: "reader",
  date: "2026-02-05",
  title: "OpenSSL and pyca: different algorithms inside and outside accepted",
  sources: ["https://github.com/openssl/openssl/issues/29951", "https://github.com/pyca/cryptography/issues/14267"],
  story: `A CRL whose tbsCertList.signature held another object identifier than signatureAlgorithm was accepted, in strict mode too.
Only the outer one is not signed, so that comparing the two is all that protects it.

The lesson: the two are one value, octet for octet.`,
  trials: play({
    signer: tlsCa(2024),
    at: "2026-02-05T00:00:00Z",
    bad: [{ turn: { signature: otherOid }, expected: ["algorithm/inner-outer-differ", "algorithm/unknown"] }],
  }),
};

const goNull: Incident = {
  id: "inc-016",
  kind: "reader",
  date: "2021",
  title: "Go: NULL in one AlgorithmIdentifier and none in the other",
  sources: ["https://github.com/golang/go/issues/47689"],
  story: `One library compares the two AlgorithmIdentifiers octet by octet and refuses, others take NULL and no parameters for the
same: what one reads, another does not.

The lesson: two things are wrong, and both are said: that they differ, and that one lacks its NULL.`,
  trials: play({
    signer: tlsCa(2020),
    at: "2022-11-25T00:00:00Z",
    bad: [
      {
        turn: { signature: withoutNull },
        expected: ["algorithm/inner-outer-differ", "algorithm/rsa-parameters-not-null"],
      },
    ],
  }),
};

function caWithKeyUsage(keyUsage: "sound" | "without-crl-sign"): KitCa {
  return tlsCa(2024, { keyUsage: keyUsage === "sound" ? ["keyCertSign", "cRLSign"] : ["keyCertSign"] });
}

const keyUsage: Incident = {
  id: "inc-017",
  kind: "reader",
  date: "2026-06",
  title: "Readers accept a CRL although the CA's keyUsage lacks cRLSign",
  sources: ["https://github.com/C2SP/x509-limbo", "https://github.com/bradh11/certmonitor/issues/128"],
  story: `A test suite showed that software takes CRLs from a CA whose certificate does not let it sign them. Among the public CAs
none that has a keyUsage lacks the bit.

The lesson: cRLSign belongs to the checks before the first CRL of a new CA.`,
  trials: (["without-crl-sign", "sound"] as const).map((which) => ({
    title: which === "sound" ? "the same CRL of a CA with cRLSign" : "the CRL of a CA without cRLSign",
    crl: file("published.crl", () => crlOf(caWithKeyUsage("sound"), "2026-06-01T00:00:00Z")),
    ca: caFile(caWithKeyUsage(which), which === "sound" ? "sound-ca.pem" : "ca.pem"),
    now: "2026-06-02T00:00:00Z",
    expected: which === "sound" ? [] : ["ca/key-usage-without-crl-sign"],
  })),
};

/** The CRL of RSA Security: SHA-1, number 129, two entries, the second with invalidityDate but no reason. */
export const rsaCa = tlsCa(1999, { notAfter: "2020-01-07T00:00:00Z" });
const rsaSound: CrlKnobs = {
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
  story: `A root's CRL, number 129, signed with SHA-1, with two entries of which one was from 2002. It was no fault at the time; it
is one that stays: CRLs are signed again for as long as a CA lives, and with what it began with.

The lesson: the digest of a CRL ages as that of a certificate does.`,
  trials: play({
    signer: rsaCa,
    at: "2009-11-02T00:00:00Z",
    sound: rsaSound,
    bad: [{ turn: { algorithm: "sha1WithRSAEncryption" }, expected: ["algorithm/sha1"] }],
  }),
};

/** Incidents about signatures and their algorithms. */
export const signatureIncidents = [globalSign, emSign, certum, cfca, crlite, innerOuter, goNull, keyUsage, sha1];
