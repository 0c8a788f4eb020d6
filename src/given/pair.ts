import type { Certificate } from "../cert/certificate.ts";
import { sketchOf } from "../cert/open.ts";
import type { Crl } from "../crl/crl.ts";
import { bytesOf, contents, sameBytes } from "../der/span.ts";
import { mapKey } from "../der/strings.ts";
import { CertificateIndex } from "./certificate-index.ts";
import { isCaOrCrlSigner, maySignCrls } from "./crl-issuer.ts";
import type { GivenCa, GivenCertificate, Pairing } from "./given.ts";
import type { Verdict, Verifier } from "../verify/verifier.ts";

/** Reason for skipping rules that look at the issuing CA's certificate if none was given. */
export const noCaGiven = "no certificate of the issuing CA was given";

/** The origin of the candidates for the issuing CA's certificate. */
export type CandidatesFrom = "operands" | "option" | "store";

/** Certificates that may be that of the issuing CA. */
export interface Candidates {
  readonly list: readonly GivenCertificate[];
  readonly from: CandidatesFrom;
  /** Whether the user gave a certificate as that of a CA, and not only with the CRL. */
  readonly isTrusted: (given: GivenCertificate) => boolean;
}

/** The result of the search for the issuing CA's certificate among those given. */
export interface Paired {
  readonly ca: GivenCa | undefined;
  readonly verification: Verdict;
  readonly pairing: Pairing | undefined;
  /** Reason why none was chosen although some were given. */
  readonly noCaFound: string | undefined;
}

/** The keys of candidates: the same certificates are tried with many CRLs. */
const keys = new WeakMap<Certificate, Uint8Array>();

function publicKeyOf(certificate: Certificate): Uint8Array {
  let key = keys.get(certificate);
  if (key === undefined) {
    const { bytes, publicKey } = sketchOf(certificate);
    keys.set(certificate, (key = bytesOf(bytes, publicKey)));
  }
  return key;
}

/** Digests of CA certificates: usually all CRLs of a directory have the same CA. */
const digests = new WeakMap<Certificate, string>();

function digestOf(certificate: Certificate, verifier: Verifier): string {
  let digest = digests.get(certificate);
  if (digest === undefined) digests.set(certificate, (digest = verifier.sha256(certificate.source.bytes)));
  return digest;
}

/** Indexes of lists of certificates: all CRLs of a call have the same lists. */
const indexes = new WeakMap<readonly GivenCertificate[], CertificateIndex>();

function indexOf(list: readonly GivenCertificate[]): CertificateIndex {
  let index = indexes.get(list);
  if (index === undefined) {
    index = new CertificateIndex();
    for (const given of list) index.add(given);
    indexes.set(list, index);
  }
  return index;
}

/**
 * Whether the CRL's authorityKeyIdentifier identifies the key of a certificate; undefined if one of the two is missing.
 */
export function matchesKeyIdentifier(crl: Crl, certificate: Certificate): boolean | undefined {
  const keyIdentifier = crl.authorityKeyIdentifier?.keyIdentifier;
  const sketch = sketchOf(certificate);
  if (keyIdentifier === undefined || sketch.keyIdentifier === undefined) return undefined;
  return sameBytes(contents(crl.source.bytes, keyIdentifier), bytesOf(sketch.bytes, sketch.keyIdentifier));
}

/** Whether the CRL's issuer has the same bytes as the subject of a certificate. */
export function matchesSubject(crl: Crl, certificate: Certificate): boolean {
  if (crl.issuer === undefined) return false;
  const { bytes, subject } = sketchOf(certificate);
  return sameBytes(bytesOf(crl.source.bytes, crl.issuer), bytesOf(bytes, subject));
}

/** Verifies the signature of a CRL with the key of a certificate, over the bytes as received. */
export function verifySignature(crl: Crl, certificate: Certificate, verifier: Verifier | undefined): Verdict {
  if (crl.form === "tbs") return { verdict: "not-checked", why: "not signed yet" };
  if (verifier === undefined) return { verdict: "not-checked", why: "no signature verifier available" };
  const { tbsCertList, signatureAlgorithm, signatureValue } = crl;
  if (tbsCertList === undefined || signatureAlgorithm === undefined || signatureValue?.bits === undefined) {
    return { verdict: "not-checked", why: "the signature cannot be read" };
  }
  return verifier.verify({
    publicKey: publicKeyOf(certificate),
    algorithm: bytesOf(crl.source.bytes, signatureAlgorithm),
    // `bytesOf` would read all entries of a large file into memory.
    data: crl.source.bytes.subarray(tbsCertList.start, tbsCertList.end),
    signature: bytesOf(crl.source.bytes, signatureValue.bits),
  });
}

