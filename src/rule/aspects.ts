import type { AlgorithmIdentifier, CrlNumber } from "../crl/crl.ts";
import type { Span, Tlv } from "../der/span.ts";
import type { Moment } from "../der/time.ts";
import type { AuthorityKeyIdentifier } from "../extension/authority-key-identifier.ts";
import type { Extension, Extensions } from "../extension/extension.ts";
import type { IssuingDistributionPoint } from "../extension/issuing-distribution-point.ts";
import type { CertificatesInScope } from "../given/certificates.ts";
import type { SetPosition } from "../given/crl-set.ts";
import type { Disclosure, GivenCa } from "../given/given.ts";
import type { Manifest } from "../given/manifest.ts";
import type { GivenCrl, OtherCrl, Transport } from "../given/other-crl.ts";
import type { ShardPosition } from "../given/shards.ts";
import type { Name } from "../name/parse.ts";
import type { Verdict, Verifier } from "../verify/verifier.ts";

/**
 * Fields of the CRL and further inputs that a rule can look at. The context has each one that the rule names, under
 * this name. If one is missing, the rule does not run, and the report states why. It is skipped if an input was not given
 * or a field cannot be read, and not applicable if the CRL does not have the field.
 */
export interface Inputs {
  /** The certificate given for the issuing CA; missing if it is evidently another CA's. */
  readonly ca: GivenCa;
  /** The certificate given for the issuing CA, even if it is evidently another CA's. */
  readonly givenCa: GivenCa;
  /** All extensions of the certificates with the CA's key; missing if one of the lists cannot be read to its end. */
  readonly caExtensions: true;
  /** A signed CertificateList, not a bare TBSCertList. */
  readonly signed: true;
  /** The verification of the signature with the CA's key. */
  readonly verification: Verdict;
  /** Cryptographic digests. */
  readonly verifier: Verifier;
  readonly tbsCertList: Tlv;
  readonly version: Tlv & { readonly value: number | undefined };
  readonly signature: AlgorithmIdentifier;
  readonly issuer: Name;
  readonly thisUpdate: Moment;
  readonly nextUpdate: Moment;
  readonly revokedCertificates: Tlv;
  readonly crlExtensions: Extensions;
  readonly crlNumber: CrlNumber;
  readonly deltaCrlIndicator: CrlNumber;
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier;
  readonly issuingDistributionPoint: IssuingDistributionPoint;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signatureValue: Tlv & { readonly bits: Span };
  /** The time to lint as of, in seconds since 1970. */
  readonly now: number;
  /** Minimum number of seconds after `now` for which the CRL must be valid. */
  readonly minimumValidity: number;
  /** The CRL that this one replaces. */
  readonly previous: OtherCrl;
  /**
   * `previous`, if it is of the same series: numbers and times of other CRLs cannot be compared. The two may still be
   * different partitions if their issuingDistributionPoints differ and have no name in common. `src/lint/rule-run.ts`
   * then caps each finding of the rule at a warning, also of a rule that looks at one of the next four inputs.
   */
  readonly previousOfSeries: OtherCrl;
  /**
   * `previousOfSeries`, even if it is newer: a CRL that replaces it loses its number and its entries. Missing if the
   * CRL was fetched, because servers return older copies.
   */
  readonly replaced: OtherCrl;
  /** `replaced` by a complete CRL, if the entries of both can be read. */
  readonly replacedEntries: OtherCrl;
  /** `previousOfSeries`, if it is older. */
  readonly predecessor: OtherCrl;
  /** `predecessor` of a complete CRL, if the entries of both can be read: other entries cannot be compared. */
  readonly predecessorEntries: OtherCrl;
  /** The complete CRL that this delta CRL updates. */
  readonly base: OtherCrl;
  /** `base`, if a client may combine it with the delta CRL (RFC 5280 5.2.4). */
  readonly combinableBase: OtherCrl;
  /** Certificates that the CRL may list. */
  readonly certificates: CertificatesInScope;
  /** Certificates that the user expects to be revoked. */
  readonly expectedRevoked: CertificatesInScope;
  /** Certificates that the user expects to be good. */
  readonly expectedGood: CertificatesInScope;
  /** The set of partitions of one CA that the CRL belongs to, and its position in the set. */
  readonly shards: ShardPosition;
  /** The URLs that the CA has disclosed for its CRLs, as an array in the CCADB. */
  readonly disclosedUrls: readonly string[];
  /** The record of the CA in an export of the CCADB, and the records of others with its key. */
  readonly disclosure: Disclosure;
  /** The URL that the CRL was, or will be, served from. */
  readonly url: string;
  /** The HTTP response with the CRL. */
  readonly transport: Transport;
  /** The CRLs at other URLs that must return this CRL. */
  readonly copies: readonly GivenCrl[];
  /** The CRL that was linted before signing: its tbsCertList must be that of this CRL. */
  readonly tbsWas: GivenCrl;
  /** The other CRLs of the call, if they are not partitions of one CA, and its certificates. */
  readonly together: SetPosition;
  /** The manifest of the RPKI that must list the CRL. */
  readonly manifest: Manifest;
}

/** Name of a field or of a further input. */
export type Input = keyof Inputs;

/** Another CRL that the CRL is compared with: the one that it replaces, or the complete one that it updates. */
export type OtherCrlRole = "previous" | "base";

/** The inputs that are other CRLs. */
type OtherCrlInput = { [I in Input]: Inputs[I] extends OtherCrl ? I : never }[Input];

