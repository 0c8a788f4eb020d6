import { isForTls } from "../../cert/kind.ts";
import { isShortLived } from "../../cert/short-lived.ts";
import { compareToTerm, monthsAfter } from "../../checks/calendar.ts";
import { onlyUnexpired, tenYearsAfterExpiry } from "../../checks/entry-terms.ts";
import { countSteps, uncounted } from "../../checks/interval.ts";
import { isoTime } from "../../der/time.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { isSuddenLoss, type KnownRemoval, sortRemovals } from "../../checks/predecessor.ts";
import { type Context, defineRule, type Requirement } from "../../rule/rule.ts";
import { tallyBy } from "../../checks/tally-by.ts";

/** Requirements to keep the entry until it was on one CRL issued after the certificate's expiry. */
const oneCrlAfterExpiry: readonly Requirement[] = [
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

/** Requirements to keep the entry on every CRL through notAfter. */
const untilExpiry: readonly Requirement[] = [
  {
    source: "tls-br",
    section: "4.10.1",
    severity: "error",
    from: "2012-07-01",
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
  },
];

/** Microsoft's key purpose for signatures that expire with the certificate, for which the 10 years are not needed. */
const lifetimeSigning = "1.3.6.1.4.1.311.10.3.13";

export default defineRule({
  id: "sequence/entry-removed-early",
  title: "entry of the previous CRL was removed too early",
  looksAt: ["replacedEntries", "thisUpdate"],
  requirements: [...oneCrlAfterExpiry, ...untilExpiry, tenYearsAfterExpiry],
  create(ctx) {
    const { replacedEntries: previous } = ctx;
    const removals = sortRemovals(previous, ctx.anyCertificates);
    tallyKnown(ctx, removals.known);
    if (isSuddenLoss(removals, previous, ctx.crl)) return;
    const uncertain = ctx.tally({
      what: (count) =>
        `of the previous CRL ${count === 1 ? "was removed, and its certificate was" : "were removed, and their certificates were"} not given`,
      in: previous,
      atMost: "warning",
      notes: ["severity capped: an entry may be removed after its certificate has expired"],
      help: "give the certificates to check whether the entries may be removed",
    });
    for (const index of removals.unknown) uncertain.addAt(index);
  },
  why: "The certificate was permanently revoked, and every client accepts it again. An entry may be removed only after its certificate has expired. Without the certificates this cannot be checked, so the finding is then not an error.",
  fix: "restore the entry and keep it until the certificate has expired and one more CRL has listed it",
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
        title: "previous CRL issued in the last second of the certificate's validity",
        make: (kit) =>
          kit.crl({
            entries: [],
            certificates: [kit.certificate({ serial: 1002, notAfter: "2026-10-31T00:00:00Z" })],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 4 }] }),
          }),
      },
      {
        title: "entry removed in the last second of the certificate's validity",
        profile: "etsi",
        make: (kit) =>
          kit.crl({
            entries: [],
            certificates: [kit.certificate({ serial: 1002, notAfter: "2026-11-01T00:00:00Z" })],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 4 }] }),
          }),
      },
      {
        title:
          "entry removed after the certificate's expiry, by CRLs without numbers that show whether one came between",
        profile: "rfc5280",
        make: (kit) =>
          kit.crl({
            entries: [],
            certificates: [kit.certificate({ serial: 1002, notAfter: "2026-10-31T23:59:59Z" })],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 4 }], crlNumber: null }),
          }),
      },
      {
        title: "entry removed in the last second of the certificate's validity, with a number between the two CRLs",
        profile: "rfc5280",
        make: (kit) =>
          kit.crl({
            entries: [],
            certificates: [kit.certificate({ serial: 1002, notAfter: "2026-11-01T00:00:00Z" })],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 4 }], crlNumber: 4709 }),
          }),
      },
      {
        title: "entry removed in the last second of the certificate's validity, RPKI",
        profile: "rpki",
        make: (kit) => ofRpki(kit, "2026-11-01T00:00:00Z"),
      },
      {
        title: "certificate not given",
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
        title: "previous CRL issued one second after the certificate's expiry",
        make: (kit) =>
          kit.crl({
            entries: [],
            certificates: [kit.certificate({ serial: 1002, notAfter: "2026-10-30T23:59:59Z" })],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 4 }] }),
          }),
      },
      {
        title: "entry that a CRL between the two may have listed after the certificate's expiry",
        make: (kit) =>
          kit.crl({
            entries: [],
            certificates: [kit.certificate({ serial: 1002, notAfter: "2026-10-31T23:59:59Z" })],
            previous: kit.earlierCrl({ entries: [{ serial: 1002, reason: 4 }], crlNumber: 4709 }),
          }),
      },
      {
        title: "entry of a certificate that expired one second before thisUpdate, RPKI",
        profile: "rpki",
        make: (kit) => ofRpki(kit, "2026-10-31T23:59:59Z"),
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
        title: "delta CRL without the entries of its new base",
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

/** Returns an RPKI CRL from which the entry of a certificate with this notAfter was removed. */
function ofRpki(kit: Kit, notAfter: string): CrlCase {
  const ca = kit.caWith({ subject: kit.name("CN=rpki-ca-1", { stringType: "printable" }) });
  return kit.crl({
    ca,
    entries: [],
    certificates: [kit.certificate({ parent: ca, serial: 1002, notAfter })],
    previous: kit.earlierCrl({ ca, entries: [{ serial: 1002 }] }),
  });
}

/** Tallies the removed entries whose certificates show when they may be removed. */
function tallyKnown(ctx: Context<"replacedEntries" | "thisUpdate">, known: readonly KnownRemoval[]): void {
  const { replacedEntries: previous, thisUpdate } = ctx;
  const times = { before: previous.crl.thisUpdate?.seconds ?? Number.POSITIVE_INFINITY, now: thisUpdate.seconds };
  const steps = countSteps(previous, ctx.crl);
  // RFC 6487 5 is narrower than RFC 5280 3.3: the CRL lists only certificates that have not expired.
  const isRpki = ctx.hasInForce([onlyUnexpired]);
  let removal: KnownRemoval | undefined;
  const optionsFor = (violates: readonly Requirement[]) => {
    // The tally is opened with its first entry.
    const term = removal === undefined ? "" : describeTerm(removal, isRpki ? [] : violates);
    const what = (count: number): string =>
      count === 1
        ? `of the previous CRL was removed too early: notAfter of its certificate is ${term}`
        : `of the previous CRL were removed too early; notAfter of the first certificate is ${term}`;
    return {
      what,
      in: previous,
      ...(isRpki && { help: "restore the entry and keep it until the certificate has expired" }),
    };
  };
  const hasTlsBr = ctx.requirements.some(({ source }) => source === "tls-br");
  const isEarlyIf = (areConsecutive: boolean, requirement: Requirement): boolean =>
    removal !== undefined &&
    !(hasTlsBr && isExempt(requirement, removal)) &&
    isEarly(requirement, removal, { ...times, areConsecutive });
  const tally = tallyBy(ctx, optionsFor, (requirement) => isEarlyIf(steps === 1, requirement));
  const uncertain = tallyBy(
    ctx,
    (violates) => ({ ...optionsFor(violates), atMost: "warning", notes: [uncounted] }),
    (requirement) => steps === undefined && isEarlyIf(true, requirement) && !isEarlyIf(false, requirement),
  );
  const read = previous.crl.entries.openWindow();
  for (removal of known) {
    if (isRpki && times.now > removal.notAfter) continue;
    const entry = read(removal.entry);
    tally.add(entry);
    uncertain.add(entry);
  }
}

/**
 * Whether the TLS BR exempt a removal from a requirement: a CA need not revoke short-lived certificates (4.9.1.1), so
 * RFC 5280 does not bind it either. Other documents have no such exception.
 */
function isExempt({ source }: Requirement, { certificate }: KnownRemoval): boolean {
  return (source === "tls-br" || source === "rfc5280") && isForTls(certificate) && isShortLived(certificate);
}

/** Returns the notAfter of a certificate, and until when its entry must stay. */
function describeTerm({ notAfter }: KnownRemoval, violates: readonly Requirement[]): string {
  const end = isoTime(notAfter);
  if (violates.includes(tenYearsAfterExpiry)) {
    return `${end}, and the entry must stay until ${isoTime(monthsAfter(notAfter, 120).strict)}`;
  }
  return violates.some((requirement) => oneCrlAfterExpiry.includes(requirement))
    ? `${end}, and the entry must stay until a CRL that is issued later has listed it`
    : `${end}, and the entry must stay until then`;
}

/** Times of the two CRLs, in seconds since 1970. */
interface Times {
  readonly before: number;
  readonly now: number;
  /** Whether no CRL was issued between the two. */
  readonly areConsecutive: boolean;
}

function isEarly(
  requirement: Requirement,
  { certificate, notAfter }: KnownRemoval,
  { before, now, areConsecutive }: Times,
): boolean {
  // A CRL between the two may have listed the entry after the expiry.
  if (oneCrlAfterExpiry.includes(requirement)) return before <= notAfter && (areConsecutive || now <= notAfter);
  if (untilExpiry.includes(requirement)) return now <= notAfter;
  if (certificate.extKeyUsage?.includes(lifetimeSigning) === true) return false;
  return compareToTerm(now, monthsAfter(notAfter, 120)) === "within";
}
