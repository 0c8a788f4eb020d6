import type { Certificate } from "../../cert/certificate.ts";
import { CertificateOid } from "../../cert/kind.ts";
import type { Entry } from "../../crl/entry-reader.ts";
import { Reason } from "../../crl/reason.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import type { GivenCa } from "../../given/given.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule, type EntryTally } from "../../rule/rule.ts";

/**
 * 2020-09-30T00:00:00Z in seconds since 1970: TLS BR 7.2.2 allows older certificates that are not subject to it to be
 * on hold.
 */
const banned = 1_601_424_000;

export default defineRule({
  id: "reason/certificate-hold",
  title: "reasonCode is certificateHold, but suspension is not allowed",
  looksAt: [entryReason(Reason.certificateHold)],
  requirements: [
    {
      source: "tls-br",
      section: "7.2.2 CRLReasons",
      severity: "error",
      from: "2024-03-15",
      quote: "MUST NOT be included if the CRL entry is for 1) a Certificate subject to these Requirements",
    },
    {
      source: "tls-br",
      document: "tls-br-1.8.6",
      section: "7.2.2",
      severity: "error",
      from: "2020-09-30",
      to: "2024-03-14",
      quote:
        "If a CRL entry is for a Certificate subject to these Requirements, the `CRLReason` MUST NOT be certificateHold (6).",
    },
    {
      source: "tls-br",
      section: "4.9.13",
      severity: "error",
      from: "2012-11-07",
      quote: "The Repository MUST NOT include entries that indicate that a Certificate is suspended.",
    },
    {
      source: "cs-br",
      section: "4.9.13",
      severity: "error",
      from: "2023-09-15",
      quote:
        "Effective 2023-09-15, the Repository MUST NOT include entries that indicate that a Certificate is suspended.",
    },
  ],
  create(ctx) {
    const what = "with reasonCode certificateHold (6)";
    // The CS BR apply to every entry of the CRL.
    const codeSigning = ctx.requirements.filter(({ source }) => source === "cs-br");
    const all = ctx.tally({ what });
    const exempt = ctx.tally({ what, violates: codeSigning });
    const uncertain =
      codeSigning.length > 0
        ? exempt
        : ctx.tally({
            what: (count) => `${what}, ${count === 1 ? "whose certificate was" : "whose certificates were"} not given`,
            atMost: "warning",
            notes: [
              "severity capped: a certificate from before 2020-09-30 that is not subject to the TLS BR may be on hold",
            ],
            help: "give the certificates to check whether they may be on hold; permanently revoke the others, with the reason that applies",
          });
    const onlyTls = issuesOnlyForTls(ctx.anyCa);
    const isNewCa = (ctx.anyCa?.sameKey ?? []).every(
      ({ certificate }) => (certificate.notBefore.seconds ?? Number.NaN) >= banned,
    );
    const tallyFor = (entry: Entry): EntryTally => {
      const given = ctx.anyCertificates?.ofEntry(entry.index)?.certificate;
      if (given !== undefined) return isBanned(given) ? all : exempt;
      // A revocation earlier than 2020-09-30 shows that the CA issued certificates before that day.
      return onlyTls || (ctx.anyCa !== undefined && isNewCa && entry.date >= banned) ? all : uncertain;
    };
    return {
      entry(entry) {
        if (entry.reason === Reason.certificateHold) tallyFor(entry).add(entry);
      },
    };
  },
  why: "A certificate on hold may be released. It is then impossible to tell whether it was valid at a given time. The Web PKI therefore allows only permanent revocation.",
  fix: "revoke the certificate permanently, with the reason that applies",
  examples: () => ({
    bad: [
      { title: "certificateHold", make: (kit) => kit.crl({ entries: [{ reason: 6 }, { reason: 1 }] }) },
      {
        title: "certificateHold on certificates that were not given, of a CA from before 2020-09-30",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2020-09-29T23:59:59Z", eku: null }),
            entries: ["2020-09-30T00:00:00Z", "2026-01-01T00:00:00Z"].map((date) => ({ date, reason: 6 })),
          }),
      },
      {
        title: "certificateHold on a certificate that was not given, of a CA for TLS from before 2020-09-30",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2020-01-01T00:00:00Z", eku: [kit.oids.serverAuth, kit.oids.clientAuth] }),
            entries: [{ reason: 6 }],
          }),
      },
      {
        title: "certificateHold on a TLS certificate of 2019, dated before 2020-09-30",
        make: (kit) => onHold(kit, "2019-01-01T00:00:00Z", [kit.oids.serverAuth], "2020-09-29T23:59:59Z"),
      },
      {
        title: "certificateHold on an S/MIME certificate with notBefore 2020-09-30",
        make: (kit) => onHold(kit, "2020-09-30T00:00:00Z", [kit.oids.emailProtection]),
      },
      {
        title: "certificateHold dated before 2020-09-30 on a code signing certificate",
        profile: "cs-br",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2020-01-01T00:00:00Z" }),
            entries: [{ date: "2020-09-29T23:59:59Z", reason: 6 }],
          }),
      },
      {
        title: "certificateHold on a code signing certificate",
        profile: "cs-br",
        make: (kit) => kit.crl({ ca: kit.caWith({ key: "p256" }), entries: [{ reason: 6 }] }),
      },
    ],
    good: [
      { title: "keyCompromise", make: (kit) => kit.crl({ entries: [{ reason: 1 }] }) },
      {
        title: "certificateHold on an S/MIME certificate with notBefore one second before 2020-09-30",
        make: (kit) => onHold(kit, "2020-09-29T23:59:59Z", [kit.oids.emailProtection]),
      },
      {
        title: "certificateHold, on the day before the Baseline Requirements forbade it",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2010-01-01T00:00:00Z" }),
            thisUpdate: "2012-11-06T23:59:59Z",
            nextUpdate: "2012-11-13T00:00:00Z",
            entries: [{ date: "2012-11-01T00:00:00Z", reason: 6 }],
          }),
      },
      {
        title: "certificateHold outside the Web PKI",
        profile: "rfc5280",
        make: (kit) => kit.crl({ entries: [{ reason: 6 }] }),
      },
      {
        title: "certificateHold on a code signing certificate, on the day before it was forbidden",
        profile: "cs-br",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2020-01-01T00:00:00Z" }),
            thisUpdate: "2023-09-14T23:59:59Z",
            nextUpdate: "2023-09-20T00:00:00Z",
            entries: [{ date: "2023-09-01T00:00:00Z", reason: 6 }],
          }),
      },
    ],
  }),
});