/** The role of the other CRL, for each input that is one. */
const otherCrlRoles: Readonly<Record<OtherCrlInput, OtherCrlRole>> = {
  previous: "previous",
  previousOfSeries: "previous",
  replaced: "previous",
  replacedEntries: "previous",
  predecessor: "previous",
  predecessorEntries: "previous",
  base: "base",
  combinableBase: "base",
};

/** Counts that are kept while the entries are read once. */
export type EntryCount =
  | "serialsNotPositive"
  | "wrongTimeTypes"
  | "withExtensions"
  | "emptyExtensionLists"
  | "repeatedExtensions"
  | "reasonsNotEnumerated"
  | "invalidityDatesDiffering"
  | "invalidityDatesAfterRevocation"
  | "invalidityDatesUtcTime"
  | "repeatedSerials";

/** Parts of a CRL that are nearly always alike; see `src/lint/uncommon.ts`. */
export type Uncommon =
  /** A signature algorithm other than RSA and ECDSA with the SHA-2 family. */
  | "algorithm"
  /** An issuer that is not the subject of one of the certificates with the CA's key, byte for byte. */
  | "issuer"
  /** Attributes of the issuer other than short text in the usual types. */
  | "issuer attributes"
  /** Extensions other than authorityKeyIdentifier, cRLNumber and issuingDistributionPoint. */
  | "extensions"
  /** General names other than plain http URIs. */
  | "general names"
  /** Entry extensions other than reasonCode. */
  | "entry extensions"
  /** A signature that does not verify. */
  | "signature";

/**
 * Things that only some CRLs have. If a CRL does not have one, nothing can be wrong with it: the rule passes without
 * running.
 *
 * - `faults`: errors that a reader recorded under the rule's id. One that the issuer inherits from the CA's subject,
 *   byte for byte, is lowered to a notice (`src/lint/rule-run.ts`).
 * - `extension OID ...`: one of these extensions in crlExtensions; see `extension`.
 * - `entries with extension OID`: one in crlEntryExtensions; see `entryExtension`.
 * - `entries with reason N ...`: entries with one of these values of the reasonCode; see `entryReason`.
 * - `entries: COUNT`: entries that a count includes, for example `entries: serialsNotPositive`.
 * - `uncommon PART`: a part of the CRL that differs from nearly all CRLs.
 */
export type Occasion =
  | "faults"
  | `extension ${string}`
  | `entries with extension ${string}`
  | `entries with reason ${string}`
  | `entries: ${EntryCount}`
  | `uncommon ${Uncommon}`;

/** Whether an extension is marked critical. */
export type Criticality = "critical" | "non-critical";

/** Anything that a rule can look at. */
export type Aspect = Input | Occasion;

/** All values that aspects can add to a context. */
interface AllProvided extends Inputs {
  /** The first of the extensions of crlExtensions that the rule looks at. */
  readonly extension: Extension;
}

/** Values that the context of a rule has because of the aspects that the rule looks at. */
export type Provided<A extends Aspect> = Pick<
  AllProvided,
  A extends Input
    ? A
    : A extends `extension ${string}`
      ? "crlExtensions" | "extension"
      : A extends `entries${string}`
        ? "revokedCertificates"
        : never
>;

/** Looks at extensions of crlExtensions with one of these object identifiers. */
export function extension(...oids: readonly [string, ...string[]]): `extension ${string}` {
  return `extension ${oids.join(" ")}`;
}

/** Looks at extensions of crlExtensions with this object identifier and criticality. */
export function markedExtension(oid: string, criticality: Criticality): `extension ${string}` {
  return `extension ${oid} ${criticality}`;
}

/** Looks at extensions of crlEntryExtensions with this object identifier, and with this criticality if one is given. */
export function entryExtension(oid: string, criticality?: Criticality): `entries with extension ${string}` {
  return `entries with extension ${oid}${criticality === undefined ? "" : ` ${criticality}`}`;
}

/** Looks at entries whose reasonCode has one of these values; `noReason` for entries without one. */
export function entryReason(...values: readonly [number, ...number[]]): `entries with reason ${string}` {
  return `entries with reason ${values.join(" ")}`;
}

/** Returns the input that an aspect depends on; undefined if there is none. */
export function inputFor(aspect: Aspect): Input | undefined {
  if (!isOccasion(aspect)) return aspect;
  if (aspect.startsWith("extension ")) return "crlExtensions";
  return aspect.startsWith("entries") ? "revokedCertificates" : undefined;
}

/** Returns the role of the other CRL that an aspect is; undefined if it is something else. */
export function otherCrlRole(aspect: Aspect): OtherCrlRole | undefined {
  return Object.hasOwn(otherCrlRoles, aspect) ? otherCrlRoles[aspect as OtherCrlInput] : undefined;
}

/** Whether an aspect is an occasion, not a field or an input. */
export function isOccasion(aspect: Aspect): aspect is Occasion {
  return aspect === "faults" || aspect.includes(" ");
}

const valuesByOccasion = new Map<Occasion, readonly string[]>();

/**
 * Returns the OIDs, or the values of the reasonCode, in the text of an occasion. The text is read once for all CRLs.
 */
export function valuesIn(occasion: Occasion): readonly string[] {
  let values = valuesByOccasion.get(occasion);
  if (values === undefined) {
    values = occasion.split(" ").filter((word) => /^-?\d/u.test(word));
    valuesByOccasion.set(occasion, values);
  }
  return values;
}

/** Whether the text of an occasion allows an extension with this criticality. */
export function admits(occasion: Occasion, critical: boolean): boolean {
  return !occasion.endsWith(critical ? " non-critical" : " critical");
}
