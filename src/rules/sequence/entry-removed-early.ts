import { isShortLived } from "../../cert/short-lived.ts";
import { compareToTerm, monthsAfter } from "../../checks/calendar.ts";
import { isSuddenLoss, type KnownRemoval, sortRemovals } from "../../checks/predecessor.ts";
import { type Context, defineRule, type Requirement } from "../../rule/rule.ts";
import { tallyBy } from "../../checks/tally-by.ts";

/** Those that want the entry on one CRL that was issued beyond the validity of the certificate. */
const onceBeyond: readonly Requirement[] = [
  {
    source: "rfc5280",
    section: "3.3",
    severity: "error",
    quote:
      "MUST NOT be removed from the CRL until it appears on one regularly scheduled CRL issued beyond the revoked certificate's validity period",
  },
  {
    source: "tls-br",
    section: "7.2",
    severity: "error",
    from: "2024-03-15",
    quote:
      "corresponding entry has yet to appear on at least one regularly scheduled CRL beyond the revoked Certificate's validity period",
  },
];

/** Those that want it on every CRL up to notAfter. */
const untilExpiry: readonly Requirement[] = [
  {
    source: "tls-br",
    section: "4.10.1",
    severity: "error",
    quote:
      "Revocation entries on a CRL or OCSP Response MUST NOT be removed until after the Expiry Date of the revoked Certificate.",
  },
  {
    source: "smime-br",
    section: "4.10.1",
    severity: "error",
    from: "2023-09-01",
    quote:
      "Revocation entries on a CRL or OCSP Response SHALL NOT be removed until after the Expiry Date of the revoked Certificate.",
  },
  {
    source: "smime-br",
    section: "4.9.13",
    severity: "error",
    from: "2023-09-01",
    quote: "The CA implementing suspension SHALL only use the `CRLreason` of certificateHold (6).",
  },
  {
    source: "etsi",
    section: "6.3.9 REV-6.3.9-04",
    severity: "error",
    quote: "Once a certificate is definitively revoked (i.e. not suspended) it shall not be reinstated.",
  },
  {
    source: "etsi",
    section: "6.3.10 CSS-6.3.10-04",
    severity: "error",
    quote: "at least until the certificate expires.",
  },
];

const tenYearsBeyond: Requirement = {
  source: "cs-br",
  section: "7.2",
  severity: "error",
  quote:
    "The serial number of a revoked Certificate MUST remain on the CRL for at least 10 years after the expiration of the Certificate.",
};

/** Key purpose of Microsoft: a signature by such a certificate ends with it, so that the ten years are not needed. */
const lifetimeSigning = "1.3.6.1.4.1.311.10.3.13";

