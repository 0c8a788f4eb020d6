import type { ProfileId, ScopeKind, Transport } from "../../src/index.ts";

/** A file of a fixture. */
export interface FixtureFile {
  readonly name: string;
  /** Its content: built when first asked for, then kept. */
  readonly bytes: () => Uint8Array;
  /** Too large for a repository: made by the test only. */
  readonly isLarge: boolean;
}

/** How a CRL was served: what the command sees beside the body, which is the CRL. */
export type Answer = Pick<Transport, "url" | "status" | "headers"> &
  Partial<Transport> & {
    /** Not to be played on loopback: the URL itself matters. */
    readonly onlyAsData?: true;
  };

/** What a CRL is judged with, each beside the CRL and each optional. */
export interface Inputs {
  /** Certificate of the issuing CA, or what was taken for it. */
  readonly ca?: FixtureFile;
  readonly previous?: FixtureFile;
  readonly base?: FixtureFile;
  /** Certificates that the CRL may list. */
  readonly certificates?: readonly FixtureFile[];
  /** Certificates that the CRL must list. */
  readonly revoked?: readonly FixtureFile[];
  /** The other CRLs of the CA's partition. */
  readonly shards?: readonly FixtureFile[];
  /** An export of the CCADB. */
  readonly ccadb?: FixtureFile;
  /** How an HTTP server sent the CRL. */
  readonly answer?: Answer;
  /** The moment to judge at, in ISO 8601. */
  readonly now?: string;
}

/** A command to try on the files of an incident, and what it must find. */
export interface Trial extends Inputs {
  /** What it shows: "the CRL as it was published". */
  readonly title: string;
  readonly crl: FixtureFile;
  /** `tbs` where the file is a TBSCertList, not signed yet. */
  readonly form?: "tbs";
  /** Default `tls-br`. */
  readonly profile?: ProfileId | readonly ProfileId[];
  readonly scope?: Exclude<ScopeKind, "unknown" | "timestamp">;
  readonly completeness?: "full" | "partitioned";
  /** Judge by requirements that were not in force yet. */
  readonly allDates?: true;
  /** No command does the same. */
  readonly isLibraryOnly?: true;
  /** Ids of the rules that must find something, in alphabetical order, and no others; empty for a sound twin. */
  readonly expected: readonly string[];
}

/** Who failed: a CA, software that CAs run, software that reads CRLs; or practice that a policy or linter learnt from. */
export type Kind = "ca" | "ca-software" | "reader" | "policy" | "linter";

/** A public report of a CRL failure, or of what goes wrong with CRLs. */
interface Report {
  /** Bugzilla number, or a number of this list: the name of its folder below `fixtures/incidents`. */
  readonly id: string;
  readonly kind: Kind;
  /** When it happened or was reported, as far as is known: `2024-03-25`, `2024`, or words. */
  readonly date: string;
  readonly title: string;
  /** Where it was reported. */
  readonly sources: readonly string[];
}

/** A failure that is built anew from what its report says. */
export interface Incident extends Report {
  /** What happened, and what is learnt from it; Markdown. */
  readonly story: string;
  readonly trials: readonly Trial[];
  /** What the table says beside the rules, where they need a word of explanation. */
  readonly remark?: string;
}

/** A report of which nothing can be built, or nothing that a linter could catch. */
export interface Unbuilt extends Report {
  readonly why: string;
}

/** Files of an incident, each once. Throws where two of one name differ. */
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

/** Whether an incident is built anew. */
export function isBuilt(one: Incident | Unbuilt): one is Incident {
  return "trials" in one;
}
