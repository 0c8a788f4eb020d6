import { lintCrl, type LintCrlOptions, type Run, type Transport } from "../../src/index.ts";
import type { Answer, FixtureFile, Trial } from "./incident.ts";

/** Where the content of a file comes from: what was built, or what lies in the folder. */
type ReadFile = (file: FixtureFile) => Uint8Array;

/** Lints as a trial says. */
export function replay(trial: Trial, read: ReadFile = (file) => file.bytes()): Run {
  const { ca, previous, base, certificates, revoked, shards, ccadb, answer, now } = trial;
  return lintCrl({
    crl: read(trial.crl),
    name: trial.crl.name,
    ...howTo(trial),
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

function howTo({ form, profile, scope, completeness, allDates }: Trial): Partial<LintCrlOptions> {
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

/** Ids of the rules that found something, each once, without what the tool says of its own work. */
export function tripped(runs: readonly Pick<Run, "findings">[]): readonly string[] {
  const ids = runs.flatMap(({ findings }) => findings.map(({ rule }) => rule));
  return [...new Set(ids.filter((rule) => !rule.startsWith("crllint/")))].sort();
}

/**
 * The arguments of the command that does what a trial says; undefined where none takes all of its inputs.
 *
 * @param folder where its files lie
 * @param url in place of the one that an answer came from
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

/** What may be needed beside the CRL, the cheapest to give first. */
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

/** An input beside the CRL. */
export type InputName = (typeof ladder)[number];

/**
 * The inputs that a trial cannot do without: taken away one by one, the dearest first, as long as one of the expected
 * rules still finds something.
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
