import type { Certificate } from "../cert/certificate.ts";
import type { Artefact } from "../input/read.ts";
import type { Verdict } from "../verify/verifier.ts";
import type { CaRecord } from "./ccadb.ts";

/** A certificate that was given. */
export interface GivenCertificate {
  readonly certificate: Certificate;
  readonly artefact: Artefact;
}

/** The certificate of the issuing CA, and the evidence for this choice. */
export interface GivenCa extends GivenCertificate {
  /** Given certificates with the same key, this one first (renewals, cross-certificates). */
  readonly sameKey: readonly GivenCertificate[];
  /**
   * The certificates of `sameKey` that may be the issuing CA's, this one first. All rules on whether the CA may have
   * issued the CRL look at these: RFC 5280 6.3.3 (f) requires one certificate that meets all conditions. They have the
   * same name if any has that of the CRL.
   */
  readonly compared: readonly GivenCertificate[];
  /** Given certificates with other keys. There may be thousands. */
  readonly others: readonly GivenCertificate[];
  /** The certificates among `others` whose subject is the CRL's issuer, byte for byte. */
  readonly namesakes: readonly GivenCertificate[];
  /** Whether issuer, key identifier and signature all show that this is not the issuing CA of the CRL. */
  readonly isAnother: boolean;
  /** Result of verifying the CRL's signature with its key. */
  readonly verification: Verdict;
}

/** The records of a CA in a CCADB export. */
export interface Disclosure {
  readonly record: CaRecord;
  /** Records of other certificates with the same key. */
  readonly siblings: readonly CaRecord[];
}

/** Statements of the user, or of the CA in the CCADB, about a CRL. */
export interface Stated {
  /** Whether the CRL is full and complete, or one of several partitions. */
  readonly completeness?: "full" | "partitioned";
  /** The option that states it: `--full`, `--partitioned` or `--shards`. */
  readonly completenessBy?: string;
  /** The kind of CRL that the CCADB record of the CA discloses, if an export is given and shows it. */
  readonly disclosedAs?: "full" | "partitioned";
  /** Whether it is linted before it is signed: its times may then be in the future. */
  readonly beforeSigning: boolean;
  /** Whether it is published: it was fetched, or its URL was given. */
  readonly isLive: boolean;
}

/** The certificate chosen as that of the issuing CA, and the reason. */
export interface Pairing {
  readonly by: "only-certificate" | "signature" | "aki" | "option" | "name";
  /** Name of the file with the certificate. */
  readonly certificate: string;
  /** SHA-256 of the certificate, if a digest function is available. */
  readonly sha256?: string;
  /** The reason in words: "the only certificate given; its key signed this CRL". */
  readonly why: string;
  /** Other given certificates with the same key. */
  readonly sameKey: readonly string[];
}

/** The kind of certificates that the CRL covers. */
export type ScopeKind = "subscriber" | "ca" | "both" | "timestamp" | "unknown";

/** The kind of certificates that the CRL covers, and the evidence. */
export interface Scope {
  readonly kind: ScopeKind;
  readonly evidence: string;
}
