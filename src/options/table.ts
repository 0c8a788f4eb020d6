import { largestLimits, limitNames, type Limits } from "../der/limits.ts";
import { excusableInputs, type InputName, optionalInputs } from "../lint/input-names.ts";
import { formats, reportFormats } from "../report/format-names.ts";
import type { Aspect } from "../rule/aspects.ts";
import { severities, type Severity } from "../rule/report.ts";
import { type ProfileId, profiles } from "../sources/profiles.ts";
import {
  type ChoiceType,
  type DurationType,
  type HostType,
  largestNumber,
  type ListenType,
  type ListType,
  type NumberType,
  type OnType,
  type OptionType,
  type PartType,
  type PathsType,
  type PathType,
  type PatternType,
  type ReportsType,
  type SizeType,
  type SwitchType,
  type TableType,
  type TextType,
  type TimeType,
  type UrlType,
} from "./type.ts";

/** A command that has options. `lint` is the command that runs if none is named. */
export type CommandName =
  | "lint"
  | "fetch"
  | "monitor"
  | "serve"
  | "pkimetal"
  | "verify-attestation"
  | "merge"
  | "names"
  | "show"
  | "rules"
  | "fixture"
  | "explain"
  | "status"
  | "history"
  | "baseline";

/** Titles of the groups of options, in the order of `--help`. */
export const groups = {
  inputs: "Inputs",
  rules: "Rules",
  verdict: "Verdict",
  output: "Output",
  network: "Network",
  watch: "Watching",
  service: "Service",
} as const;

/** Definition of an option for another command, where it has another meaning or help. */
interface Variant {
  readonly help: string;
  readonly type?: OptionType;
  readonly default?: unknown;
}

/** Use of an option by library functions. */
interface LibraryUse {
  /** Its name in the library, if it differs. */
  readonly name?: string;
  /** Form in which functions that take the contents of files instead of paths receive them. */
  readonly holds?: "one" | "many" | "oneOrMore" | "store";
  /** Only user of the option, if not all functions have it: `lintFiles`, or the command when it calls the same code. */
  readonly only?: "lintFiles" | "command";
}

/** An option. Its key is its name: the flag on the command line in camel case. */
export interface OptionDefinition {
  /** Flags for commander: `-f, --format <format>`. Undefined if the command line has no such option. */
  readonly flags?: string;
  readonly help: string;
  readonly type: OptionType;
  readonly group: keyof typeof groups;
  /** Value if none is given. A switch without a default is off. */
  readonly default?: unknown;
  readonly isRequired?: true;
  /** Flag for no value. The value is then false; in the library, it is `value`. */
  readonly negation?: {
    readonly flags: string;
    readonly help: string;
    readonly value?: string;
    /** Whether it leaves out a core check, so the environment cannot give it. */
    readonly isOfCall?: true;
  };
  /**
   * Whether it can leave out a core check. Only the command line can do that: other settings apply only to the other
   * rules.
   */
  readonly boundsCore?: true;
  /** Whether only the command line can give it, because with it a call lints nothing. */
  readonly isOfCall?: true;
  /** Input with which the command line states what it expects: settings do not switch off rules that look at it. */
  readonly expects?: Aspect;
  /** Name of an option that excludes this one. */
  readonly conflicts?: string;
  /** Option of the library that this switch sets, and its value. */
  readonly sets?: readonly [name: string, value: string];
  /** Commands that have it. In each, an environment variable can also set it. */
  readonly commands?: readonly CommandName[];
  /**
   * Commands in which it has another meaning, or another help. The environment sets it there only if `commands` also
   * has the command.
   */
  readonly variants?: Readonly<Partial<Record<CommandName, Variant>>>;
  readonly library?: LibraryUse;
  /** Whether the engine receives its value unchanged, under the library's name. */
  readonly isOfEngine?: true;
  /** Its key in the configuration. */
  readonly configuration?: string;
  /** Whether a table given elsewhere is added to that of the configuration, instead of replacing it. */
  readonly isAdded?: true;
  /** Whether `POST /v1/lint` has a field with its name. */
  readonly isServiceField?: true;
}