/**
 * Verifies the signature of another CRL with the CA's key.
 *
 * @param verification the verdict on the CRL being linted: if the key did not make its signature, an invalid signature
 * of another CRL proves nothing
 */
export function verifyOther(
  other: Crl,
  ca: GivenCa | undefined,
  verification: Verdict,
  verifier: Verifier | undefined,
): Verdict {
  if (ca === undefined || ca.isAnother || verification.verdict === "invalid") {
    return { verdict: "not-checked", why: "the issuing CA's key is not known" };
  }
  return verifySignature(other, ca.certificate, verifier);
}

/**
 * Finds the issuing CA among the given certificates. One certificate and one CRL always form a pair, and so do the
 * certificates of one key and a CRL. Among several keys, the CA's is the one that verifies the signature, else the one
 * that the CRL's authorityKeyIdentifier identifies. Among files it is never found by name: the name is being checked.
 *
 * @param others certificates that are not candidates, tried only to show which CA issued the CRL
 */
export function pair(
  crl: Crl,
  { list: candidates, from, isTrusted }: Candidates,
  others: readonly GivenCertificate[],
  verifier: Verifier | undefined,
): Paired {
  const nothing: Verdict = { verdict: "not-checked", why: noCaGiven };
  const [only] = candidates;
  if (only === undefined) return { ca: undefined, verification: nothing, pairing: undefined, noCaFound: undefined };
  const verdicts = new Map<GivenCertificate, Verdict>();
  const verdictOf = (given: GivenCertificate): Verdict => {
    const verdict = verdicts.get(given) ?? verifySignature(crl, given.certificate, verifier);
    verdicts.set(given, verdict);
    return verdict;
  };
  const trusted = (list: readonly GivenCertificate[]): readonly GivenCertificate[] => {
    const some = list.filter((given) => isTrusted(given));
    return some.length > 0 ? some : list;
  };
  const found = choose(crl, candidates, verdictOf, from, trusted);
  if (found === undefined) {
    const noCaFound = describeNoneFound(candidates.length, crl);
    const unverified: Verdict = { verdict: "not-checked", why: noCaFound };
    return { ca: undefined, verification: unverified, pairing: undefined, noCaFound };
  }
  const { taken } = found;
  const verification = verdictOf(taken);
  // Most CRLs come with one certificate. Then no index is needed to see that there is no other.
  const lists = [candidates, others].filter((list) => list.some((given) => given !== taken));
  const key = publicKeyOf(taken.certificate);
  const ofKey = [taken, ...lists.flatMap((list) => indexOf(list).withKey(key)).filter((other) => other !== taken)];
  // With --issuer, the other certificates of the call only show which CA issued the CRL.
  const ofCa = from === "option" ? ofKey.filter((given) => candidates.includes(given)) : ofKey;
  const ofTrusted = trusted(ofCa);
  const compared = narrow(crl, withNamesOf(ofTrusted, ofCa));
  const chosen = best(crl, compared) ?? taken;
  const chosenFirst = (list: readonly GivenCertificate[]): readonly GivenCertificate[] => {
    return [chosen, ...list.filter((given) => given !== chosen)];
  };
  const sameKey = chosenFirst(ofCa);
  const issuer = crl.issuer && bytesOf(crl.source.bytes, crl.issuer);
  const named = lists.flatMap((list) => (issuer === undefined ? [] : indexOf(list).withSubject(issuer)));
  const namesakes = except(named, ofKey);
  const ca = new Ca(chosen, {
    sameKey,
    compared: chosenFirst(compared),
    ofKey,
    lists,
    namesakes,
    isAnother: isAnother(crl, ofTrusted, verification),
    verification,
  });
  const by = from === "option" && found.by === "only-certificate" ? "option" : found.by;
  const pairing: Pairing = {
    by,
    certificate: chosen.artefact.name,
    ...(verifier === undefined ? {} : { sha256: digestOf(chosen.certificate, verifier) }),
    why: describePairing(by, candidates.length, verification),
    sameKey: sameKey.slice(1).map((other) => other.artefact.name),
  };
  return { ca, verification, pairing, noCaFound: undefined };
}

/**
 * The issuing CA. An object literal with a getter would have its own hidden class, which keeps its CRL in memory for
 * long.
 */
class Ca implements GivenCa {
  readonly certificate: Certificate;
  readonly artefact: GivenCa["artefact"];
  readonly sameKey: readonly GivenCertificate[];
  readonly compared: readonly GivenCertificate[];
  readonly namesakes: readonly GivenCertificate[];
  readonly isAnother: boolean;
  readonly verification: Verdict;
  readonly #lists: readonly (readonly GivenCertificate[])[];
  readonly #ofKey: readonly GivenCertificate[];

