import type { Certificate } from "../cert/certificate.ts";
import type { Artefact } from "../input/read.ts";
import type { Verdict } from "../verify/verifier.ts";
import type { CaRecord } from "./ccadb.ts";

/** A certificate that was given, as it was read. */
export interface GivenCertificate {
  readonly certificate: Certificate;
  readonly artefact: Artefact;
}

/** The certificate taken as the issuing CA, and what is known of whether it is. */
export interface GivenCa extends GivenCertificate {
  /** Certificates given that hold the same key, this one first (renewals, cross-certificates). */
  readonly sameKey: readonly GivenCertificate[];
  /** Certificates given that hold another key. */
  readonly others: readonly GivenCertificate[];
  /** Set where issuer, key identifier and signature all say that this is not the issuing CA of the CRL. */
  readonly isAnother: boolean;
  /** The check of the CRL's signature with its key. */
  readonly verification: Verdict;
}

/** What an export of the CCADB says of a CA. */
export interface Disclosure {
  readonly record: CaRecord;
  /** Records of other certificates with the same key. */
  readonly siblings: readonly CaRecord[];
}

/** What the user says of a CRL. */
export interface Stated {
  /** Full and complete, or one of several partitions. */
  readonly completeness?: "full" | "partitioned";
  /** By what it was said: `--full`, `--partitioned` or `--shards`. */
  readonly completenessBy?: string;
  /** Judged before it is signed, so that it may lie ahead of the clock. */
  readonly beforeSigning: boolean;
}

/** Which certificate was taken as the issuing CA, and why. */
export interface Pairing {
  readonly by: "only-certificate" | "signature" | "aki" | "option" | "name";
  /** Name of the file that holds the certificate. */
  readonly certificate: string;
  /** SHA-256 of the certificate, where a digest function is at hand. */
  readonly sha256?: string;
  /** In words: "the only certificate given; its key signed this CRL". */
  readonly why: string;
  /** Other certificates given that hold the same key. */
  readonly sameKey: readonly string[];
}

/** What kind of certificates the CRL covers. */
export type ScopeKind = "subscriber" | "ca" | "both" | "timestamp" | "unknown";

/** What kind of certificates the CRL covers, and by which evidence. */
export interface Scope {
  readonly kind: ScopeKind;
  readonly evidence: string;
}