const flag = { kind: "switch" } as const satisfies SwitchType;
const text = { kind: "text" } as const satisfies TextType;
const path = { kind: "path" } as const satisfies PathType;
const paths = { kind: "paths" } as const satisfies PathsType;
const url = { kind: "url" } as const satisfies UrlType;
const receiver = { kind: "url", isReceiver: true } as const satisfies UrlType;
const time = { kind: "time" } as const satisfies TimeType;
const duration = { kind: "duration" } as const satisfies DurationType;
const on = { kind: "on" } as const satisfies OnType;
const part = { kind: "part" } as const satisfies PartType;
const listen = { kind: "listen" } as const satisfies ListenType;

function choice<const C extends string>(...choices: readonly C[]): ChoiceType<C> {
  return { kind: "choice", choices };
}

function whole(least: number, most: number): NumberType {
  return { kind: "number", least, most };
}

function size(least = 1): SizeType {
  return { kind: "size", least, most: 2 ** 31 };
}

const levels = severities.toReversed();
const count = whole(0, largestNumber);
const seconds = whole(1, 3600);

const profileList: ListType<ChoiceType<ProfileId>> = {
  kind: "list",
  item: { kind: "choice", choices: Object.keys(profiles) as readonly ProfileId[], noun: "profile" },
};

const hostNames: ListType<HostType> = { kind: "list", item: { kind: "host" } };

const patterns: ListType<PatternType> = { kind: "list", item: { kind: "pattern" } };

const ruleLevels: TableType<string, ChoiceType<Severity | "off">> = {
  kind: "table",
  names: undefined,
  valueFor: () => choice(...levels, "off"),
  form: "RULE=LEVEL",
};

const profileIds: TableType<string, ChoiceType<ProfileId>> = {
  kind: "table",
  names: undefined,
  valueFor: () => profileList.item,
  form: "NUMBER=PROFILE",
};

const limits: TableType<keyof Limits, NumberType> = {
  kind: "table",
  names: limitNames,
  valueFor: (name) => whole(1, largestLimits[name]),
  form: "NAME=N",
};

const reports: ReportsType<(typeof reportFormats)[number]> = { kind: "reports", formats: reportFormats };

const lints = ["lint", "fetch", "baseline"] as const;
const lintsAndMonitor = ["lint", "fetch", "monitor", "baseline"] as const;
const ofFiles = ["lint", "baseline"] as const;
const writesReports = ["lint", "fetch", "monitor", "merge"] as const;
const showsReports = [...writesReports, "status"] as const;
const fetches = ["fetch", "monitor"] as const;

/**
 * All options, in the order of `--help`. This table defines the options of the command line, the environment, the
 * configuration, the library, the service, the completion scripts and the manual page.
 */