export default defineRule({
  id: "sequence/entry-removed-early",
  title: "entry of the previous CRL is gone too early",
  looksAt: ["predecessorEntries", "thisUpdate"],
  requirements: [...onceBeyond, ...untilExpiry, tenYearsBeyond],
  create(ctx) {
    const { predecessorEntries: previous } = ctx;
    const removals = sortRemovals(previous, ctx.anyCertificates);
    const read = previous.crl.entries.openWindow();
    judgeKnown(ctx, removals.known);
    if (isSuddenLoss(removals, previous, ctx.crl)) return;
    const uncertain = ctx.tally({
      what: (count) =>
        `of the previous CRL ${count === 1 ? "is gone, and its certificate was" : "are gone, and their certificates were"} not given`,
      in: previous,
      atMost: "warning",
      notes: ["not graver, because an entry may go once its certificate has expired"],
      help: "give the certificates, so that it can be judged whether the entries may go",
    });
    for (const entry of removals.unknown) uncertain.add(read(entry));
  },
  why: "The certificate was revoked for good, and to every client it is valid again. That entries are gone is right only where their certificates had expired; without the certificates nobody can tell, so this is then no error.",
  fix: "put the entry back and keep it until the certificate has expired and one more CRL has listed it",
  examples: () => ({
    bad: [
      {
        title: "entry of a certificate that is valid",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 1 }],
            certificates: [kit.certificate({ serial: 1002 })],
            previous: kit.earlierCrl({
              entries: [
                { serial: 1001, reason: 1 },
                { serial: 1002, reason: 4 },
              ],
            }),
          }),
      },
      {
        title: "the previous CRL was issued in the last second of the certificate",
        make: (kit) =>
          kit.crl({
            entries: [],
            certificates: [kit.certificate({ serial: 1002, notAfter: "2026-10-31T00:00:00Z" })],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 4 }] }),
          }),
      },
      {
        title: "entry gone in the last second of the certificate",
        profile: "etsi",
        make: (kit) =>
          kit.crl({
            entries: [],
            certificates: [kit.certificate({ serial: 1002, notAfter: "2026-11-01T00:00:00Z" })],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 4 }] }),
          }),
      },
      {
        title: "the certificate was not given",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 1 }],
            previous: kit.earlierCrl({
              entries: [
                { serial: 1001, reason: 1 },
                { serial: 1002, reason: 4 },
              ],
            }),
          }),
      },
      {
        title: "code signing: one second before 10 years after expiry",
        profile: "cs-br",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2010-01-01T00:00:00Z" }),
            entries: [],
            certificates: [
              kit.certificate({
                serial: 1002,
                notBefore: "2014-01-01T00:00:00Z",
                notAfter: "2016-11-01T00:00:01Z",
                eku: ["1.3.6.1.5.5.7.3.3"],
              }),
            ],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 4, date: "2015-06-01T00:00:00Z" }] }),
          }),
      },
    ],
    good: [
      {
        title: "the previous CRL was issued one second beyond the certificate",
        make: (kit) =>
          kit.crl({
            entries: [],
            certificates: [kit.certificate({ serial: 1002, notAfter: "2026-10-30T23:59:59Z" })],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 4 }] }),
          }),
      },
      {
        title: "code signing: 10 years after expiry",
        profile: "cs-br",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2010-01-01T00:00:00Z" }),
            entries: [],
            certificates: [
              kit.certificate({
                serial: 1002,
                notBefore: "2014-01-01T00:00:00Z",
                notAfter: "2016-11-01T00:00:00Z",
                eku: ["1.3.6.1.5.5.7.3.3"],
              }),
            ],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 4, date: "2015-06-01T00:00:00Z" }] }),
          }),
      },
      {
        title: "a delta CRL leaves out what its new base has",
        make: (kit) =>
          kit.crl({
            entries: [],
            extra: [kit.extension.deltaCrlIndicator(4710)],
            previous: kit.earlierCrl({
              entries: [{ serial: 1002, reason: 4 }],
              extra: [kit.extension.deltaCrlIndicator(4700)],
            }),
          }),
      },
    ],
  }),
});

/** Entries whose certificates say when they may go. */
function judgeKnown(ctx: Context<"predecessorEntries" | "thisUpdate">, known: readonly KnownRemoval[]): void {
  const { predecessorEntries: previous, thisUpdate } = ctx;
  const before = previous.crl.thisUpdate?.seconds ?? Number.POSITIVE_INFINITY;
  let removal: KnownRemoval | undefined;
  const tally = tallyBy(
    ctx,
    {
      what: (count) =>
        count === 1
          ? "of the previous CRL is gone too early by the notAfter of its certificate"
          : "of the previous CRL are gone too early by the notAfter of their certificates",
      in: previous,
    },
    (requirement) => removal !== undefined && isEarly(requirement, removal, before, thisUpdate.seconds),
  );
  const read = previous.crl.entries.openWindow();
  for (removal of known) {
    // The TLS BR leave it to the CA whether it lists short-lived certificates at all (4.9.1.1).
    if (ctx.sources.has("tls-br") && isShortLived(removal.certificate)) continue;
    tally.add(read(removal.entry));
  }
}

function isEarly(
  requirement: Requirement,
  { certificate, notAfter }: KnownRemoval,
  before: number,
  now: number,
): boolean {
  if (onceBeyond.includes(requirement)) return before <= notAfter;
  if (untilExpiry.includes(requirement)) return now <= notAfter;
  if (certificate.extKeyUsage?.includes(lifetimeSigning) === true) return false;
  return compareToTerm(now, monthsAfter(notAfter, 120)) === "within";
}
