import { signatureHash } from "../../algorithm/parameter-faults.ts";
import { algorithmName, findSignatureAlgorithm } from "../../algorithm/signature-algorithm.ts";
import { bytesOf, hex } from "../../der/span.ts";
import { algorithmLists } from "../../checks/algorithm-lists.ts";
import { findIdentifier, isMisstated } from "../../checks/identifiers.ts";
import { defineRule, type Requirement } from "../../rule/rule.ts";

/** TLS BR 7.1.3.2.1: the only encoding with SHA-1 that CRLs were allowed to have for a time. */
const tolerated = "300d06092a864886f70d0101050500";

const tlsSunset: Requirement = {
  source: "tls-br",
  section: "7.1.3.2.1",
  severity: "error",
  from: "2026-09-15",
  quote:
    "Until 2026-09-15, the CA MAY use the following signature algorithm and encoding if all of the following conditions are met",
};

const tlsTolerance: Requirement = {
  source: "tls-br",
  section: "7.1.3.2.1",
  severity: "warning",
  from: "2020-09-30",
  to: "2026-09-14",
  quote:
    "The Root CA or Subordinate CA Certificate has issued one or more Certificates using the following encoding for the signature algorithm.",
};

const { "tls-br": tlsList, "cs-br": csList } = algorithmLists;

export default defineRule({
  id: "algorithm/sha1",
  title: "CRL is signed with SHA-1",
  looksAt: ["signature", "uncommon algorithm"],
  requirements: [
    tlsSunset,
    tlsTolerance,
    {
      source: "mozilla",
      section: "5.1.3",
      severity: "error",
      from: "2023-07-01",
      quote: "Effective July 1, 2023, CAs SHALL NOT sign SHA-1 hashes over",
    },
    tlsList,
    csList,
    algorithmLists["smime-br"],
    algorithmLists.fpki,
    algorithmLists.rpki,
    algorithmLists.cnsa,
    algorithmLists.icao,
    { source: "hygiene", section: "", severity: "warning" },
  ],
  create(ctx) {
    const { bytes } = ctx;
    const found = findIdentifier(ctx, (identifier) => signatureHash(bytes, identifier) === "sha1");
    if (found === undefined || isMisstated(ctx, "hashAlgorithm")) return;
    const { identifier, oid, place } = found;
    const algorithm = findSignatureAlgorithm(oid);
    const isTolerated = hex(bytesOf(bytes, identifier)) === tolerated;
    const violates = ctx.requirements.filter((requirement) => {
      if (requirement === tlsSunset || requirement === tlsTolerance) return isTolerated;
      if (requirement === tlsList) return !isTolerated;
      // CS BR 7.1.3.2 allows RSASSA-PKCS1-v1_5 and DSA with SHA-1 in a CRL, without an end date.
      if (requirement === csList) return algorithm?.family === "ec" || algorithm?.pss === true;
      return true;
    });
    const notes = violates.includes(tlsTolerance)
      ? [
          "tolerated before 2026-09-15 if CA certificates refer to this CRL and the CA has issued certificates with SHA-1",
        ]
      : [];
    ctx.report({ ...place, message: `CRL is signed with ${algorithmName(oid)}, which uses SHA-1`, violates, notes });
  },
  why: "SHA-1 collisions with chosen prefixes are practical. Root programs are phasing out SHA-1 on different dates, and clients that no longer support it treat the CRL as missing.",
  fix: "sign with SHA-256 or longer",
  examples: () => ({
    bad: [
      {
        title: "sha1WithRSAEncryption on the day of the sunset",
        make: (kit) =>
          kit.crl({
            algorithm: "sha1WithRSAEncryption",
            thisUpdate: "2026-09-15T00:00:00Z",
            nextUpdate: "2026-09-21T23:59:59Z",
            entries: [],
          }),
      },
      {
        title: "sha1WithRSAEncryption one second before the sunset, under conditions that cannot be checked",
        make: (kit) =>
          kit.crl({
            algorithm: "sha1WithRSAEncryption",
            thisUpdate: "2026-09-14T23:59:59Z",
            nextUpdate: "2026-09-21T23:59:58Z",
            entries: [],
          }),
      },
      {
        title: "sha1WithRSAEncryption under the Mozilla policy, in 2024",
        profile: "mozilla",
        make: (kit) =>
          kit.crl({
            algorithm: "sha1WithRSAEncryption",
            thisUpdate: "2024-07-01T00:00:00Z",
            nextUpdate: "2024-07-07T23:59:59Z",
            entries: [],
          }),
      },
      {
        title: "ecdsa-with-SHA1 under the TLS BR",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "p256" }), algorithm: "ecdsa-with-SHA1" }),
      },
      {
        title: "sha1WithRSAEncryption under the S/MIME BR",
        profile: "smime-br",
        make: (kit) => kit.crl({ algorithm: "sha1WithRSAEncryption" }),
      },
      {
        title: "sha1WithRSAEncryption under RFC 5280 alone",
        profile: "rfc5280",
        make: (kit) => kit.crl({ algorithm: "sha1WithRSAEncryption" }),
      },
    ],
    good: [{ title: "sha256WithRSAEncryption", make: (kit) => kit.crl() }],
  }),
});
