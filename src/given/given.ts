import type { Certificate } from "../cert/certificate.ts";
import type { Artefact } from "../input/read.ts";
import type { Verdict } from "../verify/verifier.ts";
import type { CaRecord } from "./ccadb.ts";

/** A certificate that was given. */
export interface GivenCertificate {
  readonly certificate: Certificate;
  readonly artefact: Artefact;
}

/** The certificate taken as the issuing CA's, and the evidence for that. */
export interface GivenCa extends GivenCertificate {
  /** Certificates given that have the same key, this one first (renewals, cross-certificates). */
  readonly sameKey: readonly GivenCertificate[];
  /** Certificates given that have another key. They may be thousands. */
  readonly others: readonly GivenCertificate[];
  /** Those of them whose subject is the CRL's issuer, byte for byte. */
  readonly namesakes: readonly GivenCertificate[];
  /** Whether issuer, key identifier and signature all show that this is not the issuing CA of the CRL. */
  readonly isAnother: boolean;
  /** The verification of the CRL's signature with its key. */
  readonly verification: Verdict;
}

/** The records of a CA in a CCADB export. */
export interface Disclosure {
  readonly record: CaRecord;
  /** Records of other certificates with the same key. */
  readonly siblings: readonly CaRecord[];
}

/** What the user, or the CA in the CCADB, states about a CRL. */
export interface Stated {
  /** Full and complete, or one of several partitions. */
  readonly completeness?: "full" | "partitioned";
  /** The option that states it: `--full`, `--partitioned` or `--shards`. */
  readonly completenessBy?: string;
  /** What the CCADB record of the CA discloses the CRL as, if an export is given and shows it. */
  readonly disclosedAs?: "full" | "partitioned";
  /** Whether it is linted before it is signed: its times may then be in the future. */
  readonly beforeSigning: boolean;
  /** Whether it is published: it was fetched, or its URL was given. */
  readonly isLive: boolean;
}

/** Which certificate was taken as the issuing CA, and why. */
export interface Pairing {
  readonly by: "only-certificate" | "signature" | "aki" | "option" | "name";
  /** Name of the file with the certificate. */
  readonly certificate: string;
  /** SHA-256 of the certificate, if a digest function is available. */
  readonly sha256?: string;
  /** In words: "the only certificate given; its key signed this CRL". */
  readonly why: string;
  /** Other certificates given that have the same key. */
  readonly sameKey: readonly string[];
}

/** The kind of certificates that the CRL covers. */
export type ScopeKind = "subscriber" | "ca" | "both" | "timestamp" | "unknown";

/** The kind of certificates that the CRL covers, and the evidence. */
export interface Scope {
  readonly kind: ScopeKind;
  readonly evidence: string;
}
