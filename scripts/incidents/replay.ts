import { lintCrl, type LintCrlOptions, type Run, type Transport } from "../../src/index.ts";
import type { Answer, FixtureFile, Trial } from "./incident.ts";

/** Returns the content of a file: built, or read from the directory. */
type ReadFile = (file: FixtureFile) => Uint8Array;

/** Lints the CRL of a trial with its inputs. */
export function replay(trial: Trial, read: ReadFile = (file) => file.bytes()): Run {
  const { ca, previous, base, certificates, revoked, shards, ccadb, answer, now } = trial;
  return lintCrl({
    crl: read(trial.crl),
    name: trial.crl.name,
    ...optionsForLibrary(trial),
    ...(ca && { issuer: read(ca) }),
    ...(previous && { previous: read(previous) }),
    ...(base && { base: read(base) }),
    ...(certificates && { certificates: certificates.map(read) }),
    ...(revoked && { expectRevoked: revoked.map(read) }),
    ...(shards && { shards: shards.map(read) }),
    ...(ccadb && { ccadb: read(ccadb) }),
    ...(answer && { transport: transportOf(answer, now) }),
    ...(now !== undefined && { now: new Date(now) }),
  });
}

function optionsForLibrary({ form, profile, scope, completeness, allDates }: Trial): Partial<LintCrlOptions> {
  return {
    ...(form && { form }),
    ...(profile && { profile }),
    ...(scope && { scope }),
    ...(completeness && { completeness }),
    ...(allDates && { allDates }),
  };
}

function transportOf({ onlyAsData: _onlyAsData, ...answer }: Answer, now: string | undefined): Transport {
  const receivedAt = now === undefined ? 0 : Date.parse(now) / 1000;
  return { redirects: [], milliseconds: 150, receivedAt, ...answer };
}

/** Returns the ids of the rules with findings, each once, without crllint's findings about the run itself. */
export function tripped(runs: readonly Pick<Run, "findings">[]): readonly string[] {
  const ids = runs.flatMap(({ findings }) => findings.map(({ rule }) => rule));
  return [...new Set(ids.filter((rule) => !rule.startsWith("crllint/")))].sort();
}

/**
 * Returns the arguments of the command for a trial; undefined if no command accepts all of its inputs.
 *
 * @param folder directory of its files
 * @param url replaces the URL of the HTTP response
 */
export function commandOf(trial: Trial, folder: string, url = trial.answer?.url): readonly string[] | undefined {
  if (trial.isLibraryOnly === true) return undefined;
  const { ca, crl, previous, base, certificates = [], revoked = [], shards = [], ccadb } = trial;
  const path = ({ name }: FixtureFile): string => `${folder}/${name}`;
  const named = (option: string, files: readonly (FixtureFile | undefined)[]): readonly string[] =>
    files.flatMap((file) => (file === undefined ? [] : [option, path(file)]));
  return [
    ...(url === undefined ? [] : ["fetch"]),
    ...optionsOf(trial),
    ...named("--previous", [previous]),
    ...named("--base", [base]),
    ...named("--certs", certificates),
    ...named("--expect-revoked", revoked),
    ...named("--ccadb", [ccadb]),
    ...(shards.length === 0 ? [] : ["--shards"]),
    ...(url === undefined ? [...(ca ? [ca] : []), ...shards, crl].map(path) : [...named("--issuer", [ca]), url]),
  ];
}

function optionsOf({ now, form, profile, scope, completeness, allDates }: Trial): readonly string[] {
  return [
    ...(now === undefined ? [] : ["--now", now]),
    ...(form === undefined ? [] : ["--tbs"]),
    ...(profile === undefined ? [] : ["--profile", [profile].flat().join(",")]),
    ...(scope === undefined ? [] : ["--scope", scope]),
    ...(completeness === undefined ? [] : [`--${completeness}`]),
    ...(allDates === undefined ? [] : ["--all-dates"]),
  ];
}

/** Possible inputs in addition to the CRL, the easiest to obtain first. */
const ladder = [
  "ca",
  "now",
  "previous",
  "base",
  "certificates",
  "revoked",
  "shards",
  "ccadb",
  "answer",
] as const satisfies readonly (keyof Trial)[];

/** An input in addition to the CRL. */
export type InputName = (typeof ladder)[number];

/**
 * Returns the inputs that a trial needs. The other inputs are removed one by one, the hardest to obtain first, if one
 * of the expected rules still finds something without them.
 */
export function neededInputs(trial: Trial): readonly InputName[] {
  let least = trial;
  for (const input of ladder.toReversed()) {
    if (least[input] === undefined) continue;
    const { [input]: _, ...rest } = least;
    const smaller: Trial = rest;
    if (tripped([replay(smaller)]).some((rule) => trial.expected.includes(rule))) least = smaller;
  }
  return ladder.filter((input) => least[input] !== undefined);
}
