import type { Pairing, Scope } from "../given/given.ts";
import type { DifferenceKind, RowMark } from "../name/difference.ts";
import type { DocumentId } from "../sources/documents.ts";
import type { FittingBaselines, ProfileId, SourceId } from "../sources/profiles.ts";

/** Severity of a finding. MUST and SHALL are errors, SHOULD and NOT RECOMMENDED warnings, advice is a notice. */
export type Severity = "error" | "warning" | "notice";

/** Severities from low to high. */
export const severities = ["notice", "warning", "error"] as const satisfies readonly Severity[];

/** Whether `a` is at least as high as `b`. */
export function isAtLeast(a: Severity, b: Severity): boolean {
  return severities.indexOf(a) >= severities.indexOf(b);
}

/** A range of bytes in one artefact. All text in it is escaped. */
export interface Location {
  /** Name of the file as given. */
  readonly file: string;
  /** ASN.1 path: `tbsCertList.issuer`. Empty for the whole artefact. */
  readonly path: string;
  /** Zero-based offset of the first byte in the DER. */
  readonly offset: number;
  /** Number of bytes. */
  readonly length: number;
  /** For an entry of revokedCertificates: its serial, bytes in hexadecimal with colons. */
  readonly serial?: string;
  /** Position of the object in its file, if it is not the whole file. `offset` counts from the object's first byte. */
  readonly object?: {
    /** Offset of its first byte in the file, or in the message that was decoded from text. */
    readonly offset: number;
    /** The container: `PKCS#7`, `LDIF certificateRevocationList;binary`. */
    readonly in?: string;
  };
  /** For PEM input: line and column of the base64 of the first byte and after the last byte, counted from 1. */
  readonly pem?: {
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
  };
}

/** The sentence of a document that a finding violates. */
export interface Cite {
  readonly source: SourceId;
  readonly documentId: DocumentId;
  /** Name with version: `CABF TLS BR 2.2.6`. */
  readonly document: string;
  readonly section: string;
  /** Word for word; absent for a table, for ASN.1, and for a text that was not read. */
  readonly quote?: string;
  readonly url?: string;
}

/** One attribute of an RDN. */
export interface ComparedAttribute {
  readonly type: string;
  readonly oid: string;
  /** ASN.1 string type in full: `UTF8String`. */
  readonly string: string;
  readonly text: string;
  /** Set if the value is not valid text; `text` is then `#` and the bytes of its TLV in hexadecimal. */
  readonly undecoded?: true;
  /** Offset of the value's identifier byte. */
  readonly offset: number;
}

/** One RDN on one side of a comparison. */
export interface ComparedRdn {
  /** Zero-based index in its Name. */
  readonly index: number;
  readonly offset: number;
  /** Number of bytes of its TLV. */
  readonly length: number;
  /** Bytes of its TLV in hexadecimal, without separators: the first 256. */
  readonly hex: string;
  readonly attributes: readonly ComparedAttribute[];
}

/** One line of the comparison: the RDN on each side, and how they relate. */
export interface ComparedRow {
  /** Relation of the CRL's RDN to the CA's subject: `=`, `#3`, `type`, `text`, ...; see `RowMark`. */
  readonly mark: RowMark;
  /** Zero-based index on the right side of the bytes on the left side. */
  readonly foundAt?: number;
  readonly crl?: ComparedRdn;
  readonly ca?: ComparedRdn;
}

/** Bytes around the first difference on one side. */
export interface HexExcerpt {
  readonly path: string;
  /** Offset of the first byte shown. */
  readonly offset: number;
  /** Bytes in hexadecimal, without separators. */
  readonly hex: string;
}

/** Two Names compared RDN by RDN: the diagnosis of issuer/not-byte-identical. */
export interface NameComparison {
  /** Primary kind of the difference: `reversed`, `string-type`, ... */
  readonly difference: DifferenceKind;
  /** All kinds that apply. */
  readonly differences: readonly DifferenceKind[];
  /** The difference in words: "same RDNs, reversed order". */
  readonly summary: string;
  /** Zero-based index of the first byte of the Name TLV in which the two differ. */
  readonly firstDifferingByte: number;
  readonly rdns: readonly ComparedRow[];
  /** RDNs that are not listed because there are too many. */
  readonly omitted: number;
  readonly excerpt: {
    readonly crl: HexExcerpt;
    readonly ca: HexExcerpt;
    /** Index of the first differing byte within the excerpts. */
    readonly differsAt: number;
  };
}

