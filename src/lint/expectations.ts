import type { Certificate } from "../cert/certificate.ts";
import { serialOf } from "../cert/serial.ts";
import { countOf } from "../rule/format-count.ts";
import { type Crl, isDelta } from "../crl/crl.ts";
import { Reason } from "../crl/reason.ts";
import { mapKey } from "../der/strings.ts";
import { CertificatesInScope } from "../given/certificates.ts";
import { findExclusion, labelMissing, reasonsOf } from "../given/covering.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import { CrlsByPoint, matchPoint, namesCrlIssuer } from "../given/points.ts";
import { locate } from "../rule/location.ts";
import type { LintInput, Unjudged } from "./lint-input.ts";
import { groupBy } from "../der/group-by.ts";

/** Maximum number of certificates in one finding; the others are only counted. */
const shown = 5;

/** The reason why no CRL of a call shows whether a certificate is revoked or good, and the input that would. */
interface Cause {
  /** The reason, before the certificate. */
  readonly message: string;
  /** The details, after the certificate. */
  readonly why?: string;
  readonly help: string;
}

const noIssuer: Cause = { message: "none of the CRLs given has the issuer of", help: "give the CRL of its CA too" };
const onlyDelta: Cause = { message: "only a delta CRL was given for", help: "give the complete CRL of its CA too" };

/** The certificates that no CRL shows to be revoked or good. */
type Undecided = Map<Certificate, GivenCertificate & { readonly cause: Cause }>;

/**
 * Reports the certificates that are expected to be revoked, or good, if no CRL of a call shows that they are either.
 * The rules on expectations report nothing about them.
 *
 * @param crls all CRLs of the call
 * @param areShards whether they are the partitions of one CA: certs/revoked-not-listed then reports a certificate that
 * is in none of them
 */
export function undecidedExpectations(
  expected: LintInput["expected"],
  crls: readonly GivenCrl[],
  areShards: boolean,
): readonly Unjudged[] {
  if (expected === undefined) return [];
  const ofIssuer = groupBy(crls, ({ crl: { issuer, source } }) => issuer && mapKey(source.bytes, issuer));
  const byIssuer = new Map(Array.from(ofIssuer, ([issuer, own]) => [issuer, new Covering(own)]));
  return (["revoked", "good"] as const).flatMap((status) => {
    const undecided: Undecided = new Map();
    for (const given of expected[status]) {
      const { certificate } = given;
      const own = byIssuer.get(mapKey(certificate.source.bytes, certificate.issuer)) ?? new Covering([]);
      let cause = findCause(certificate, own, status, areShards);
      if (cause === undefined) continue;
      // An indirect CRL that a certificate names shows that the certificate is good if it does not list it.
      const others = status === "good" ? crls.filter(({ crl }) => namesCrlIssuer(crl, certificate)) : [];
      if (others.length > 0) cause = findCause(certificate, new Covering([...own.all, ...others]), status, areShards);
      if (cause !== undefined) undecided.set(certificate, { ...given, cause });
    }
    for (const { crl } of undecided.size === 0 ? [] : crls) removeListed(undecided, crl, status);
    return describe(undecided, status);
  });
}

/** CRLs that may cover a certificate. */
class Covering {
  readonly all: readonly GivenCrl[];
  /** The CRLs among them that are not delta CRLs, which omit entries that their base CRLs have. */
  readonly complete: readonly GivenCrl[];
  readonly byPoint: CrlsByPoint<GivenCrl>;

  constructor(all: readonly GivenCrl[]) {
    this.all = all;
    this.complete = all.filter(({ crl }) => !isDelta(crl));
    this.byPoint = new CrlsByPoint(this.complete);
  }
}

/** Returns the reason why the CRLs that may cover a certificate do not show its status, if they do not list it. */
function findCause(
  certificate: Certificate,
  { all, complete, byPoint }: Covering,
  status: "revoked" | "good",
  areShards: boolean,
): Cause | undefined {
  if (all.length === 0) return noIssuer;
  if (complete.length === 0) return onlyDelta;
  if (status === "revoked" && areShards) return undefined;
  const covering: GivenCrl[] = [];
  const covered = new Set<number>();
  let missing = labelMissing(covered);
  let excluded: Cause | undefined;
  for (const given of byPoint.leadingTo(certificate)) {
    const exclusion = findExclusion(given.crl, certificate);
    if (exclusion !== undefined) {
      excluded ??= {
        message: `${given.artefact.name} does not cover`,
        why: `the CRL ${exclusion.why}`,
        help: "give the CRL that covers it too",
      };
      continue;
    }
    // certs/revoked-not-listed reports a certificate that such a CRL does not list, whatever its reasons.
    if (status === "revoked") return undefined;
    covering.push(given);
    for (const reason of coveredReasons(given.crl, certificate)) covered.add(reason);
    missing = labelMissing(covered);
    if (missing.length === 0) return undefined;
  }
  const [first] = covering;
  if (first === undefined) return excluded ?? notAtPoint(complete);
  const more = covering.length > 1 ? ` and ${countOf(covering.length - 1, "other CRL")} do` : " does";
  return {
    message: `${first.artefact.name}${more} not cover all reasons for revocation of`,
    why: `missing are ${missing.join(", ")}`,
    help: "give the CRLs for the other reasons too",
  };
}

function notAtPoint([first, second]: readonly GivenCrl[]): Cause {
  const which =
    first !== undefined && second === undefined ? `${first.artefact.name} is not` : "none of the CRLs given is";
  return { message: `${which} at a distribution point of`, help: "give the CRL at its distribution point too" };
}

/** Returns the reasons that a CRL covers for any distribution point of a certificate that may lead to it. */
function coveredReasons(crl: Crl, certificate: Certificate): readonly number[] {
  const points = certificate.crlDistributionPoints?.list ?? [];
  const leading = points.filter((point) => matchPoint(crl, certificate, point) !== "elsewhere");
  // RFC 5280 6.3.3: a CRL that is at no distribution point is used after the others.
  const isAtNone = points.length === 0 || crl.issuingDistributionPoint?.distributionPoint === undefined;
  return [...leading, ...(isAtNone ? [undefined] : [])].flatMap((point) => [...reasonsOf(crl, point)]);
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
  const byCause = groupBy(undecided.values(), ({ cause: { message, why } }) => `${message} ${why ?? ""}`);
  return [...byCause.values()].flatMap((list) => {
    const [first] = list;
    const [location, ...related] = list.slice(0, shown).map(({ artefact, certificate }) => {
      return locate(artefact, certificate.serialNumber, "tbsCertificate.serialNumber");
    });
    if (first === undefined || location === undefined) return [];
    const which = `${countOf(list.length, "certificate")} expected to be ${status}`;
    const { message, why, help } = first.cause;
    return {
      rule: "crllint/expectation-not-checked",
      message:
        `not judged: ${message} ${which}; ${list.length > 1 ? "the first" : "it"} has serial ${serialOf(first)}` +
        (why === undefined ? "" : `; ${why}`),
      location,
      related,
      help: `${help}, or leave out the certificate`,
    };
  });
}
