import type { Certificate } from "../cert/certificate.ts";
import { serialOf } from "../cert/serial.ts";
import { type Crl, findExtension } from "../crl/crl.ts";
import type { Entry } from "../crl/entry-reader.ts";
import { noReason, unreadableReason } from "../crl/entry-reader.ts";
import { Reason, reasonLabel } from "../crl/reason.ts";
import { compareIntegers } from "../der/integer.ts";
import { contents, sameOctets, type Span } from "../der/span.ts";
import { isoTime } from "../der/time.ts";
import type { DistributionPoint } from "../extension/distribution-point.ts";
import { readGeneralNamesValue } from "../extension/general-name.ts";
import { extensionName, Oid } from "../extension/oids.ts";
import { quiet } from "../extension/quiet.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import { verifySignature } from "../given/pair.ts";
import { formatName } from "../name/format.ts";
import type { CertificateStatus, Revocation, UnusedCrl } from "../rule/report.ts";
import { locate, locateEntry } from "../rule/location.ts";
import type { Verifier } from "../verify/verifier.ts";
import {
  areSame,
  directoryNameIn,
  haveCommonPoint,
  haveSameBytes,
  namesOfPoint,
  type PlacedName,
  pointNames,
} from "./names.ts";
import { issuerOf, isValidAt, maySignCrls, Paths } from "./path.ts";

/** What the status of certificates is determined from. */
export interface StatusInput {
  /** The certificate whose path is followed. */
  readonly leaf: GivenCertificate;
  /** Further certificates: of the chain, its trust anchor, and of CRL issuers. */
  readonly certificates: readonly GivenCertificate[];
  readonly crls: readonly GivenCrl[];
  /** The time at which the status is asked for, in seconds since 1970. */
  readonly at: number;
}

/** The bits of ReasonFlags that stand for a reason (RFC 5280 4.2.1.13): bit 0 is not used. */
const allReasons: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 7, 8]);

/** Extensions of CRLs and entries that are processed here: a CRL with another critical one is not used (5.2, 5.3). */
const processed: ReadonlySet<string> = new Set([
  Oid.authorityKeyIdentifier,
  Oid.issuerAltName,
  Oid.crlNumber,
  Oid.deltaCrlIndicator,
  Oid.issuingDistributionPoint,
  Oid.freshestCrl,
  Oid.authorityInfoAccess,
]);
const processedInEntries: ReadonlySet<string> = new Set([
  Oid.reasonCode,
  Oid.invalidityDate,
  Oid.certificateIssuer,
  Oid.holdInstructionCode,
]);

/** A distribution point of the certificate, or the one that 6.3.3 assumes at its end: the certificate issuer's name. */
type Point = DistributionPoint | "issuer";

/** The condition that a CRL does not meet, and how far the algorithm came with it. */
interface Fall {
  /** Position of the condition in the algorithm: of several attempts, the one that came farthest is shown. */
  readonly step: number;
  readonly section: string;
  readonly why: string;
  readonly at: { readonly span: Span; readonly path: string };
  readonly related?: { readonly span: Span; readonly path: string };
}

/** What a CRL contributes: the reasons that it covers, and the entry that lists the certificate. */
interface Found {
  readonly reasons: ReadonlySet<number>;
  readonly revocation?: Revocation;
  readonly delta?: GivenCrl;
}

/**
 * Determines the status of the certificates of a path by RFC 5280 6.3, from the leaf up to the trust anchor, which has
 * none. No CRL is fetched: those given are all there are.
 */
export function determineStatus(input: StatusInput, verifier: Verifier): readonly CertificateStatus[] {
  const paths = new Paths([input.leaf, ...input.certificates], verifier);
  const client = new Client(input, paths, verifier);
  const { certificates, isComplete } = paths.of(input.leaf);
  const subjects = isComplete && certificates.length > 1 ? certificates.slice(0, -1) : certificates;
  return subjects.map((given) => client.statusOf(given));
}

class Client {
  readonly #input: StatusInput;
  readonly #paths: Paths;
  readonly #verifier: Verifier;
  readonly #known = new Map<Certificate, CertificateStatus>();
  /** Certificates whose status is being determined: a CRL issuer may be listed in its own CRL. */
  readonly #open = new Set<Certificate>();

  constructor(input: StatusInput, paths: Paths, verifier: Verifier) {
    this.#input = input;
    this.#paths = paths;
    this.#verifier = verifier;
  }