/**
 * Whether TLS BR 7.2.2 forbids certificateHold for a certificate: it is subject to the TLS BR, or was not issued before
 * 2020-09-30.
 */
function isBanned({ extKeyUsage, notBefore }: Certificate): boolean {
  // A certificate without extKeyUsage is valid for every purpose. Certificates for a CA's own work have profiles in
  // 7.1.2.
  const isSubject = extKeyUsage === undefined || extKeyUsage.some((purpose) => subjectToTlsBr.has(purpose));
  return isSubject || (notBefore.seconds ?? Number.NaN) >= banned;
}

const subjectToTlsBr: ReadonlySet<string> = new Set([
  CertificateOid.serverAuth,
  CertificateOid.anyExtKeyUsage,
  CertificateOid.ocspSigning,
  CertificateOid.precertificateSigning,
]);

/** Whether every certificate that a CA issues is subject to the TLS BR, according to the CA's own extKeyUsage. */
function issuesOnlyForTls(ca: GivenCa | undefined): boolean {
  const purposes = ca?.certificate.extKeyUsage;
  if (purposes?.includes(CertificateOid.serverAuth) !== true) return false;
  return purposes.every((purpose) => purpose === CertificateOid.clientAuth || subjectToTlsBr.has(purpose));
}

/** Returns a CRL of a CA of 2015 with an entry on hold, and its certificate. */
function onHold(kit: Kit, notBefore: string, eku: readonly string[], date = "2020-10-01T00:00:00Z"): CrlCase {
  const ca = kit.caWith({ notBefore: "2015-01-01T00:00:00Z" });
  const leaf = kit.certificate({ parent: ca, serial: 77, notBefore, notAfter: "2030-01-01T00:00:00Z", eku });
  return kit.crl({ ca, entries: [{ serial: 77, date, reason: 6 }], certificates: [leaf] });
}
