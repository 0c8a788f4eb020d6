import type { Certificate } from "../cert/certificate.ts";
import { serialOf } from "../cert/serial.ts";
import { countOf } from "../rule/format-count.ts";
import { type Crl, isDelta } from "../crl/crl.ts";
import { Reason } from "../crl/reason.ts";
import { mapKey } from "../der/strings.ts";
import { CertificatesInScope } from "../given/certificates.ts";
import type { GivenCertificate } from "../given/given.ts";
import { matchPoints, namesCrlIssuer } from "../given/points.ts";
import { locate } from "../rule/location.ts";
import type { LintInput, Unjudged } from "./lint-input.ts";
import { groupBy } from "../der/group-by.ts";

/** Maximum number of certificates in one finding; the others are only counted. */
const shown = 5;

/** Reasons why no CRL of a call shows whether a certificate is revoked or good, and the inputs that would. */
const causes = {
  issuer: { message: "none of the CRLs given has the issuer of", help: "give the CRL of its CA too" },
  complete: { message: "only a delta CRL was given for", help: "give the complete CRL of its CA too" },
  point: {
    message: "none of the CRLs given is at a distribution point of",
    help: "give the CRL at its distribution point too",
  },
} as const;

type Cause = keyof typeof causes;

/** The certificates that no CRL shows to be revoked or good. */
type Undecided = Map<Certificate, GivenCertificate & { readonly cause: Cause }>;

/**
 * Reports the certificates that are expected to be revoked, or good, if no CRL of a call shows that they are either.
 * The rules on expectations report nothing about them.
 *
 * @param crls all CRLs of the call
 * @param areShards whether they are the partitions of one CA: then no other CRL covers a certificate of the CA
 */
export function undecidedExpectations(
  expected: LintInput["expected"],
  crls: readonly Crl[],
  areShards: boolean,
): readonly Unjudged[] {
  if (expected === undefined) return [];
  const byIssuer = groupBy(crls, ({ issuer, source }) => issuer && mapKey(source.bytes, issuer));
  return (["revoked", "good"] as const).flatMap((status) => {
    const undecided: Undecided = new Map();
    for (const given of expected[status]) {
      const { certificate } = given;
      const own = byIssuer.get(mapKey(certificate.source.bytes, certificate.issuer)) ?? [];
      const cause = findCause(certificate, own, areShards);
      if (cause === undefined) continue;
      // An indirect CRL that a certificate names shows that the certificate is good if it does not list it.
      const others = status === "good" ? crls.filter((crl) => namesCrlIssuer(crl, certificate)) : [];
      if (findCause(certificate, others, areShards) === undefined) continue;
      undecided.set(certificate, { ...given, cause });
    }
    for (const crl of undecided.size === 0 ? [] : crls) removeListed(undecided, crl, status);
    return describe(undecided, status);
  });
}

/** Returns the missing input for a certificate, if the CRLs that may cover it do not list it. */
function findCause(certificate: Certificate, crls: readonly Crl[], areShards: boolean): Cause | undefined {
  if (crls.length === 0) return "issuer";
  // A delta CRL omits entries that its base CRL has.
  const complete = crls.filter((crl) => !isDelta(crl));
  if (complete.length === 0) return "complete";
  const isHere = areShards || complete.some((crl) => matchPoints(crl, certificate) !== "elsewhere");
  return isHere ? undefined : "point";
}

function removeListed(undecided: Undecided, crl: Crl, status: "revoked" | "good"): void {
  const { covered } = new CertificatesInScope(crl, [...undecided.values()]);
  const window = crl.entries.openWindow();
  for (const { entry, certificate } of covered) {
    // RFC 5280 5.3.1: with removeFromCRL, the certificate is not revoked.
    const isListed = entry >= 0 && (status === "good" || window(entry).reason !== Reason.removeFromCRL);
    if (isListed) undecided.delete(certificate);
  }
}

/** Returns one finding for each cause. */
function describe(undecided: Undecided, status: "revoked" | "good"): readonly Unjudged[] {
  return (Object.keys(causes) as readonly Cause[]).flatMap((cause) => {
    const list = [...undecided.values()].filter((each) => each.cause === cause);
    const [first] = list;
    const [location, ...related] = list.slice(0, shown).map(({ artefact, certificate }) => {
      return locate(artefact, certificate.serialNumber, "tbsCertificate.serialNumber");
    });
    if (first === undefined || location === undefined) return [];
    const which = `${countOf(list.length, "certificate")} expected to be ${status}`;
    const { message, help } = causes[cause];
    return {
      rule: "crllint/expectation-not-checked",
      message: `not judged: ${message} ${which}; ${list.length > 1 ? "the first" : "it"} has serial ${serialOf(first)}`,
      location,
      related,
      help: `${help}, or leave out the certificate`,
    };
  });
}
