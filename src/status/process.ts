import type { Certificate } from "../cert/certificate.ts";
import { type Crl, findExtension, isDelta } from "../crl/crl.ts";
import { compareIntegers } from "../der/integer.ts";
import { contents, sameBytes, type Span } from "../der/span.ts";
import { isoTime } from "../der/time.ts";
import type { DistributionPoint } from "../extension/distribution-point.ts";
import { readGeneralNamesValue } from "../extension/general-name.ts";
import { extensionName, Oid } from "../extension/oids.ts";
import { withoutErrorReports } from "../extension/peek.ts";
import { findExclusion, labelMissing, reasonsOf } from "../given/covering.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import { matchesKeyIdentifier, verifySignature } from "../given/pair.ts";
import { locate } from "../rule/location.ts";
import type { CertificateStatus, Revocation, StatusNote, UnusedCrl } from "../rule/report.ts";
import type { Verifier } from "../verify/verifier.ts";
import { findEntry } from "./entry.ts";
import { type FailedCondition, failedAt, findUnknownCritical, findUnread } from "./failed-condition.ts";
import {
  areSame,
  directoryNameIn,
  findCommonPoint,
  haveSameBytes,
  namesOfPoint,
  type PlacedName,
  type PointName,
  pointNames,
  rdnsOf,
} from "./names.ts";
import { issuerOf } from "./path.ts";

/**
 * A distribution point of the certificate, or the one that 6.3.3 assumes after all others: the certificate issuer's
 * name.
 */
type Point = DistributionPoint | "issuer";

/** The conditions of 6.3.3 (b)(2) as steps: of several results for one CRL, the latest step is reported. */
const stepsOfScope = { i: 4, ii: 5, iii: 6, iv: 7 } as const;

/** The contribution of a CRL: the reasons that it covers, and the entry that lists the certificate. */
interface Contribution {
  readonly reasons: ReadonlySet<number>;
  readonly signer: GivenCertificate;
  readonly revocation: Revocation | undefined;
  readonly delta: GivenCrl | undefined;
}

/** The parts of the algorithm that depend on other certificates. */
interface OtherCertificates {
  /** Returns the certificate whose key signed a CRL (6.3.3 (f) and (g)), or why there is none. */
  readonly signerOf: (crl: GivenCrl) => GivenCertificate | string;
  readonly verifier: Verifier;
}

/** The processing of all CRLs for one certificate (RFC 5280 6.3.3). */
export class Process {
  readonly #given: GivenCertificate;
  readonly #certificate: Certificate;
  readonly #inOrder: readonly GivenCrl[];
  readonly #crls: readonly GivenCrl[];
  readonly #now: number;
  readonly #otherCertificates: OtherCertificates;
  readonly #failures = new Map<GivenCrl, FailedCondition>();
  readonly #used = new Set<GivenCrl>();
  readonly #notes = new Map<string, StatusNote>();
  readonly #covered = new Set<number>();
  #revocation: Revocation | undefined;

  /** @param now the time of the status, in seconds since 1970 */
  constructor(given: GivenCertificate, crls: readonly GivenCrl[], now: number, otherCertificates: OtherCertificates) {
    this.#given = given;
    this.#certificate = given.certificate;
    this.#inOrder = crls;
    this.#crls = latestFirst(crls);
    this.#now = now;
    this.#otherCertificates = otherCertificates;
  }

