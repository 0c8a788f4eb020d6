import type { Crl } from "../crl/crl.ts";
import type { Identity } from "../input/kinds.ts";
import type { Artefact } from "../input/read.ts";
import type { PemFaultGroup } from "../pem/fault.ts";
import type { CertificatesInScope } from "./certificates.ts";
import type { GivenCrl, OtherCrl, Transport } from "./further-inputs.ts";
import type { Scope } from "./report.ts";
import type { Disclosure, ExpectedCertificates, GivenCa, Stated } from "./rule.ts";
import type { ShardPosition } from "./shards.ts";
import type { Verdict, Verifier } from "./verifier.ts";

/** Why a rule that needs the issuing CA's certificate was skipped where none was given. */
export const noCaGiven = "no issuing CA certificate given";

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
