import type { Crl } from "../crl/crl.ts";
import type { Identity } from "../input/kinds.ts";
import type { Artefact } from "../input/read.ts";
import type { PemFaultGroup } from "../pem/fault.ts";
import type { CertificatesInScope } from "../given/certificates.ts";
import type { GivenCrl, OtherCrl, Transport } from "../given/other-crl.ts";
import type { Scope } from "../given/given.ts";
import type { ExpectedCertificates } from "../given/certificates.ts";
import type { Disclosure, GivenCa, Stated } from "../given/given.ts";
import type { ShardPosition } from "../given/shards.ts";
import type { Verdict, Verifier } from "../verify/verifier.ts";

/** Everything that the rules may know about one CRL, gathered before the first of them runs. */
export interface Subject {
  readonly crl: Crl;
  readonly artefact: Artefact;
  /** What the input is, by its content. */
  readonly identity: Identity;
  readonly pemFaults: readonly PemFaultGroup[];
  readonly objectsInFile: number;
  readonly ca: GivenCa | undefined;
  /** Why none of the certificates given was taken as the issuing CA. */
  readonly noCaFound: string | undefined;
  readonly verification: Verdict;
  readonly verifier: Verifier | undefined;
  readonly scope: Scope;
  /** The moment to judge at, in seconds since 1970. */
  readonly now: number | undefined;
  readonly stated: Stated;
  readonly previous: OtherCrl | undefined;
  readonly base: OtherCrl | undefined;
  readonly certificates: CertificatesInScope | undefined;
  readonly expected: ExpectedCertificates | undefined;
  readonly shards: ShardPosition | undefined;
  readonly disclosedUrls: readonly string[] | undefined;
  readonly disclosure: Disclosure | undefined;
  /** Whether an export of the CCADB was given, though it may say nothing of the CA. */
  readonly hasCcadb: boolean;
  readonly url: string | undefined;
  readonly transport: Transport | undefined;
  readonly copies: readonly GivenCrl[] | undefined;
  readonly tbsWas: GivenCrl | undefined;
}