/**
 * The reason why a finding does not count. The finding remains in machine reports, so auditors see what was accepted.
 */
export interface Suppressed {
  /** Reason for accepting it, in the user's words. */
  readonly reason: string;
  /** Last day on which it is accepted, `YYYY-MM-DD` in UTC. */
  readonly until?: string;
  /** Source of the suppression: the configuration or the baseline. */
  readonly by: "config" | "baseline";
}

/** One defect: where it is, what it violates, and how to fix it. All text in it is escaped. */
export interface Finding {
  /** Rule id, or an id beginning with `crllint/` for findings about crllint's own work. */
  readonly rule: string;
  readonly severity: Severity;
  /** The defect, lower case; names the field and its value. */
  readonly message: string;
  readonly location: Location;
  /** Number of entries, for a finding about entries. */
  readonly count?: number;
  /** The first of the entries, for a finding about entries. */
  readonly entries?: readonly Location[];
  readonly related: readonly Location[];
  readonly cites: readonly Cite[];
  readonly notes: readonly string[];
  /** The fix, imperative. */
  readonly help: string;
  readonly names?: NameComparison;
  /** Set if the finding does not count. Its rule has failed nevertheless. */
  readonly suppressed?: Suppressed;
}

/** Outcome of a rule; `off` if it was switched off. `why` then names the setting that did it. */
export type RuleStatus = "passed" | "failed" | "skipped" | "not-in-force" | "not-applicable" | "crashed" | "off";

/** Outcome of one rule of the profile on one CRL, with the reason unless it simply passed. */
export interface RuleOutcome {
  readonly rule: string;
  readonly status: RuleStatus;
  readonly why?: string;
  /** Number of violations; entries are counted one by one. */
  readonly count: number;
}

/**
 * Meaning of a run for a gate. `pass`: every core check was made, and no finding fails. `fail`: a finding fails.
 * `undecided`: a core check was not made, an input could not be read, or a rule crashed.
 */
export type RunVerdict = "pass" | "fail" | "undecided";

/**
 * Outcome of a core check. A CRL passes only if both were made: the comparison of its issuer with the CA's subject, and
 * the verification of its signature with the CA's key. A check of what the call expects has an outcome only if the call
 * leaves it out.
 */
export interface CoreCheck {
  /** Rule that makes it. */
  readonly rule: string;
  /**
   * `made`; `left-out` if the caller asked for it; `not-made` if an input was missing; `prevented` by a fault of the
   * CRL that another finding reports.
   */
  readonly status: "made" | "left-out" | "not-made" | "prevented";
  /**
   * Reason why it was not made, lower case: `issuer not compared (--no-issuer)`. For a check that was made: its limits.
   */
  readonly why?: string;
}

/** The status of a certificate by RFC 5280 6.3.3: `undetermined` if the CRLs given do not decide it. */
export type Status = "good" | "revoked" | "undetermined";

/** The entry of a CRL that lists a certificate. */
export interface Revocation {
  /** Name of the file of the CRL. */
  readonly crl: string;
  /** Position in revokedCertificates, from 1. */
  readonly entry: number;
  /** Value of the reasonCode: `keyCompromise (1)`; absent if the entry has none. */
  readonly reason?: string;
  /** revocationDate in ISO 8601; absent if it cannot be read. */
  readonly date?: string;
  readonly location: Location;
}

/** A CRL that was not used to determine the status of a certificate. */
export interface UnusedCrl {
  /** Name of the file of the CRL. */
  readonly crl: string;
  /** Section of RFC 5280 whose condition it does not meet: `6.3.3 (b)(2)(i)`. */
  readonly section: string;
  /** The condition, lower case: `its issuer is not that of the certificate`. */
  readonly why: string;
  readonly location: Location;
  /** The bytes of the certificate that the CRL was compared with. */
  readonly related: readonly Location[];
}

/** Reason why clients may see another status, although RFC 5280 6.3.3 decides this one. */
export interface StatusNote {
  /** Section of RFC 5280 that it is about: `7.1`. */
  readonly section: string;
  /** Limit of the status, lower case. */
  readonly why: string;
  /** Advice to remove the limit: imperative, lower case. */
  readonly fix: string;
}