  statusOf(given: GivenCertificate): CertificateStatus {
    const { certificate } = given;
    let status = this.#known.get(certificate);
    if (status === undefined) {
      this.#open.add(certificate);
      this.#known.set(certificate, (status = this.#determine(given)));
      this.#open.delete(certificate);
    }
    return status;
  }

  #determine(given: GivenCertificate): CertificateStatus {
    const { certificate, artefact } = given;
    const { source, tbsCertificate } = certificate;
    const head = {
      certificate: artefact.name,
      subject: formatName(certificate.subject, source.bytes),
      serial: serialOf(given),
      location: locate(artefact, tbsCertificate, "tbsCertificate"),
    };
    const path = this.#paths.of(given);
    if (!path.isComplete) {
      const top = path.certificates.at(-1) ?? given;
      const name = formatName(top.certificate.issuer, top.certificate.source.bytes);
      const of = top === given ? "its issuer" : `the issuer of ${top.artefact.name}`;
      const why = `no certificate of ${of}, ${name}, was given`;
      return { ...head, status: "undetermined", why, used: [], notes: [], unused: [] };
    }
    const process = new Process(given, this.#input, (crl) => this.#signerOf(given, crl), this.#verifier);
    return { ...head, ...process.run() };
  }

  /** Finds the key that signed a CRL (6.3.3 (f) and (g)); text says why there is none. */
  #signerOf(target: GivenCertificate, { crl }: GivenCrl): GivenCertificate | string {
    const below = this.#paths.of(target).certificates;
    const anchor = below.at(-1)?.certificate;
    const issuer = crl.issuer && this.#paths.withSubject({ source: crl.source, name: crl.issuer });
    if (issuer === undefined || issuer.length === 0) return "no certificate of the CRL issuer was given";
    let why = "the signature does not verify with a key of the CRL issuer";
    for (const candidate of issuer) {
      const { certificate } = candidate;
      const verdict = verifySignature(crl, certificate, this.#verifier);
      if (verdict.verdict === "not-checked") why = `the signature cannot be verified: ${verdict.why}`;
      if (verdict.verdict !== "valid") continue;
      const path = this.#paths.of(candidate);
      const problem = this.#problemOf(candidate, below);
      if (problem !== undefined) why = problem;
      else if (path.certificates.at(-1)?.certificate !== anchor) {
        why = "the path of the CRL issuer does not end at the trust anchor of the certificate";
      } else return candidate;
    }
    return why;
  }