export const optionTable = {
  /** Certificates of the issuing CA: DER, PEM or base64, also in bundles. Default: the certificates among the files. */
  issuer: {
    flags: "--issuer <file>",
    help: "certificate of the issuing CA (repeatable)",
    negation: {
      flags: "--no-issuer",
      help: "there is none: leave out the checks of issuer and signature",
      value: "none",
      isOfCall: true,
    },
    type: paths,
    group: "inputs",
    commands: lintsAndMonitor,
    library: { holds: "oneOrMore" },
    isServiceField: true,
  },
  chain: {
    flags: "--chain <file|dir>",
    help: "certificates of its issuers, up to the trust anchor (repeatable; also among the files)",
    type: paths,
    group: "inputs",
    commands: ["status"],
  },
  /** Certificates of many CAs. Each CRL is linted with that of its own CA, if `issuer` names none. */
  issuers: {
    flags: "--issuers <file|dir>",
    help: "certificates of many CAs, in which each CRL finds that of its own (repeatable)",
    type: paths,
    group: "inputs",
    commands: [...lintsAndMonitor, "serve", "pkimetal"],
    library: { holds: "store" },
  },
  /** The CRL that this one replaces. If several CRLs are linted, each is compared with its own. */
  previous: {
    flags: "--previous <file>",
    help: "CRL that this CRL replaces (repeatable if several CRLs are linted)",
    type: paths,
    group: "inputs",
    commands: lints,
    library: { holds: "one" },
    isServiceField: true,
  },
  /** The complete CRL that a delta CRL updates. */
  base: {
    flags: "--base <file>",
    help: "complete CRL that a delta CRL updates (repeatable)",
    type: paths,
    group: "inputs",
    commands: lints,
    library: { holds: "one" },
    isServiceField: true,
  },
  /** Certificates that the CRL may list, in DER, PEM (also bundles) or base64. */
  certs: {
    flags: "--certs <file|dir>",
    help: "certificates in the scope of the CRL: files, bundles, directories (repeatable)",
    type: paths,
    group: "inputs",
    commands: lints,
    library: { name: "certificates", holds: "many" },
    isServiceField: true,
  },
  /** Certificates that are revoked: the CRL must list them. They also count as in scope. */
  expectRevoked: {
    flags: "--expect-revoked <file>",
    expects: "expectedRevoked",
    help: "certificates that the CRL must list (repeatable)",
    type: paths,
    group: "inputs",
    commands: lints,
    library: { holds: "many" },
    isServiceField: true,
  },
  /** Certificates that are good: the CRL must not list them. They also count as in scope. */
  expectGood: {
    flags: "--expect-good <file>",
    expects: "expectedGood",
    help: "certificates that the CRL must not list (repeatable)",
    type: paths,
    group: "inputs",
    commands: lints,
    library: { holds: "many" },
    isServiceField: true,
  },
  /** Whether the CRLs are the partitions of one CA, which are also linted as a set. */
  shards: {
    flags: "--shards",
    help: "the CRLs are the partitions of one CA: also check them as a set",
    type: flag,
    group: "inputs",
    commands: lints,
    library: { only: "lintFiles" },
  },
  /** An export of the CCADB: the CSV report of all certificate records. */
  ccadb: {
    flags: "--ccadb <file>",
    help: "CCADB export (CSV of all certificate records) to compare with",
    type: path,
    group: "inputs",
    commands: lintsAndMonitor,
    variants: {
      monitor: {
        help: "CCADB reports (certificate records, certificates in PEM) or directories of them (repeatable)",
        type: paths,
      },
    },
    library: { holds: "one" },
  },
  /** The URL that the CRL is served from; nothing is fetched. */
  url: {
    flags: "--url <url>",
    help: "URL that the CRL is served from; nothing is fetched",
    type: url,
    group: "inputs",
    commands: ofFiles,
    library: {},
    isServiceField: true,
  },
  /** `tbs` if the input is a bare TBSCertList. Default `crl`. */
  form: { help: "what the input is", type: choice("crl", "tbs"), default: "crl", group: "inputs", library: {} },
  tbs: {
    flags: "--tbs",
    help: "the input is a bare TBSCertList that is not signed yet",
    type: flag,
    group: "inputs",
    commands: ofFiles,
    variants: {
      pkimetal: { help: "lint a CRL with pkimetal's placeholder for a signature as one that is not signed yet" },
    },
    sets: ["form", "tbs"],
  },
  /** The input that was linted before it was signed: a TBSCertList, or a CRL signed with a test key. */
  tbsWas: {
    flags: "--tbs-was <file>",
    expects: "tbsWas",
    help: "what was linted before it was signed: a TBSCertList, or a CRL with a test signature; the CRL must have the same tbsCertList",
    type: path,
    group: "inputs",
    conflicts: "tbs",
    commands: ofFiles,
    library: { holds: "one" },
    isServiceField: true,
  },
  /** An RPKI manifest (RFC 9286). Its signature is not verified: that is the task of RPKI validators. */
  manifest: {
    flags: "--manifest <file>",
    expects: "manifest",
    help: "RPKI manifest that must list the CRL by its file name and hash; its signature is not verified",
    type: path,
    group: "inputs",
    commands: ofFiles,
    variants: {
      monitor: { help: "CRLs that were already fetched: a JSON array of { url, file, status, headers ... }" },
    },
    library: { holds: "one" },
  },
  /** The certificates that the CRL covers, if it does not state them. */
  scope: {
    flags: "--scope <scope>",
    help: "kind of certificates that the CRL covers (default: detected from the CRL, its CA and --certs)",
    type: choice("subscriber", "ca", "both"),
    group: "inputs",
    commands: lints,
    library: {},
    isOfEngine: true,
    isServiceField: true,
  },
  /** Whether the CRL is full and complete, or one of several partitions. */
  completeness: {
    help: "whether the CRL is complete, or one of several partitions",
    type: choice("full", "partitioned"),
    group: "inputs",
    library: {},
    isOfEngine: true,
  },
  full: {
    flags: "--full",
    help: "the CRL is full and complete",
    type: flag,
    group: "inputs",
    conflicts: "partitioned",
    sets: ["completeness", "full"],
    commands: lints,
    isServiceField: true,
  },
  partitioned: {
    flags: "--partitioned",
    help: "the CRL is one of several partitions (shards)",
    type: flag,
    group: "inputs",
    conflicts: "full",
    sets: ["completeness", "partitioned"],
    commands: lints,
    isServiceField: true,
  },
  /**
   * Limits on reading inputs. Anything beyond a limit is reported as `input/over-limit`. `size` limits files, so only
   * `lintFiles` uses it.
   */
  limit: {
    flags: "--limit <name=n>",
    help: "how far inputs are read: depth, entries, extensions ... (docs/limits.md) (repeatable)",
    type: limits,
    group: "inputs",
    commands: [...lintsAndMonitor, "status"],
    library: { name: "limits" },
    configuration: "limits",
  },
  stdinName: {
    flags: "--stdin-name <name>",
    help: "name of standard input in reports",
    type: text,
    default: "stdin",
    group: "inputs",
    commands: lintsAndMonitor,
    library: { only: "command" },
  },
  stdinTimeout: {
    flags: "--stdin-timeout <seconds>",
    help: "maximum time in which standard input, or a pipe, must end",
    type: seconds,
    default: 300,
    group: "inputs",
    commands: ["lint", "fetch"],
    library: { only: "command" },
  },
  shard: {
    flags: "--shard <i/n>",
    help: "lint only part I of N of the files, such as 2/5; crllint merge joins the JSON reports (default: JOB_COMPLETION_INDEX, JOB_COMPLETIONS)",
    type: part,
    group: "inputs",
    commands: ["lint", "monitor"],
    variants: {
      monitor: { help: "only part I of N of the CAs, such as 2/5 (default: JOB_COMPLETION_INDEX, JOB_COMPLETIONS)" },
    },
    library: { only: "command" },
  },
  jobs: {
    flags: "--jobs <n>",
    help: "maximum number of threads for many files (default: one per processor, if that is faster)",
    type: whole(1, 1000),
    group: "inputs",
    commands: ofFiles,
    library: { only: "command" },
  },
  urls: {
    flags: "--urls <file>",
    help: "URLs to watch, one on a line; the file of the CA's certificate may follow it",
    type: path,
    group: "inputs",
    commands: ["monitor"],
  },
  probeShards: {
    flags: "--probe-shards",
    help: "also request the next number and zero of numbered partitions, where there must not be a CRL",
    type: flag,
    group: "inputs",
    commands: ["monitor"],
  },

  /** Requirements to check: one profile or several. Default `tls-br`. */
  profile: {
    flags: "--profile <names>",
    help: "requirements to check: tls-br, smime-br, cs-br, etsi, rfc5280 ... (comma-separated)",
    type: profileList,
    default: ["tls-br"],
    group: "rules",
    commands: [...lintsAndMonitor, "pkimetal"],
    variants: {
      "verify-attestation": { help: "profiles that the CRL must have been linted for", default: ["tls-br"] },
      rules: { help: "rules in these profiles: tls-br, mozilla ... (comma-separated)" },
    },
    library: {},
    configuration: "profile",
    isServiceField: true,
  },
  profileId: {
    flags: "--profile-id <number=profile>",
    help: "profile for a number that pkimetal writes (default for others: --profile) (repeatable)",
    type: profileIds,
    group: "rules",
    commands: ["pkimetal"],
  },

  /** Rule ids, parts (`idp`, `idp/*`) or sources (`source:mozilla`) to run. Default: all rules of the profile. */
  select: {
    flags: "--select <patterns>",
    help: "run only these rules: id, part (idp, idp/*) or source:NAME (repeatable)",
    type: patterns,
    group: "rules",
    commands: lintsAndMonitor,
    library: {},
    configuration: "select",
    isServiceField: true,
    boundsCore: true,
  },
  /** Rules to skip: the same patterns as in `select`, and rules that need an input (`needs:certs`). */
  ignore: {
    flags: "--ignore <patterns>",
    help: "skip these rules; needs:INPUT (needs:certs) skips rules that need an input (repeatable)",
    type: patterns,
    group: "rules",
    commands: lintsAndMonitor,
    library: {},
    configuration: "ignore",
    isServiceField: true,
    boundsCore: true,
  },
  /** Levels of rules or parts that replace their own; `off` skips a rule. */
  severity: {
    flags: "--severity <rule=level>",
    help: "set the level of rules: error, warning, notice or off (repeatable)",
    type: ruleLevels,
    group: "rules",
    commands: lintsAndMonitor,
    library: {},
    configuration: "severity",
    isAdded: true,
    isServiceField: true,
    boundsCore: true,
  },
  /** Whether to also check requirements that are not in force on thisUpdate. */
  allDates: {
    flags: "--all-dates",
    help: "also check requirements that are not in force on thisUpdate",
    type: flag,
    group: "rules",
    commands: [...lintsAndMonitor, "pkimetal"],
    library: {},
    isOfEngine: true,
    configuration: "all-dates",
    isServiceField: true,
  },
  /**
   * The time to lint as of; `thisUpdate` for the thisUpdate of each CRL. Default: the current time. `lintCrl` has no
   * clock and, by default, skips rules about age.
   */
  now: {
    flags: "--now <time>",
    help: "lint as of this time: 2026-11-23T12:00:00Z, 2026-11-23, or thisUpdate, that of each CRL (default: now)",
    type: time,
    group: "rules",
    commands: [...lintsAndMonitor, "status", "pkimetal", "verify-attestation"],
    variants: {
      status: { help: "status as of this time: 2026-11-23T12:00:00Z or 2026-11-23 (default: now)" },
      "verify-attestation": {
        help: "verify as of this time, from which --max-age counts: 2026-11-23T12:00:00Z or 2026-11-23 (default: now)",
      },
    },
    library: {},
    configuration: "now",
    isServiceField: true,
  },
  /** Minimum time after `now` for which the CRL must be valid: `7d`, `24h`, `90m`, `PT24H`. */
  validFor: {
    flags: "--valid-for <duration>",
    expects: "minimumValidity",
    help: "fail a CRL that will not be valid for this long: 7d, 24h, 90m, PT24H ...",
    type: duration,
    group: "rules",
    commands: [...lintsAndMonitor, "pkimetal"],
    library: {},
    configuration: "valid-for",
    isServiceField: true,
  },
  /** `ignore` if the CRL is signed with a test key. Default `verify`. */
  signature: {
    flags: "--signature <mode>",
    help: "verify, or ignore if the CRL is signed with a test key",
    type: choice("verify", "ignore"),
    default: "verify",
    group: "rules",
    commands: lints,
    library: {},
    isOfEngine: true,
    configuration: "signature",
    isServiceField: true,
    boundsCore: true,
  },
  part: {
    flags: "--part <name>",
    help: "rules of one part: idp, time, ...",
    type: text,
    group: "rules",
    commands: ["rules"],
  },
  source: {
    flags: "--source <name>",
    help: "rules that a source requires: x690, mozilla, ...",
    type: text,
    group: "rules",
    commands: ["rules"],
  },
  needs: {
    flags: "--needs <input>",
    help: "rules that need this input",
    type: { kind: "choice", choices: optionalInputs, noun: "input" } satisfies ChoiceType<InputName>,
    group: "rules",
    commands: ["rules"],
  },

  gate: {
    flags: "--gate",
    help: "preset for a signing gate: no settings, no baseline, warnings fail, and so does what could not be checked",
    type: flag,
    group: "verdict",
    commands: ["lint"],
  },
  maxAge: {
    flags: "--max-age <duration>",
    help: "maximum time since the CRL was linted: 24h, 30m ...",
    type: duration,
    default: "24h",
    group: "verdict",
    commands: ["verify-attestation"],
  },
  allowOff: {
    flags: "--allow-off",
    help: "accept a statement even if rules were off, severities changed or findings suppressed",
    type: flag,
    group: "verdict",
    commands: ["verify-attestation"],
  },

  without: {
    flags: "--without <inputs>",
    help: `with --gate, inputs that need not be given: ${excusableInputs.join(", ")}`,
    type: { kind: "list", item: choice(...excusableInputs), isAdded: true } satisfies ListType<ChoiceType<InputName>>,
    group: "verdict",
    commands: ["lint"],
    library: { only: "command" },
    isOfEngine: true,
  },
  failOn: {
    flags: "--fail-on <level>",
    help: "lowest severity that fails the run",
    type: choice(...levels, "never"),
    default: "error",
    group: "verdict",
    commands: ["lint", "fetch", "monitor", "merge", "baseline"],
    configuration: "fail-on",
    library: {},
    isOfEngine: true,
    isServiceField: true,
    boundsCore: true,
  },
  /** Whether to report a rule that could not be checked as an error. */
  failOnSkipped: {
    flags: "--fail-on-skipped",
    help: "fail the run if a rule could not be checked",
    type: flag,
    group: "verdict",
    commands: lints,
    library: {},
    isOfEngine: true,
    configuration: "fail-on-skipped",
    isServiceField: true,
  },
  maxWarnings: {
    flags: "--max-warnings <n>",
    help: "fail the run if there are more than <n> warnings",
    type: count,
    group: "verdict",
    commands: ["lint", "fetch", "merge"],
    configuration: "max-warnings",
  },
  config: {
    flags: "-c, --config <file>",
    help: "configuration (default: the nearest crllint.yaml in this or a parent directory)",
    negation: { flags: "--no-config", help: "read no configuration" },
    type: path,
    group: "verdict",
    commands: lintsAndMonitor,
  },
  baseline: {
    flags: "--baseline <file>",
    help: "findings that do not count: a file that crllint baseline wrote",
    type: path,
    group: "verdict",
    commands: lintsAndMonitor,
    configuration: "baseline",
  },
  suppress: {
    flags: "--no-suppress",
    help: "count all findings, even those that the configuration or a baseline suppresses",
    type: on,
    group: "verdict",
    commands: ["lint", "fetch", "monitor"],
  },
  failOnNew: {
    flags: "--fail-on-new",
    help: "exit 1 only if a finding is new; exit 2 as usual",
    type: flag,
    group: "verdict",
    commands: ["monitor"],
  },
  prune: {
    flags: "--prune",
    help: "only remove the baseline's entries that no longer match a finding; add none",
    type: flag,
    group: "verdict",
    commands: ["baseline"],
  },

  format: {
    flags: "-f, --format <format>",
    help: "format of standard output",
    type: choice(...formats),
    default: "human",
    group: "output",
    commands: showsReports,
    variants: {
      rules: { help: "format of the list", type: choice("table", "json", "markdown"), default: "table" },
      show: { help: "format of the output", type: choice("text", "json"), default: "text" },
      pkimetal: {
        help: "format of findings; with text, pkimetal shows messages instead of rules",
        type: choice("json", "text"),
        default: "json",
      },
      history: { help: "format of the list", type: choice("table", "json", "csv"), default: "table" },
      fixture: {
        help: "files: CRLs, certificates and a README; limbo: test cases for clients in the form of x509-limbo",
        type: choice("files", "limbo"),
        default: "files",
      },
    },
    configuration: "format",
    isServiceField: true,
  },
  report: {
    flags: "--report <format=file>",
    help: "also write a report to a file (repeatable)",
    type: reports,
    group: "output",
    commands: showsReports,
    configuration: "reports",
  },
  /** Maximum number of violations of one rule that are kept with their place; 0 keeps all. Default 20. */
  maxFindings: {
    flags: "--max-findings <n>",
    help: "maximum findings shown per rule and file; the rest are counted; 0 shows all",
    type: count,
    default: 20,
    group: "output",
    commands: ["lint", "fetch", "monitor"],
    library: {},
    isOfEngine: true,
    configuration: "max-findings",
    isServiceField: true,
  },
  quiet: {
    flags: "-q, --quiet",
    help: "show only findings",
    type: flag,
    group: "output",
    commands: showsReports,
    configuration: "quiet",
  },
  verbose: {
    flags: "-v, --verbose",
    help: "also show the outcome of every rule, and evidence",
    type: flag,
    group: "output",
    commands: showsReports,
    configuration: "verbose",
  },
  /** Whether to add the number of findings of each rule at the end of human text. */
  statistics: {
    flags: "--statistics",
    help: "also count findings by rule",
    type: flag,
    group: "output",
    commands: writesReports,
  },
  showSettings: {
    flags: "--show-settings",
    help: "print the settings in force and where they come from, and do nothing else",
    type: flag,
    isOfCall: true,
    group: "output",
    commands: ["lint"],
  },
  examples: {
    flags: "--examples",
    help: "also show the examples of a rule, with the output for each",
    type: flag,
    group: "output",
    commands: ["explain"],
  },
  left: {
    flags: "--left <name>",
    help: "name to compare in the first file (default: issuer of a CRL, subject of a certificate)",
    type: choice("issuer", "subject"),
    group: "output",
    commands: ["names"],
  },
  right: {
    flags: "--right <name>",
    help: "name to compare in the second file (default: as for --left)",
    type: choice("issuer", "subject"),
    group: "output",
    commands: ["names"],
  },
  hex: {
    flags: "--hex",
    help: "also print the bytes of the CA's name (or of the second name) in hexadecimal",
    type: flag,
    group: "output",
    commands: ["names"],
  },
  all: {
    flags: "--all",
    help: "write the examples of all rules",
    type: flag,
    group: "output",
    commands: ["fixture"],
  },
  out: {
    flags: "--out <dir>",
    help: "directory for the report, the history, the last good copies and the state",
    type: path,
    isRequired: true,
    group: "output",
    commands: ["monitor", "history"],
    variants: {
      history: { help: "--out of the monitor; with merge, directory for the joined history" },
      fixture: { help: "directory to write to", default: "." },
    },
  },
  color: {
    flags: "--color <when>",
    help: "color in human text",
    type: choice("auto", "always", "never"),
    default: "auto",
    group: "output",
    commands: ["lint", "fetch", "monitor", "merge", "status", "names", "baseline"],
  },
  width: {
    flags: "--width <columns>",
    help: "width of human text (default: that of the terminal, or 120)",
    type: whole(20, 10_000),
    group: "output",
    commands: ["lint", "fetch", "monitor", "merge", "status", "names", "baseline"],
  },

  maxSize: {
    flags: "--max-size <size>",
    help: "maximum size of one CRL: 1000000, 50M ...",
    type: size(),
    default: 2 ** 28,
    group: "network",
    commands: fetches,
  },
  timeout: {
    flags: "--timeout <seconds>",
    help: "maximum time for one URL, redirects included",
    type: seconds,
    default: 30,
    group: "network",
    commands: fetches,
  },
  maxRedirects: {
    flags: "--max-redirects <n>",
    help: "maximum number of redirects of one URL",
    type: whole(0, 20),
    default: 5,
    group: "network",
    commands: fetches,
  },
  allowPrivate: {
    flags: "--allow-private",
    help: "also fetch from hosts whose addresses are private, link-local or loopback",
    type: flag,
    group: "network",
    commands: fetches,
  },
  concurrency: {
    flags: "--concurrency <n>",
    help: "maximum number of requests at the same time",
    type: whole(1, 64),
    default: 8,
    group: "network",
    commands: ["monitor"],
  },
  cache: {
    flags: "--cache <dir>",
    help: "directory for the last good copies: only what has changed is fetched again",
    type: path,
    group: "network",
    commands: ["fetch"],
  },
  output: {
    flags: "-o, --output <file>",
    help: "write the body of the response to this file, and its status and headers to FILE.json (one URL)",
    type: path,
    group: "output",
    commands: ["fetch"],
  },
  perHost: {
    flags: "--per-host <n>",
    help: "maximum number of requests to one host at the same time",
    type: whole(1, 64),
    default: 2,
    group: "network",
    commands: ["monitor"],
  },
  roundTimeout: {
    flags: "--round-timeout <duration>",
    help: "maximum time for the requests of a round: 2h, 30m ... (default: no limit)",
    type: duration,
    group: "network",
    commands: ["monitor"],
  },
  attempts: {
    flags: "--attempts <n>",
    help: "maximum number of requests for one URL, with growing pauses",
    type: whole(1, 10),
    default: 3,
    group: "network",
    commands: ["monitor"],
  },
  memory: {
    flags: "--memory <size>",
    help: "maximum memory of a round; one CRL may use a quarter of it",
    type: size(2 ** 27),
    default: 2 ** 29,
    group: "network",
    commands: ["monitor"],
  },

  once: {
    flags: "--once",
    help: "end after one round (the default)",
    type: flag,
    conflicts: "every",
    group: "watch",
    commands: ["monitor"],
  },
  every: {
    flags: "--every <duration>",
    help: "keep running, with a round this often: 4h, 30m ...",
    type: duration,
    group: "watch",
    commands: ["monitor"],
  },
  onNew: {
    flags: "--on-new <command>",
    help: "shell command to run if something is new; it receives the news as JSON on standard input",
    type: text,
    group: "watch",
    commands: ["monitor"],
  },
  notify: {
    flags: "--notify <url>",
    help: "URL to POST the news to as JSON if something is new",
    type: receiver,
    group: "watch",
    commands: ["monitor"],
  },
  notifySecret: {
    flags: "--notify-secret <secret>",
    help: "key that signs the POST with HMAC-SHA256 (better set as CRLLINT_NOTIFY_SECRET)",
    type: text,
    group: "watch",
    commands: ["monitor"],
  },
  metrics: {
    flags: "--metrics <file>",
    help: "also write metrics for Prometheus to this file",
    type: path,
    group: "watch",
    commands: ["monitor"],
  },
  site: {
    flags: "--site <dir>",
    help: "also write static pages with charts and Atom feeds into this directory",
    type: path,
    group: "watch",
    commands: ["monitor"],
  },
  since: {
    flags: "--since <duration>",
    help: "only what happened in this time up to now: 7d, 24h ...",
    type: duration,
    group: "watch",
    commands: ["history"],
  },

  listen: {
    flags: "--listen <address>",
    help: "address to listen on: host:port, or unix:PATH for a socket",
    type: listen,
    default: { host: "127.0.0.1", port: 8080 },
    group: "service",
    commands: ["serve"],
    variants: {
      monitor: { help: "with --every: answer /metrics and /healthz at host:port, or unix:PATH", type: listen },
    },
  },
  host: {
    flags: "--host <name>",
    help: "name by which clients may call the service, besides those of loopback; * for any (repeatable)",
    type: hostNames,
    group: "service",
    commands: ["serve"],
  },
  deadline: {
    flags: "--deadline <seconds>",
    help: "maximum time to lint one CRL, the wait for a worker included",
    type: seconds,
    default: 60,
    group: "service",
    commands: ["serve"],
  },
  threads: {
    flags: "--threads <n>",
    help: "number of processes that lint (default: one per processor, and at least 2)",
    type: whole(1, 256),
    group: "service",
    commands: ["serve"],
  },
  // If a heap is too small to start with, some versions of Node end the whole process.
  workerMemory: {
    flags: "--worker-memory <size>",
    help: "maximum heap of one worker; at least 64M",
    type: size(2 ** 26),
    default: 2 ** 29,
    group: "service",
    commands: ["serve"],
  },
  maxBody: {
    flags: "--max-body <size>",
    help: "maximum size of the body of one request",
    type: size(),
    default: 2 ** 26,
    group: "service",
    commands: ["serve"],
  },
  maxBuffer: {
    flags: "--max-buffer <size>",
    help: "maximum memory for large bodies; further ones wait",
    type: size(),
    default: 2 ** 28,
    group: "service",
    commands: ["serve"],
  },
  maxRequests: {
    flags: "--max-requests <n>",
    help: "maximum number of requests at the same time; further ones are refused with 503",
    type: whole(1, 10_000),
    default: 256,
    group: "service",
    commands: ["serve"],
  },
  maxPerAddress: {
    flags: "--max-per-address <n>",
    help: "maximum number of connections and requests from one address; behind a proxy, all have its address",
    type: whole(1, 20_000),
    default: 192,
    group: "service",
    commands: ["serve"],
  },
  queueTimeout: {
    flags: "--queue-timeout <seconds>",
    help: "maximum time that a body waits for memory",
    type: seconds,
    default: 30,
    group: "service",
    commands: ["serve"],
  },
  headerTimeout: {
    flags: "--header-timeout <seconds>",
    help: "maximum time for the header of a request to arrive",
    type: seconds,
    default: 10,
    group: "service",
    commands: ["serve"],
  },
  bodyTimeout: {
    flags: "--body-timeout <seconds>",
    help: "maximum time for the body of a request to arrive, and for its answer to be received",
    type: seconds,
    default: 30,
    group: "service",
    commands: ["serve"],
  },
  grace: {
    flags: "--grace <seconds>",
    help: "maximum time to finish open requests when the service stops",
    type: seconds,
    default: 20,
    group: "service",
    commands: ["serve"],
  },
  log: {
    flags: "--log",
    help: "write one line of JSON to standard error for each request",
    type: flag,
    group: "service",
    commands: ["serve"],
  },
} as const satisfies Readonly<Record<string, OptionDefinition>>;

/** Type of the table, with the exact definition of each option. */
export type OptionTable = typeof optionTable;

/** Name of an option. */
export type OptionName = keyof OptionTable;

/** All options by name, with the type that all definitions have in common. */
export const options: ReadonlyMap<string, OptionDefinition> = new Map(Object.entries(optionTable));
