import { compareEntries, type EntryChanges } from "../crl/changes.ts";
import { type Crl, findExtension, isDelta } from "../crl/crl.ts";
import { unreadEntries } from "../crl/entries.ts";
import { compareIntegers } from "../der/integer.ts";
import { bytesOf, contents, sameBytes, type Span } from "../der/span.ts";
import { identifySameKey } from "../extension/authority-key-identifier.ts";
import { extensionName, Oid } from "../extension/oids.ts";
import type { Artefact } from "../input/read.ts";
import type { Verdict } from "../verify/verifier.ts";
import { haveCommonName, namesOfCrl } from "./points.ts";

/** A CRL that was given to compare with. */
export interface GivenCrl {
  readonly crl: Crl;
  readonly artefact: Artefact;
}

/**
 * Extensions that define the scope of a CRL, including those of X.509 (cRLStreamIdentifier, crlScope). CRLs that differ
 * in one of them do not share a numbering sequence (RFC 5280 5.2.3).
 */
const scopeExtensions = [Oid.issuingDistributionPoint, "2.5.29.40", "2.5.29.44"] as const;

/** Reason why a base CRL cannot be combined with a delta CRL. It follows "the base CRL given". */
export type BaseMismatch =
  | "is a delta CRL itself"
  | "has another issuer"
  | "has another scope"
  | "has the later thisUpdate"
  | "is older than what the delta CRL starts from";

/** Another CRL to compare with: the one that the CRL replaces, or the base that a delta CRL updates. */
export class OtherCrl implements GivenCrl {
  readonly crl: Crl;
  readonly artefact: Artefact;
  readonly #current: Crl;
  readonly #verify: () => Verdict;
  #changes: EntryChanges | undefined;
  #addedDates: Float64Array | undefined;
  #verification: Verdict | undefined;

  /**
   * @param current the CRL being linted
   * @param given the other CRL
   * @param verify verifies the signature of `given` with the key of the CA
   */
  constructor(current: Crl, given: GivenCrl, verify: () => Verdict) {
    this.#current = current;
    this.crl = given.crl;
    this.artefact = given.artefact;
    this.#verify = verify;
  }

  /** Changes of entries from this CRL to the one being linted. Computed on first use. */
  get changes(): EntryChanges {
    this.#changes ??= compareEntries(this.crl, this.#current);
    return this.#changes;
  }

  /**
   * The revocationDate of each added entry in seconds since 1970, or NaN if unreadable. Kept because several rules use
   * it.
   */
  get addedDates(): Float64Array {
    this.#addedDates ??= this.#current.entries.datesOf(this.changes.added);
    return this.#addedDates;
  }

  /** Whether the CA's key made its signature. Not checked if that key did not sign the CRL being linted. */
  get verification(): Verdict {
    this.#verification ??= this.#verify();
    return this.#verification;
  }