  /**
   * Why a certificate cannot be that of a CRL issuer.
   *
   * @param own the path of the target certificate: each certificate of it has a status of its own
   */
  #problemOf(candidate: GivenCertificate, own: readonly GivenCertificate[]): string | undefined {
    const { certificate, artefact } = candidate;
    if (!maySignCrls(certificate)) return `keyUsage of ${artefact.name}, whose key signed the CRL, lacks cRLSign`;
    const path = this.#paths.of(candidate).certificates;
    for (const each of path) {
      if (!isValidAt(each.certificate, this.#input.at)) return `${each.artefact.name}, of the CRL issuer, is not valid`;
    }
    for (const each of path.slice(0, -1)) {
      if (own.includes(each) || this.#open.has(each.certificate)) continue;
      const { status } = this.statusOf(each);
      if (status !== "good") return `${each.artefact.name}, of the CRL issuer, is ${status}`;
    }
    return undefined;
  }
}

/** The processing of all CRLs for one certificate (RFC 5280 6.3.3). */
class Process {
  readonly #given: GivenCertificate;
  readonly #certificate: Certificate;
  readonly #input: StatusInput;
  readonly #signerOf: (crl: GivenCrl) => GivenCertificate | string;
  readonly #verifier: Verifier;
  readonly #falls = new Map<GivenCrl, Fall>();
  readonly #used = new Set<GivenCrl>();
  readonly #notes = new Set<string>();
  readonly #covered = new Set<number>();

  constructor(
    given: GivenCertificate,
    input: StatusInput,
    signerOf: (crl: GivenCrl) => GivenCertificate | string,
    verifier: Verifier,
  ) {
    this.#given = given;
    this.#certificate = given.certificate;
    this.#input = input;
    this.#signerOf = signerOf;
    this.#verifier = verifier;
  }

  run(): Pick<CertificateStatus, "status" | "revocation" | "why" | "used" | "notes" | "unused"> {
    const points: readonly Point[] = [...(this.#certificate.crlDistributionPoints?.list ?? []), "issuer"];
    for (const point of points) {
      for (const given of this.#input.crls) {
        if (allReasons.size === this.#covered.size) break;
        const revocation = this.#process(given, point);
        if (revocation !== undefined) return { status: "revoked", revocation, ...this.#evidence() };
      }
    }
    if (this.#covered.size === allReasons.size) return { status: "good", ...this.#evidence() };
    return { status: "undetermined", why: this.#whyNot(), ...this.#evidence() };
  }

  #whyNot(): string {
    if (this.#input.crls.length === 0) return "no CRL was given";
    if (this.#used.size === 0) return "none of the CRLs given can be used for it";
    const missing = [...allReasons].filter((bit) => !this.#covered.has(bit)).length;
    return `the CRLs for it cover ${allReasons.size - missing} of the ${allReasons.size} reasons for revocation`;
  }

  #evidence(): Pick<CertificateStatus, "used" | "notes" | "unused"> {
    const nameOf = ({ artefact }: GivenCrl): string => artefact.name;
    const unused = this.#input.crls.flatMap((given): readonly UnusedCrl[] => {
      const fall = this.#falls.get(given);
      if (fall === undefined || this.#used.has(given)) return [];
      const { section, why, at, related } = fall;
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
    return { used: [...this.#used].map(nameOf), notes: [...this.#notes], unused };
  }

  /** Applies one complete CRL to one distribution point; returns the revocation that it states. */
  #process(given: GivenCrl, point: Point): Revocation | undefined {
    const answer = this.#attempt(given, point);
    if ("section" in answer) {
      // What the certificate's own distribution points show says more than the one that is assumed after them.
      if (point !== "issuer" || !this.#falls.has(given)) this.#noteFall(given, answer);
      return undefined;
    }
    this.#used.add(given);
    if (answer.delta !== undefined) this.#used.add(answer.delta);
    this.#noteBytes(given.crl);
    for (const reason of answer.reasons) this.#covered.add(reason);
    return answer.revocation;
  }

  #noteFall(given: GivenCrl, fall: Fall): void {
    const known = this.#falls.get(given);
    if (known === undefined || known.step < fall.step) this.#falls.set(given, fall);
  }

  /** Clients that compare bytes do not find a CRL whose issuer is the same name in other bytes. */
  #noteBytes({ issuer, source }: Crl): void {
    if (issuer === undefined || haveSameBytes({ source, name: issuer }, issuerOf(this.#certificate))) return;
    if (!areSame({ source, name: issuer }, issuerOf(this.#certificate))) return;
    this.#notes.add(
      "its issuer and that of the CRL are the same name by RFC 5280 7.1, in different bytes: clients that compare bytes do not use this CRL",
    );
  }

  #attempt(given: GivenCrl, point: Point): Fall | Found {
    const { crl } = given;
    const fall =
      // The issuer first: what else is wrong with the CRL of another CA does not matter.
      this.#wrongIssuer(crl, point) ??
      unusable(crl) ??
      this.#outOfDate(crl) ??
      this.#outOfScope(crl, point) ??
      unknownCritical(crl);
    if (fall !== undefined) return fall;
    // (d) and (e)
    const reasons = reasonsOf(crl, point);
    if ([...reasons].every((reason) => this.#covered.has(reason))) {
      return at(
        crl,
        8,
        "6.3.3 (e)",
        "it covers no reason that other CRLs have not covered",
        crl.issuingDistributionPoint,
      );
    }
    const signer = this.#signerOf(given);
    if (typeof signer === "string")
      return at(crl, 9, "6.3.3 (f) and (g)", signer, crl.signatureValue, "signatureValue");
    const delta = this.#deltaFor(given, signer);
    const found = (delta && this.#findEntry(delta)) ?? this.#findEntry(given);
    return {
      reasons,
      ...(delta && { delta }),
      ...(found !== undefined && found !== "removed" && { revocation: found }),
    };
  }

  /** 6.3.3 (a): a CRL whose nextUpdate has passed is not the current one. */
  #outOfDate(crl: Crl): Fall | undefined {
    const { thisUpdate, nextUpdate } = crl;
    const { at: now } = this.#input;
    if (thisUpdate?.seconds === undefined || thisUpdate.seconds > now) {
      return at(
        crl,
        3,
        "6.3.3 (a)",
        `its thisUpdate ${thisUpdate?.text ?? ""} is later than ${isoTime(now)}`,
        thisUpdate,
        "tbsCertList.thisUpdate",
      );
    }
    if (nextUpdate?.seconds === undefined || nextUpdate.seconds >= now) return undefined;
    const why = `its nextUpdate ${isoTime(nextUpdate.seconds)} has passed as of ${isoTime(now)}`;
    return at(crl, 3, "6.3.3 (a)", why, nextUpdate, "tbsCertList.nextUpdate");
  }

  /** 6.3.3 (b)(1) */
  #wrongIssuer(crl: Crl, point: Point): Fall | undefined {
    const { source, issuer } = crl;
    if (issuer === undefined) return at(crl, 0, "5.1.2.3", "its issuer cannot be read", undefined);
    const own: PlacedName = { source, name: issuer };
    const crlIssuer = point === "issuer" ? undefined : point.crlIssuer;
    if (crlIssuer === undefined) {
      if (areSame(own, issuerOf(this.#certificate))) return undefined;
      return {
        ...at(crl, 0, "6.3.3 (b)(1)", "its issuer is not that of the certificate", issuer, "tbsCertList.issuer"),
        related: { span: this.#certificate.issuer, path: "tbsCertificate.issuer" },
      };
    }
    const related = point === "issuer" ? {} : { related: { span: crlIssuer, path: `${point.path}.cRLIssuer` } };
    const named = this.#crlIssuersOf(point);
    if (!named.some((name) => areSame(name, own))) {
      const why = "its issuer is not a cRLIssuer of the distribution point";
      return { ...at(crl, 0, "6.3.3 (b)(1)", why, issuer, "tbsCertList.issuer"), ...related };
    }
    // 4.2.1.13: cRLIssuer must be omitted if it is the issuer of the certificate.
    const isOwn = named.some((name) => areSame(name, issuerOf(this.#certificate)));
    if (crl.issuingDistributionPoint?.indirectCrl?.value === true) return undefined;
    const hint = isOwn ? "; cRLIssuer names the certificate's own issuer, and must be omitted then (4.2.1.13)" : "";
    const why = `the distribution point has a cRLIssuer, but the CRL does not assert indirectCRL${hint}`;
    return { ...at(crl, 1, "6.3.3 (b)(1)", why, crl.issuingDistributionPoint ?? issuer, "tbsCertList"), ...related };
  }

  #crlIssuersOf(point: Point): readonly PlacedName[] {
    if (point === "issuer" || point.crlIssuer === undefined) return [];
    const { source } = this.#certificate;
    return point.crlIssuer.names.flatMap((name) => directoryNameIn(source, name) ?? []);
  }

  /** 6.3.3 (b)(2) */
  #outOfScope(crl: Crl, point: Point): Fall | undefined {
    const idp = crl.issuingDistributionPoint;
    if (idp === undefined) return undefined;
    const isCa = this.#certificate.basicConstraints?.ca === true;
    const fall = (step: number, number: string, why: string, span: Span): Fall =>
      at(crl, step, `6.3.3 (b)(2)(${number})`, why, span, idp.path);
    if (idp.distributionPoint !== undefined && !this.#leadsTo(crl, point)) {
      const hasPoints = (this.#certificate.crlDistributionPoints?.list.length ?? 0) > 0;
      const why = hasPoints
        ? "its distributionPoint has no name of the certificate's distribution points"
        : "it has a distributionPoint, and the certificate has no cRLDistributionPoints";
      return {
        ...fall(4, "i", why, idp.distributionPoint),
        ...(point !== "issuer" && { related: { span: point, path: point.path } }),
      };
    }
    if (idp.onlyContainsUserCerts?.value === true && isCa) {
      return fall(5, "ii", "it has onlyContainsUserCerts, and the certificate is a CA's", idp.onlyContainsUserCerts);
    }
    if (idp.onlyContainsCaCerts?.value === true && !isCa) {
      return fall(6, "iii", "it has onlyContainsCACerts, and the certificate is not a CA's", idp.onlyContainsCaCerts);
    }
    if (idp.onlyContainsAttributeCerts?.value === true) {
      return fall(7, "iv", "it has onlyContainsAttributeCerts", idp.onlyContainsAttributeCerts);
    }
    return undefined;
  }

  /** 6.3.3 (b)(2)(i) */
  #leadsTo(crl: Crl, point: Point): boolean {
    const { source, issuer, issuingDistributionPoint } = crl;
    const ofCrl = issuingDistributionPoint?.distributionPoint;
    if (ofCrl === undefined || issuer === undefined) return true;
    const names = namesOfPoint(source, ofCrl, [{ source, name: issuer }]);
    return haveCommonPoint(names, this.#namesOf(point));
  }

  #namesOf(point: Point) {
    const certificate = this.#certificate;
    const own = issuerOf(certificate);
    if (point === "issuer") return [{ rdns: own.name.rdns.map((rdn) => ({ rdn, bytes: own.source.bytes })) }];
    const { distributionPoint, crlIssuer } = point;
    if (distributionPoint === undefined) return pointNames(certificate.source, crlIssuer?.names ?? []);
    const named = this.#crlIssuersOf(point);
    return namesOfPoint(certificate.source, distributionPoint, named.length > 0 ? named : [own]);
  }

  /** 6.3.3 (c) and (h): the delta CRL to use with a complete one, the one of the highest number. */
  #deltaFor(base: GivenCrl, signer: GivenCertificate): GivenCrl | undefined {
    const fitting = this.#input.crls.filter((given) => {
      const fall = this.#deltaFall(base, given, signer);
      if (fall === undefined) return true;
      if (isDelta(given.crl) && this.#wrongIssuer(given.crl, "issuer") === undefined) this.#noteFall(given, fall);
      return false;
    });
    return fitting.reduce<GivenCrl | undefined>(
      (best, given) => (best === undefined || compareNumbers(given.crl, best.crl) > 0 ? given : best),
      undefined,
    );
  }

  #deltaFall(base: GivenCrl, given: GivenCrl, signer: GivenCertificate): Fall | undefined {
    const { crl } = given;
    const { deltaCrlIndicator } = crl;
    const fall = (section: string, why: string): Fall => at(crl, 20, section, why, deltaCrlIndicator);
    if (deltaCrlIndicator === undefined) return fall("5.2.4", "it is not a delta CRL");
    const outOfDate = this.#outOfDate(crl) ?? unknownCritical(crl);
    if (outOfDate !== undefined) return outOfDate;
    const complete = base.crl;
    const { issuer } = complete;
    if (crl.issuer === undefined || issuer === undefined) return fall("6.3.3 (c)(1)", "its issuer cannot be read");
    if (!areSame({ source: crl.source, name: crl.issuer }, { source: complete.source, name: issuer })) {
      return fall("6.3.3 (c)(1)", `its issuer is not that of ${base.artefact.name}`);
    }
    const extensions = [
      ["6.3.3 (c)(2)", Oid.issuingDistributionPoint],
      ["6.3.3 (c)(3)", Oid.authorityKeyIdentifier],
    ] as const;
    for (const [section, oid] of extensions) {
      if (haveSameExtension(crl, complete, oid)) continue;
      return fall(section, `its ${extensionName(oid)} is not that of ${base.artefact.name}`);
    }
    const from = contents(crl.source.bytes, deltaCrlIndicator);
    if (complete.crlNumber === undefined || crl.crlNumber === undefined) {
      return fall("5.2.4", "it or the complete CRL has no cRLNumber");
    }
    const number = contents(complete.source.bytes, complete.crlNumber);
    if (compareIntegers(number, from) < 0) {
      return fall("5.2.4 (c)", `the cRLNumber of ${base.artefact.name} is less than its BaseCRLNumber`);
    }
    if (compareNumbers(crl, complete) <= 0) {
      return fall("5.2.4 (d)", `its cRLNumber is not greater than that of ${base.artefact.name}`);
    }
    const { verdict } = verifySignature(crl, signer.certificate, this.#verifier);
    return verdict === "valid"
      ? undefined
      : fall("6.3.3 (h)", "the key of the complete CRL does not verify its signature");
  }

  /** 6.3.3 (i) to (k) and 5.3.3: the entry for the certificate; `removed` if a delta CRL says that it is no longer revoked. */
  #findEntry(given: GivenCrl): Revocation | "removed" | undefined {
    const { crl } = given;
    const certificate = this.#certificate;
    const serial = contents(certificate.source.bytes, certificate.serialNumber);
    const own = crl.issuer && { source: crl.source, name: crl.issuer };
    const hasIssuers = crl.entries.extensions.has(Oid.certificateIssuer);
    let issuer: PlacedName | undefined = own;
    let found: Revocation | "removed" | undefined;
    crl.entries.visit((entry) => {
      if (hasIssuers) issuer = certificateIssuerOf(crl, entry) ?? issuer;
      if (found !== undefined || !sameOctets(crl.source.bytes.subarray(entry.serialContent, entry.serialEnd), serial))
        return;
      if (issuer === undefined || !areSame(issuer, issuerOf(certificate))) return;
      found = entry.reason === Reason.removeFromCRL ? "removed" : revocationOf(given, entry);
    });
    return found;
  }
}

function at(crl: Crl, step: number, section: string, why: string, span: Span | undefined, path = "tbsCertList"): Fall {
  return { step, section, why, at: span === undefined ? { span: crl.whole, path: "" } : { span, path } };
}

/** A CRL that cannot be read to its end, or is not a complete one. */
function unusable(crl: Crl): Fall | undefined {
  const [unread] = crl.unread.values();
  if (crl.form !== "crl" || unread !== undefined) return at(crl, 2, "5.1", unread ?? "it is not signed", undefined);
  if (crl.entries.broken)
    return at(crl, 2, "5.1.2.6", "its entries cannot be read to their end", crl.revokedCertificates);
  if (crl.deltaCrlIndicator === undefined && !isDelta(crl)) return undefined;
  return at(crl, 2, "5.2.4", "it is a delta CRL, and no complete CRL that it updates was used", crl.deltaCrlIndicator);
}

function isDelta(crl: Crl): boolean {
  return findExtension(crl, Oid.deltaCrlIndicator) !== undefined;
}

/** 5.2 and 5.3: a CRL with a critical extension that is not processed is not used. */
function unknownCritical(crl: Crl): Fall | undefined {
  const extension = crl.crlExtensions?.list.find(({ oid, critical }) => critical && !processed.has(oid ?? ""));
  if (extension !== undefined) {
    const why = `its critical extension ${extension.oid ?? ""} is not known`;
    return at(crl, 7, "5.2", why, extension, extension.path);
  }
  for (const [oid, { critical }] of crl.entries.extensions) {
    if (critical === 0 || processedInEntries.has(oid)) continue;
    const why = `an entry has the critical extension ${oid}, which is not known`;
    return at(crl, 7, "5.3", why, crl.revokedCertificates, "tbsCertList.revokedCertificates");
  }
  return undefined;
}

/** 6.3.3 (d): the interim reasons mask. */
function reasonsOf(crl: Crl, point: Point): ReadonlySet<number> {
  const ofCrl = crl.issuingDistributionPoint?.onlySomeReasons?.reasons ?? allReasons;
  const ofPoint = point === "issuer" ? allReasons : (point.reasons?.reasons ?? allReasons);
  return new Set([...allReasons].filter((bit) => ofCrl.has(bit) && ofPoint.has(bit)));
}

function haveSameExtension(a: Crl, b: Crl, oid: string): boolean {
  const [mine, other] = [findExtension(a, oid)?.value, findExtension(b, oid)?.value];
  if (mine === undefined || other === undefined) return mine === other;
  return sameOctets(contents(a.source.bytes, mine), contents(b.source.bytes, other));
}

function compareNumbers(a: Crl, b: Crl): number {
  if (a.crlNumber === undefined || b.crlNumber === undefined) return 0;
  return compareIntegers(contents(a.source.bytes, a.crlNumber), contents(b.source.bytes, b.crlNumber));
}

/** The certificateIssuer of an entry (5.3.3); undefined if it has none, and that of an earlier entry stays in effect. */
function certificateIssuerOf(crl: Crl, entry: Entry): PlacedName | undefined {
  if (!entry.hasExtensions) return undefined;
  const extension = entry.extensions().find(({ oid }) => oid === Oid.certificateIssuer);
  const names = extension && readGeneralNamesValue(quiet(crl.source), extension, "CertificateIssuer")?.names;
  return names?.flatMap((name) => directoryNameIn(crl.source, name) ?? [])[0];
}

function revocationOf({ crl, artefact }: GivenCrl, entry: Entry): Revocation {
  const { reason, date, index } = entry;
  return {
    crl: artefact.name,
    entry: index + 1,
    ...(reason !== noReason && { reason: reason === unreadableReason ? "unreadable" : reasonLabel(reason) }),
    ...(Number.isFinite(date) && { date: isoTime(date) }),
    location: locateEntry(artefact, crl.source.bytes, entry, crl.entries.pathOf(index)),
  };
}
