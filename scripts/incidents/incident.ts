import type { ProfileId, ScopeKind, Transport } from "../../src/index.ts";

/** A file of a fixture. */
export interface FixtureFile {
  readonly name: string;
  /** Returns its content, which is built on the first call and then kept. */
  readonly bytes: () => Uint8Array;
  /** Whether it is too large for a repository, so only the test builds it. */
  readonly isLarge: boolean;
}

/** An HTTP response, without the body, which is the CRL. */
export type Answer = Pick<Transport, "url" | "status" | "headers"> &
  Partial<Transport> & {
    /** Whether the response must not be served on loopback, because the URL itself matters. */
    readonly onlyAsData?: true;
  };

/** Inputs in addition to the CRL, all of them optional. */
export interface Inputs {
  /** Certificate of the issuing CA, or a certificate that was used as it. */
  readonly ca?: FixtureFile;
  readonly previous?: FixtureFile;
  readonly base?: FixtureFile;
  /** Certificates in the scope of the CRL. */
  readonly certificates?: readonly FixtureFile[];
  /** Certificates that the CRL must list. */
  readonly revoked?: readonly FixtureFile[];
  /** The other partitions of the CA. */
  readonly shards?: readonly FixtureFile[];
  /** An export of the CCADB. */
  readonly ccadb?: FixtureFile;
  /** The HTTP response with the CRL. */
  readonly answer?: Answer;
  /** The time to lint as of, in ISO 8601. */
  readonly now?: string;
}

/** A command to run on the files of an incident, and its expected findings. */
export interface Trial extends Inputs {
  /** The input, for example "the CRL as it was published". */
  readonly title: string;
  readonly crl: FixtureFile;
  /** `tbs` if the file is a TBSCertList that is not signed yet. */
  readonly form?: "tbs";
  /** Default `tls-br`. */
  readonly profile?: ProfileId | readonly ProfileId[];
  readonly scope?: Exclude<ScopeKind, "unknown" | "timestamp">;
  readonly completeness?: "full" | "partitioned";
  /** Whether to also check requirements that were not in force yet. */
  readonly allDates?: true;
  /** Whether no command has the same effect. */
  readonly isLibraryOnly?: true;
  /** Ids of all rules with findings, in alphabetical order; empty for a valid CRL. */
  readonly expected: readonly string[];
}

/** Place of the failure: a CA, software of CAs, or software that reads CRLs; or the source: a policy or a linter. */
export type Kind = "ca" | "ca-software" | "reader" | "policy" | "linter";

/** A public report of a CRL failure, or of possible failures. */
interface Report {
  /** Bugzilla number, or a number of this list: the name of its directory below `fixtures/incidents`. */
  readonly id: string;
  readonly kind: Kind;
  /** Date of the incident or of the report, if it is known: `2024-03-25`, `2024`, or words. */
  readonly date: string;
  readonly title: string;
  /** URLs of the report, or its bibliographic data. */
  readonly sources: readonly string[];
}

/** A failure that is rebuilt from its report. */
export interface Incident extends Report {
  /** The events and the lesson, in Markdown. */
  readonly story: string;
  readonly trials: readonly Trial[];
  /** Note for the table, next to the rules, if they need an explanation. */
  readonly remark?: string;
}

/** A report for which no fixture can be built, or no linter can detect the failure. */
export interface Unbuilt extends Report {
  readonly why: string;
}

/** Returns the files of an incident, each once. Throws if two files with one name differ. */
export function filesOf({ trials }: Incident): readonly FixtureFile[] {
  const files = new Map<string, FixtureFile>();
  for (const trial of trials) {
    for (const file of filesOfTrial(trial)) {
      const known = files.get(file.name);
      if (known !== undefined && known !== file && Buffer.compare(known.bytes(), file.bytes()) !== 0) {
        throw new Error(`two files are called ${file.name}`);
      }
      files.set(file.name, known ?? file);
    }
  }
  return [...files.values()];
}

function filesOfTrial(trial: Trial): readonly FixtureFile[] {
  const { ca, crl, previous, base, certificates = [], revoked = [], shards = [], ccadb } = trial;
  return [ca, crl, previous, base, ...certificates, ...revoked, ...shards, ccadb].filter((file) => file !== undefined);
}

/** Whether a report is rebuilt as a fixture. */
export function isBuilt(one: Incident | Unbuilt): one is Incident {
  return "trials" in one;
}
