import type { Crl } from "../crl/crl.ts";
import type { CertificatesInScope, ExpectedCertificates } from "../given/certificates.ts";
import type { Disclosure, GivenCa, Scope, Stated } from "../given/given.ts";
import type { GivenCrl, OtherCrl, Transport } from "../given/other-crl.ts";
import type { ShardPosition } from "../given/shards.ts";
import type { Identity } from "../input/kinds.ts";
import type { Artefact, ObjectCounts } from "../input/read.ts";
import type { PemFaultGroup } from "../pem/fault.ts";
import type { Verdict, Verifier } from "../verify/verifier.ts";

/** One CRL and everything that rules can use to check it, gathered before the first rule runs. */
export interface Subject {
  readonly crl: Crl;
  readonly artefact: Artefact;
  /** What the input is, by its content. */
  readonly identity: Identity;
  readonly pemFaults: readonly PemFaultGroup[];
  readonly objectsInFile: ObjectCounts;
  readonly ca: GivenCa | undefined;
  /** Why none of the certificates given was taken as the issuing CA. */
  readonly noCaFound: string | undefined;
  readonly verification: Verdict;
  readonly verifier: Verifier | undefined;
  readonly scope: Scope;
  /** The time to lint as of: in seconds since 1970, or the CRL's own thisUpdate. */
  readonly now: number | "thisUpdate" | undefined;
  /** For how many seconds after `now` the CRL must be valid, at least. */
  readonly minimumValidity: number | undefined;
  readonly stated: Stated;
  readonly previous: OtherCrl | undefined;
  readonly base: OtherCrl | undefined;
  readonly certificates: CertificatesInScope | undefined;
  readonly expected: ExpectedCertificates | undefined;
  readonly shards: ShardPosition | undefined;
  readonly disclosedUrls: readonly string[] | undefined;
  readonly disclosure: Disclosure | undefined;
  /** Whether a CCADB export was given, even if it has no record of the CA. */
  readonly hasCcadb: boolean;
  readonly url: string | undefined;
  readonly transport: Transport | undefined;
  readonly copies: readonly GivenCrl[] | undefined;
  readonly tbsWas: GivenCrl | undefined;
}