/** The status of one certificate, and the evidence. All text is escaped. */
export interface CertificateStatus {
  /** Name of the file of the certificate. */
  readonly certificate: string;
  /** Its subject, as an RFC 4514 string. */
  readonly subject: string;
  /** Its serial in hexadecimal. */
  readonly serial: string;
  readonly status: Status;
  readonly revocation?: Revocation;
  /** Reason why the status is undetermined, lower case. */
  readonly why?: string;
  /** Names of the files of the CRLs that were used. */
  readonly used: readonly string[];
  /** Limits of the status: clients may not use a CRL that was used. */
  readonly notes: readonly StatusNote[];
  readonly unused: readonly UnusedCrl[];
  /** The whole certificate. */
  readonly location: Location;
}

/** Contents of a CRL, as evidence of what was linted. All text is escaped; a field that cannot be read is absent. */
export interface CrlFacts {
  /** The time that the CRL was linted as of, in ISO 8601; absent without a clock. */
  readonly asOf?: string;
  readonly thisUpdate?: string;
  readonly nextUpdate?: string;
  /** cRLNumber in decimal, or in hexadecimal if it is long. */
  readonly number?: string;
  /** Size of its DER in bytes. */
  readonly size: number;
  /** Its issuer, as an RFC 4514 string. */
  readonly issuer?: string;
  /** Subject of the CA certificate, as an RFC 4514 string. */
  readonly subject?: string;
  /** Name of the signature algorithm. */
  readonly algorithm?: string;
}

/** All results for one CRL, or for an input that should be one; or the status of a certificate. */
export interface Run {
  /** Name of the file as given. */
  readonly crl: string;
  /** Subject of the run; `certificate` if `crllint status` determined its status. */
  readonly form: "crl" | "tbs" | "certificate";
  /** The status, if the run is about a certificate. */
  readonly certificate?: CertificateStatus;
  /** SHA-256 of the DER, if a digest function is available. */
  readonly sha256?: string;
  /** SHA-256 of the DER of its issuer, if a digest function is available; all CRLs of a CA have the same. */
  readonly issuerSha256?: string;
  /** Contents of the CRL; absent if a report does not need them, and for an input that is not a CRL. */
  readonly facts?: CrlFacts;
  /** Meaning of the run for a gate. */
  readonly verdict: RunVerdict;
  /**
   * Whether the input was read, and every core check was made or was left out by the caller. If not, the run is
   * undecided.
   */
  readonly judged: boolean;
  /**
   * The core checks on a CRL, in a fixed order, then those checks of what the call expects that it leaves out; empty for
   * an input that is not a CRL.
   */
  readonly core: readonly CoreCheck[];
  readonly pairing?: Pairing;
  readonly scope: Scope;
  readonly profiles: readonly ProfileId[];
  /** Baseline Requirements that the profiles apply because of what the CA issues; absent if none depends on it. */
  readonly baselines?: FittingBaselines;
  /** Number of entries in revokedCertificates. */
  readonly entries: number;
  readonly signature: { readonly verdict: "valid" | "invalid" | "not-checked"; readonly why?: string };
  readonly findings: readonly Finding[];
  readonly rules: readonly RuleOutcome[];
}

/** The properties of a run about something else than a CRL: a record, a file of settings, an input that is not linted. */
export const withoutCrl = {
  core: [],
  scope: { kind: "unknown", evidence: "no CRL" },
  entries: 0,
  signature: { verdict: "not-checked", why: "no CRL" },
} as const satisfies Partial<Run>;

/** Numbers of files that a call has looked at, by their contents. A file may have both CRLs and certificates. */
export interface LookedAt {
  readonly files: number;
  /** Directories that were given and searched. */
  readonly directories: number;
  /** Files with CRLs. */
  readonly crls: number;
  /** Files with certificates. */
  readonly certificates: number;
  /** Files that cannot be read. */
  readonly unreadable: number;
  /** Files with neither, by kind: `text`, `zip`, `private-key`, ... */
  readonly neither: Readonly<Record<string, number>>;
}

/** The results of one call. */
export interface Report {
  /** Version of the json report. */
  readonly version: 2;
  readonly tool: { readonly name: "crllint"; readonly version: string };
  /** Set if only one part of the inputs was linted: its number, from 1, and the number of parts. */
  readonly shard?: { readonly index: number; readonly of: number };
  /** The files that the operands of the call refer to; set if there are directories among them. */
  readonly inputs?: LookedAt;
  readonly runs: readonly Run[];
}