  run(): Pick<CertificateStatus, "status" | "revocation" | "why" | "used" | "notes" | "unused"> {
    const points: readonly Point[] = [...(this.#certificate.crlDistributionPoints?.list ?? []), "issuer"];
    for (const point of points) for (const given of this.#crls) this.#process(given, point);
    if (this.#revocation !== undefined) {
      return { status: "revoked", revocation: this.#revocation, ...this.#evidence() };
    }
    const missing = labelMissing(this.#covered);
    if (missing.length > 0) {
      return { status: "undetermined", why: this.#whyNot(missing), ...this.#evidence() };
    }
    this.#noteEarlierEntries();
    return { status: "good", ...this.#evidence() };
  }

  #whyNot(missing: readonly string[]): string {
    if (this.#inOrder.length === 0) return "no CRL was given";
    if (this.#used.size === 0) return "none of the CRLs given can be used for it";
    return `the CRLs for it do not cover all reasons for revocation: ${missing.join(", ")}`;
  }

  #evidence(): Pick<CertificateStatus, "used" | "notes" | "unused"> {
    const nameOf = ({ artefact }: GivenCrl): string => artefact.name;
    const unused = this.#inOrder.flatMap((given): readonly UnusedCrl[] => {
      const failed = this.#failures.get(given);
      if (failed === undefined || this.#used.has(given)) return [];
      const { section, why, at, related } = failed;
      return [
        {
          crl: nameOf(given),
          section,
          why,
          location: locate(given.artefact, at.span, at.path),
          related: related === undefined ? [] : [locate(this.#given.artefact, related.span, related.path)],
        },
      ];
    });
    return { used: [...this.#used].map(nameOf), notes: [...this.#notes.values()], unused };
  }

  /** Applies one complete CRL to one distribution point. */
  #process(given: GivenCrl, point: Point): void {
    const answer = this.#attempt(given, point);
    if ("section" in answer) {
      // A result for the certificate's own distribution points explains more than one for the point assumed after them.
      if (point !== "issuer" || !this.#failures.has(given)) this.#noteFailure(given, answer);
      return;
    }
    this.#used.add(given);
    if (answer.delta !== undefined) this.#used.add(answer.delta);
    for (const reason of answer.reasons) this.#covered.add(reason);
    this.#revocation = answer.revocation;
    this.#noteLimits(given, point, answer);
  }

  #noteFailure(given: GivenCrl, failed: FailedCondition): void {
    const known = this.#failures.get(given);
    if (known === undefined || known.step < failed.step) this.#failures.set(given, failed);
  }

  #attempt(given: GivenCrl, point: Point): FailedCondition | Contribution {
    const { crl } = given;
    const expired = this.#findExpired(crl);
    const failed =
      // The issuer is checked first: other defects do not matter if the CRL is another CA's.
      this.#findWrongIssuer(crl, point) ??
      findUnread(crl) ??
      (isDelta(crl)
        ? failedAt(
            crl,
            2,
            "5.2.4",
            "it is a delta CRL, and no complete CRL that it updates was used",
            crl.deltaCrlIndicator,
          )
        : undefined) ??
      this.#findNotYetIssued(crl) ??
      // (a)(1)(i): a delta CRL may update an expired CRL.
      (this.#leadsToDelta(crl) ? undefined : expired) ??
      this.#findOutOfScope(crl, point) ??
      findUnknownCritical(crl);
    if (failed !== undefined) return failed;
    const failedInTime = (section: string, why: string): FailedCondition =>
      failedAt(crl, 8, section, why, crl.thisUpdate, "tbsCertList.thisUpdate");
    if (this.#revocation !== undefined) return failedInTime("6.3.3", "another CRL lists the certificate");
    // (d) and (e)
    const reasons = reasonsOf(crl, point === "issuer" ? undefined : point);
    if ([...reasons].every((reason) => this.#covered.has(reason))) {
      return failedInTime("6.3.3 (e)", "it covers no reason that other CRLs have not covered");
    }
    const signer = this.#otherCertificates.signerOf(given);
    if (typeof signer === "string") {
      return failedAt(crl, 9, "6.3.3 (f) and (g)", signer, crl.signatureValue, "signatureValue");
    }
    const delta = this.#findDelta(given, signer);
    if (expired !== undefined && delta === undefined) return expired;
    const found = (delta && findEntry(delta, this.#certificate)) ?? findEntry(given, this.#certificate);
    return { reasons, signer, delta, revocation: found === "removed" ? undefined : found };
  }

  #findNotYetIssued(crl: Crl): FailedCondition | undefined {
    const { thisUpdate } = crl;
    if (thisUpdate?.seconds !== undefined && thisUpdate.seconds <= this.#now) return undefined;
    const why = `its thisUpdate ${thisUpdate?.text ?? ""} is later than ${isoTime(this.#now)}`;
    return failedAt(crl, 3, "6.3.3 (a)", why, thisUpdate, "tbsCertList.thisUpdate");
  }

  /** 6.3.3 (a): a CRL whose nextUpdate has passed is not current. */
  #findExpired(crl: Crl): FailedCondition | undefined {
    const { nextUpdate } = crl;
    if (nextUpdate?.seconds === undefined || nextUpdate.seconds >= this.#now) return undefined;
    const why = `its nextUpdate ${isoTime(nextUpdate.seconds)} has passed as of ${isoTime(this.#now)}`;
    return failedAt(crl, 3, "6.3.3 (a)", why, nextUpdate, "tbsCertList.nextUpdate");
  }

  /** 6.3.3 (b)(1) */
  #findWrongIssuer(crl: Crl, point: Point): FailedCondition | undefined {
    const { source, issuer } = crl;
    if (issuer === undefined) return failedAt(crl, 0, "5.1.2.3", "its issuer cannot be read", undefined);
    const own: PlacedName = { source, name: issuer };
    const crlIssuer = point === "issuer" ? undefined : point.crlIssuer;
    if (crlIssuer === undefined) {
      if (areSame(own, issuerOf(this.#certificate))) return undefined;
      return {
        ...failedAt(crl, 0, "6.3.3 (b)(1)", "its issuer is not that of the certificate", issuer, "tbsCertList.issuer"),
        related: { span: this.#certificate.issuer, path: "tbsCertificate.issuer" },
      };
    }
    const related = point === "issuer" ? {} : { related: { span: crlIssuer, path: `${point.path}.cRLIssuer` } };
    const named = this.#crlIssuersOf(point);
    if (!named.some((name) => areSame(name, own))) {
      const why = "its issuer is not a cRLIssuer of the distribution point";
      return { ...failedAt(crl, 0, "6.3.3 (b)(1)", why, issuer, "tbsCertList.issuer"), ...related };
    }
    if (crl.issuingDistributionPoint?.indirectCrl?.value === true) return undefined;
    const hint = this.#namesOwnIssuer(point) ? `; ${ownCrlIssuer} (4.2.1.13)` : "";
    const why = `the distribution point has a cRLIssuer, but the CRL does not assert indirectCRL${hint}`;
    return {
      ...failedAt(crl, 1, "6.3.3 (b)(1)", why, crl.issuingDistributionPoint ?? issuer, "tbsCertList"),
      ...related,
    };
  }

  #crlIssuersOf(point: Point): readonly PlacedName[] {
    if (point === "issuer" || point.crlIssuer === undefined) return [];
    const { source } = this.#certificate;
    return point.crlIssuer.names.flatMap((name) => directoryNameIn(source, name) ?? []);
  }

  /** Whether cRLIssuer is the issuer of the certificate: it must then be omitted (4.2.1.13). */
  #namesOwnIssuer(point: Point): boolean {
    return this.#crlIssuersOf(point).some((name) => areSame(name, issuerOf(this.#certificate)));
  }

  /** 6.3.3 (b)(2) */
  #findOutOfScope(crl: Crl, point: Point): FailedCondition | undefined {
    const idp = crl.issuingDistributionPoint;
    if (idp === undefined) return undefined;
    const failed = (number: keyof typeof stepsOfScope, why: string, span: Span): FailedCondition =>
      failedAt(crl, stepsOfScope[number], `6.3.3 (b)(2)(${number})`, why, span, idp.path);
    if (idp.distributionPoint !== undefined && this.#findCommonName(crl, point) === undefined) {
      return {
        ...failed("i", this.#whyNoCommonName(), idp.distributionPoint),
        ...(point !== "issuer" && { related: { span: point, path: point.path } }),
      };
    }
    const excluded = findExclusion(crl, this.#certificate);
    return excluded && failed(excluded.step, `it ${excluded.why}`, excluded.at);
  }

  #whyNoCommonName(): string {
    const { crlDistributionPoints, extensionOids } = this.#certificate;
    if ((crlDistributionPoints?.list.length ?? 0) > 0) {
      return "its distributionPoint has no name of the certificate's distribution points";
    }
    const isThere = extensionOids.includes(Oid.crlDistributionPoints);
    return `it has a distributionPoint, and the certificate has no cRLDistributionPoints${isThere ? " that can be read" : ""}`;
  }

  /** 6.3.3 (b)(2)(i): finds a name that the CRL's and the certificate's distribution points have in common. */
  #findCommonName(crl: Crl, point: Point): "identical" | "normalized" | undefined {
    const { source, issuer, issuingDistributionPoint } = crl;
    const ofCrl = issuingDistributionPoint?.distributionPoint;
    if (ofCrl === undefined || issuer === undefined) return "identical";
    return findCommonPoint(namesOfPoint(source, ofCrl, [{ source, name: issuer }]), this.#namesOf(point));
  }

  #namesOf(point: Point): readonly PointName[] {
    const { source, extensions } = this.#certificate;
    const own = issuerOf(this.#certificate);
    if (point === "issuer") {
      // The issuer and the issuerAltName, according to the last paragraph of 6.3.3.
      const others = extensions?.list.find(({ oid }) => oid === Oid.issuerAltName);
      const names = others && readGeneralNamesValue(withoutErrorReports(source), others, "IssuerAltName")?.names;
      return [{ rdns: rdnsOf(own) }, ...pointNames(source, names ?? [])];
    }
    const { distributionPoint, crlIssuer } = point;
    if (distributionPoint === undefined) return pointNames(source, crlIssuer?.names ?? []);
    const named = this.#crlIssuersOf(point);
    return namesOfPoint(source, distributionPoint, named.length > 0 ? named : [own]);
  }

  /** Whether clients look for a delta CRL of a complete one (6.3.3 (a)). */
  #leadsToDelta(crl: Crl): boolean {
    return (
      findExtension(crl, Oid.freshestCrl) !== undefined || this.#certificate.extensionOids.includes(Oid.freshestCrl)
    );
  }

  /** 6.3.3 (c) and (h): finds the delta CRL to use with a complete CRL: the one with the highest number. */
  #findDelta(base: GivenCrl, signer: GivenCertificate): GivenCrl | undefined {
    const fitting = this.#crls.filter((given) => {
      const failed = this.#findDeltaFailure(base, given, signer);
      if (failed === undefined) return true;
      if (isDelta(given.crl) && this.#findWrongIssuer(given.crl, "issuer") === undefined)
        this.#noteFailure(given, failed);
      return false;
    });
    const best = fitting.reduce<GivenCrl | undefined>(
      (known, given) => (known === undefined || compareNumbers(given.crl, known.crl) > 0 ? given : known),
      undefined,
    );
    for (const given of fitting) {
      if (best === undefined || given === best) continue;
      const why = `the delta CRL ${best.artefact.name} has a higher cRLNumber`;
      this.#noteFailure(
        given,
        failedAt(given.crl, 21, "6.3.3 (a)", why, given.crl.crlNumber, "tbsCertList.crlExtensions"),
      );
    }
    return best;
  }

  #findDeltaFailure(base: GivenCrl, given: GivenCrl, signer: GivenCertificate): FailedCondition | undefined {
    const { crl } = given;
    const { deltaCrlIndicator } = crl;
    const failed = (section: string, why: string): FailedCondition =>
      failedAt(crl, 20, section, why, deltaCrlIndicator);
    if (deltaCrlIndicator === undefined) return failed("5.2.4", "it is not a delta CRL");
    const unusable =
      findUnread(crl) ?? this.#findNotYetIssued(crl) ?? this.#findExpired(crl) ?? findUnknownCritical(crl);
    if (unusable !== undefined) return unusable;
    const complete = base.crl;
    const { issuer } = complete;
    if (crl.issuer === undefined || issuer === undefined) return failed("6.3.3 (c)(1)", "its issuer cannot be read");
    if (!areSame({ source: crl.source, name: crl.issuer }, { source: complete.source, name: issuer })) {
      return failed("6.3.3 (c)(1)", `its issuer is not that of ${base.artefact.name}`);
    }
    const extensions = [
      ["6.3.3 (c)(2)", Oid.issuingDistributionPoint],
      ["6.3.3 (c)(3)", Oid.authorityKeyIdentifier],
    ] as const;
    for (const [section, oid] of extensions) {
      if (haveSameExtension(crl, complete, oid)) continue;
      return failed(section, `its ${extensionName(oid)} is not that of ${base.artefact.name}`);
    }
    const from = contents(crl.source.bytes, deltaCrlIndicator);
    if (complete.crlNumber === undefined || crl.crlNumber === undefined) {
      return failed("5.2.4", "it or the complete CRL has no cRLNumber");
    }
    const number = contents(complete.source.bytes, complete.crlNumber);
    if (compareIntegers(number, from) < 0) {
      return failed("5.2.4 (c)", `the cRLNumber of ${base.artefact.name} is less than its BaseCRLNumber`);
    }
    if (compareNumbers(crl, complete) <= 0) {
      return failed("5.2.4 (d)", `its cRLNumber is not greater than that of ${base.artefact.name}`);
    }
    const { verdict } = verifySignature(crl, signer.certificate, this.#otherCertificates.verifier);
    return verdict === "valid"
      ? undefined
      : failed("6.3.3 (h)", "the key of the complete CRL does not verify its signature");
  }

  /** Adds notes why clients may not use a CRL that was used. */
  #noteLimits({ crl, artefact }: GivenCrl, point: Point, { signer, delta }: Contribution): void {
    const { name } = artefact;
    const note = (section: string, why: string, fix: string): void => {
      this.#notes.set(why, { section, why, fix });
    };
    const own = crl.issuer && { source: crl.source, name: crl.issuer };
    const issuer = issuerOf(this.#certificate);
    if (own !== undefined && areSame(own, issuer) && !haveSameBytes(own, issuer)) {
      note(
        "7.1",
        `the issuers of ${name} and of the certificate are the same name in different bytes: clients that compare bytes do not use this CRL`,
        "copy the issuer of the CRL from the CA certificate, byte for byte",
      );
    }
    if (this.#findCommonName(crl, point) === "normalized") {
      note(
        "7.4",
        `${name} and the certificate have the same URI in different bytes: clients that compare bytes do not use this CRL`,
        "copy the URI of the certificates into issuingDistributionPoint, byte for byte",
      );
    }
    if (matchesKeyIdentifier(crl, signer.certificate) === false) {
      note(
        "5.2.1",
        `authorityKeyIdentifier of ${name} names another key than that of ${signer.artefact.name}, which signed it: clients that choose the key by it do not use this CRL`,
        "set keyIdentifier to the subjectKeyIdentifier of the CA certificate",
      );
    }
    if (delta !== undefined && !this.#leadsToDelta(crl)) {
      note(
        "6.3.3 (a)(2)",
        `neither the certificate nor ${name} has freshestCRL, so clients do not look for the delta CRL ${delta.artefact.name}`,
        "add freshestCRL to the complete CRL, or to the certificates",
      );
    }
    if (this.#certificate.crlDistributionPoints?.list.some((each) => this.#namesOwnIssuer(each)) === true) {
      note("4.2.1.13", `${ownCrlIssuer}: clients may look for an indirect CRL`, "issue certificates without cRLIssuer");
    }
  }

  /** Adds a note for each current CRL that lists the certificate, if the CRL that was used does not. */
  #noteEarlierEntries(): void {
    for (const [given, { section }] of this.#failures) {
      if (section !== "6.3.3 (e)" || this.#used.has(given)) continue;
      const entry = findEntry(given, this.#certificate);
      if (entry === undefined || entry === "removed" || typeof this.#otherCertificates.signerOf(given) === "string")
        continue;
      const why = `entry ${entry.entry} of ${entry.crl}, which is current but not issued later than those that were used, lists the certificate: clients that have this CRL reject it`;
      const fix = "list the certificate in the CRL that was issued last, unless it is no longer on hold";
      this.#notes.set(why, { section, why, fix });
    }
  }
}

const ownCrlIssuer = "cRLIssuer names the certificate's own issuer, and must be omitted then";

/** Sorts CRLs by thisUpdate, the latest first: a client uses the current one of several CRLs (6.3.3 (a)). */
function latestFirst(crls: readonly GivenCrl[]): readonly GivenCrl[] {
  const timeOf = ({ crl }: GivenCrl): number => crl.thisUpdate?.seconds ?? 0;
  return crls.toSorted((a, b) => timeOf(b) - timeOf(a) || compareNumbers(b.crl, a.crl));
}

function haveSameExtension(a: Crl, b: Crl, oid: string): boolean {
  const [mine, other] = [findExtension(a, oid)?.value, findExtension(b, oid)?.value];
  if (mine === undefined || other === undefined) return mine === other;
  return sameBytes(contents(a.source.bytes, mine), contents(b.source.bytes, other));
}

function compareNumbers(a: Crl, b: Crl): number {
  if (a.crlNumber === undefined || b.crlNumber === undefined) return 0;
  return compareIntegers(contents(a.source.bytes, a.crlNumber), contents(b.source.bytes, b.crlNumber));
}