  /** @param of the other properties; `lists` contain the given certificates, and `ofKey` all of them with its key */
  constructor(
    { certificate, artefact }: GivenCertificate,
    of: Omit<GivenCa, "others" | keyof GivenCertificate> & {
      readonly lists: readonly (readonly GivenCertificate[])[];
      readonly ofKey: readonly GivenCertificate[];
    },
  ) {
    this.certificate = certificate;
    this.artefact = artefact;
    this.sameKey = of.sameKey;
    this.compared = of.compared;
    this.namesakes = of.namesakes;
    this.isAnother = of.isAnother;
    this.verification = of.verification;
    this.#lists = of.lists;
    this.#ofKey = of.ofKey;
  }

  get others(): readonly GivenCertificate[] {
    return except(this.#lists.flat(), this.#ofKey);
  }
}

/** Returns the certificates of a list that are not excluded. Both lists may contain thousands. */
function except(list: readonly GivenCertificate[], excluded: readonly GivenCertificate[]): readonly GivenCertificate[] {
  const without = new Set(excluded);
  return list.filter((given) => !without.has(given));
}

function choose(
  crl: Crl,
  candidates: readonly GivenCertificate[],
  verdictOf: (given: GivenCertificate) => Verdict,
  from: CandidatesFrom,
  trusted: (list: readonly GivenCertificate[]) => readonly GivenCertificate[],
): { readonly taken: GivenCertificate; readonly by: Pairing["by"] } | undefined {
  const [only] = candidates;
  const isOnly = only !== undefined && candidates.length === 1;
  if (isOnly && from !== "store") return { taken: only, by: "only-certificate" };
  const named = namedBy(crl, candidates);
  const bySignature = best(crl, trusted(findSigners(crl, candidates, named, verdictOf)));
  if (bySignature !== undefined) return { taken: bySignature, by: "signature" };
  const byIdentifier = best(crl, trusted(named));
  if (byIdentifier !== undefined) return { taken: byIdentifier, by: "aki" };
  const taken = indexOf(candidates).keys === 1 ? best(crl, trusted(candidates)) : undefined;
  if (taken === undefined) return undefined;
  if (from !== "store") return { taken, by: "only-certificate" };
  // A store has this CA under another key only: its certificate shows nothing about the CRL.
  const isOtherKey = matchesKeyIdentifier(crl, taken.certificate) === false && verdictOf(taken).verdict !== "valid";
  return isOtherKey ? undefined : { taken, by: "name" };
}

function describeNoneFound(candidates: number, { source }: Crl): string {
  const most = source.limits.candidates;
  return candidates <= most
    ? `none of the ${candidates} certificates given has the key that signed this CRL`
    : `neither the given certificates that this CRL names nor the first ${most} others have the key that signed it ` +
        `(--limit candidates=${candidates} tries all)`;
}

/** Returns the certificates whose key the CRL's authorityKeyIdentifier identifies. */
function namedBy(crl: Crl, candidates: readonly GivenCertificate[]): readonly GivenCertificate[] {
  const keyIdentifier = crl.authorityKeyIdentifier?.keyIdentifier;
  return keyIdentifier === undefined
    ? []
    : indexOf(candidates).withKeyIdentifier(contents(crl.source.bytes, keyIdentifier));
}

/**
 * Returns the certificates of the key that made the signature: only one key can have made it. Certificates that the CRL
 * identifies, by key or by a name that may be wrong, are tried first. Only a limited number of the others are tried:
 * otherwise a CRL of another CA would be verified with thousands of keys.
 */
function findSigners(
  crl: Crl,
  candidates: readonly GivenCertificate[],
  named: readonly GivenCertificate[],
  verdictOf: (given: GivenCertificate) => Verdict,
): readonly GivenCertificate[] {
  const signs = (given: GivenCertificate): boolean => verdictOf(given).verdict === "valid";
  const signer =
    named.find(signs) ??
    similarTo(crl, candidates).find(signs) ??
    candidates.slice(0, crl.source.limits.candidates).find(signs);
  return signer === undefined ? [] : indexOf(candidates).withKey(publicKeyOf(signer.certificate));
}

/** Returns the certificates whose subject looks like the issuer of the CRL. */
function similarTo({ issuer, source }: Crl, candidates: readonly GivenCertificate[]): readonly GivenCertificate[] {
  return issuer === undefined ? [] : indexOf(candidates).withSimilarSubject(bytesOf(source.bytes, issuer));
}

/** A condition on the certificate of a CRL's issuer. */
type Condition = (crl: Crl, certificate: Certificate) => boolean;

/**
 * The conditions of RFC 5280 6.3.3 (f), the most important first. The name comes after those on who may sign CRLs: a
 * certificate with the CA's key that is not a CA's does not show that its subject is the CA's name. The name comes
 * before the validity: a CA may have had another name, and its CRL then belongs to the certificate with that name.
 */
const conditions: readonly Condition[] = [
  // 6.1.4 (k): other means than the certificate show that one of version 1 or 2 is a CA's.
  (crl, certificate) => certificate.version < 3 || isCaOrCrlSigner(crl, certificate),
  (_, certificate) => maySignCrls(certificate),
  matchesSubject,
  // 6.1.1 (d): the validity of a trust anchor is not checked.
  ({ thisUpdate }, { selfIssued, notAfter }) =>
    selfIssued || !((notAfter.seconds ?? Number.NaN) < (thisUpdate?.seconds ?? Number.NaN)),
];

/** Conditions that a renewed certificate need not meet: they only choose the one to name. */
const preferences: readonly Condition[] = [
  (crl, certificate) => matchesKeyIdentifier(crl, certificate) !== false,
  ({ thisUpdate }, { notBefore }) => (thisUpdate?.seconds ?? Number.NaN) >= (notBefore.seconds ?? Number.NaN),
];

/**
 * Returns the certificates of one key (renewals, cross-certificates) that may be the issuing CA's. Those that do not
 * meet a condition are left out if others meet it, so all that remain meet the same conditions.
 */
function narrow(
  crl: Crl,
  ofKey: readonly GivenCertificate[],
  by: readonly Condition[] = conditions,
): readonly GivenCertificate[] {
  let list = ofKey;
  for (const holds of by) {
    if (list.length < 2) break;
    const some = list.filter(({ certificate }) => holds(crl, certificate));
    if (some.length > 0) list = some;
  }
  return list;
}

/** Returns the certificate of one key that fits the CRL best. */
function best(crl: Crl, fitting: readonly GivenCertificate[]): GivenCertificate | undefined {
  return narrow(crl, fitting, [...conditions, ...preferences])[0];
}

/**
 * Returns the certificates of a list whose subject is that of a trusted one. Anyone can write a key and a name into a
 * certificate, so one that only accompanies the CRL does not show the CA's name if the user gave another.
 */
function withNamesOf(
  trusted: readonly GivenCertificate[],
  list: readonly GivenCertificate[],
): readonly GivenCertificate[] {
  if (trusted.length === list.length) return list;
  const nameOf = ({ certificate }: GivenCertificate): string => {
    const { bytes, subject } = sketchOf(certificate);
    return mapKey(bytes, subject);
  };
  const names = new Set(trusted.map(nameOf));
  return list.filter((given) => names.has(nameOf(given)));
}

/** Whether issuer, key identifier and signature all disagree, as far as each is known: the CRL is another CA's. */
function isAnother(crl: Crl, sameKey: readonly GivenCertificate[], verification: Verdict): boolean {
  if (crl.issuer === undefined || verification.verdict === "valid") return false;
  if (sameKey.some(({ certificate }) => matchesSubject(crl, certificate))) return false;
  const identifiers = new Set(sameKey.map(({ certificate }) => matchesKeyIdentifier(crl, certificate)));
  if (identifiers.has(true)) return false;
  // Without a signature and an identifier, a different name does not prove that the CRL is another CA's.
  return verification.verdict === "invalid" || identifiers.has(false);
}

function reason(by: Pairing["by"], candidates: number): string {
  switch (by) {
    case "only-certificate":
      return candidates === 1 ? "the only certificate given" : "the certificates given have one key";
    case "option":
      return "named as the issuer";
    case "signature":
      return "the certificate whose key signed this CRL";
    case "name":
      return candidates === 1
        ? "the only certificate in the store with this name"
        : "the certificates in the store with this name have one key";
    default:
      return "the certificate whose subjectKeyIdentifier the CRL's authorityKeyIdentifier names";
  }
}

function describePairing(by: Pairing["by"], candidates: number, verification: Verdict): string {
  const why = reason(by, candidates);
  return by === "signature" ? why : `${why}; ${signatureText(verification)}`;
}

function signatureText(verification: Verdict): string {
  if (verification.verdict === "valid") return "its key signed this CRL";
  if (verification.verdict === "invalid") return "its key did not sign this CRL";
  return `its key was not tried: ${verification.why}`;
}