  /** Whether both have the same tbsCertList: it is the same CRL, signed once or twice. */
  get isSame(): boolean {
    return sameSpan(this.crl, this.crl.tbsCertList, this.#current, this.#current.tbsCertList);
  }

  /** Whether both have the same issuer, byte for byte. */
  get sameIssuer(): boolean {
    return sameSpan(this.crl, this.crl.issuer, this.#current, this.#current.issuer);
  }

  /** Whether both identify the same key in authorityKeyIdentifier; undefined if one of them identifies none. */
  get sameKeyIdentifier(): boolean | undefined {
    return identifySameKey(this.crl, this.#current);
  }

  /** Whether one key signed both, or nothing shows otherwise. */
  get sameKey(): boolean {
    const { verdict } = this.verification;
    return verdict === "not-checked" ? this.sameKeyIdentifier !== false : verdict === "valid";
  }

  /** Object identifier of the first extension in which the scopes differ; undefined if they are the same. */
  get scopeDifference(): string | undefined {
    return scopeExtensions.find((oid) => !sameValue(valueOf(this.crl, oid), valueOf(this.#current, oid)));
  }

  /** Whether both have the same scope: mainly an equal issuingDistributionPoint, or none. */
  get sameScope(): boolean {
    return this.scopeDifference === undefined;
  }

  /**
   * Whether the issuingDistributionPoints have a distribution point name in common; undefined unless both have names.
   */
  get sharesPoint(): boolean | undefined {
    const [mine, other] = [namesOfCrl(this.crl), namesOfCrl(this.#current)];
    if (mine === undefined || other === undefined) return undefined;
    return haveCommonName(this.crl.source.bytes, mine, this.#current.source.bytes, other);
  }

  /**
   * Whether this one is of the same series although its issuer, key or issuingDistributionPoint differs. One key signed
   * both, or both have a distribution point name in common (RFC 5280 5.2.5), so clients treat one as the successor of
   * the other.
   */
  get isContinued(): boolean {
    if (this.sharesPoint === true) return true;
    const { verdict } = this.verification;
    return verdict === "valid" || (verdict === "not-checked" && this.sameKeyIdentifier === true);
  }

  /**
   * Whether the two cover different kinds of certificates: one only those of users, the other only those of CAs, for
   * example.
   */
  get coversOthers(): boolean {
    const kindOf = ({ issuingDistributionPoint: idp }: Crl) =>
      [idp?.onlyContainsUserCerts, idp?.onlyContainsCaCerts, idp?.onlyContainsAttributeCerts].findIndex(
        (flag) => flag?.value === true,
      );
    const [mine, other] = [kindOf(this.crl), kindOf(this.#current)];
    return mine !== -1 && other !== -1 && mine !== other;
  }

  /** Whether this one is a delta CRL: it has a deltaCRLIndicator, readable or not. */
  get isDelta(): boolean {
    return isDelta(this.crl);
  }

  /**
   * Whether its signature shows that it is another CA's, or damaged. A signature by a new key of the CA does not show
   * this.
   */
  get isForeign(): boolean {
    if (this.verification.verdict !== "invalid") return false;
    return !(this.sameIssuer && this.sameKeyIdentifier === false);
  }

  /** Whether this one has the later thisUpdate. */
  get isNewer(): boolean {
    return (this.crl.thisUpdate?.seconds ?? Number.NaN) > (this.#current.thisUpdate?.seconds ?? Number.NaN);
  }

  /** Whether both have the same cRLNumber and thisUpdate: each claims to be the CRL with that number. */
  get hasSameNumberAndTime(): boolean {
    const { crlNumber, thisUpdate, source } = this.crl;
    const current = this.#current;
    if (crlNumber === undefined || current.crlNumber === undefined) return false;
    if (thisUpdate?.seconds === undefined || thisUpdate.seconds !== current.thisUpdate?.seconds) return false;
    const number = contents(current.source.bytes, current.crlNumber);
    return compareIntegers(contents(source.bytes, crlNumber), number) === 0;
  }

  /** Reason why the two are not one series of one key, after "the previous CRL given"; undefined if they are. */
  get whyNotOfSeries(): string | undefined {
    if (this.isSame) return "is this CRL itself";
    if (this.isForeign) return "is not signed with the CA's key";
    if (!this.sameIssuer && !this.isContinued) return "has another issuer";
    if (!this.sameKey && this.sharesPoint !== true) return "is signed with another key";
    const oid = this.scopeDifference;
    const isOtherScope = oid !== Oid.issuingDistributionPoint || !this.isContinued || this.coversOthers;
    if (oid !== undefined && isOtherScope) return `has another ${extensionName(oid)}`;
    if (this.isDelta !== isDelta(this.#current)) return this.isDelta ? "is a delta CRL" : "is not a delta CRL";
    return undefined;
  }

  /** The first condition of RFC 5280 5.2.4 that prevents a client from combining a delta CRL with this one. */
  get whyNotCombinable(): BaseMismatch | undefined {
    if (this.isDelta) return "is a delta CRL itself";
    if (!this.sameIssuer) return "has another issuer";
    if (!this.sameScope) return "has another scope";
    if (this.isNewer) return "has the later thisUpdate";
    return this.isBelowBaseNumber ? "is older than what the delta CRL starts from" : undefined;
  }

  /** Whether its number is lower than the BaseCRLNumber of the CRL being linted (RFC 5280 5.2.4 (c)). */
  get isBelowBaseNumber(): boolean {
    const { crlNumber, source } = this.crl;
    const { deltaCrlIndicator } = this.#current;
    if (crlNumber === undefined || deltaCrlIndicator === undefined) return false;
    const wanted = contents(this.#current.source.bytes, deltaCrlIndicator);
    return compareIntegers(contents(source.bytes, crlNumber), wanted) < 0;
  }

  /** Reason why entries cannot be compared: one of the two lists cannot be read to its end. */
  get whyUnread(): string | undefined {
    for (const crl of [this.crl, this.#current]) {
      if (crl.entries.broken) return unreadEntries;
      const why = crl.unread.get("revokedCertificates");
      if (why !== undefined) return why;
    }
    return undefined;
  }
}

function sameSpan(a: Crl, one: Span | undefined, b: Crl, other: Span | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return sameBytes(bytesOf(a.source.bytes, one), bytesOf(b.source.bytes, other));
}

function sameValue(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameBytes(a, b);
}

function valueOf(crl: Crl, oid: string): Uint8Array | undefined {
  const value = findExtension(crl, oid)?.value;
  return value && contents(crl.source.bytes, value);
}

/** The HTTP response that contained a CRL. All text comes from a server and is not escaped. */
export interface Transport {
  /** The URL that was requested. */
  readonly url: string;
  /** The targets of redirects, in order. The response is from the last one. */
  readonly redirects: readonly string[];
  /** Status of the last response; 0 if there was none. */
  readonly status: number;
  /** Reason why the body is missing or incomplete, and its cause: the server, or possibly the network. */
  readonly failure?: { readonly why: string; readonly by: "server" | "anyone" };
  /** Header fields by their name in lower case. Repeated ones are joined by a comma and a space. */
  readonly headers: Readonly<Record<string, string>>;
  /** Set if the header fields state a content-encoding, and the body is a CRL without it. */
  readonly isUnencoded?: true;
  /** Milliseconds from the request to the last byte of the body. */
  readonly milliseconds: number;
  /** Time at which the body was complete, in seconds since 1970. */
  readonly receivedAt: number;
}
