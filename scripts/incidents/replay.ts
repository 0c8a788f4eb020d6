import { lintCrl, type LintCrlOptions, type Run } from "../../src/index.ts";
import type { FixtureFile, Inputs, Trial } from "./incident.ts";

/** Where the content of a file comes from: what was built, or what lies in the folder. */
export type ReadFile = (file: FixtureFile) => Uint8Array;

/** Lints as a trial says. */
export function replay(trial: Trial, read: ReadFile = (file) => file.bytes()): Run {
  const { ca, previous, base, certificates, revoked, shards, disclosed, answer, now } = trial;
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
    ...(disclosed && { disclosedUrls: JSON.parse(new TextDecoder().decode(read(disclosed))) as readonly string[] }),
    ...(answer && { transport: { redirects: [], milliseconds: 150, receivedAt: moment(now) / 1000, ...answer } }),
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

function moment(now: string | undefined): number {
  return now === undefined ? 0 : Date.parse(now);
}

/** Ids of the rules that found something, each once, without what the tool says of its own work. */
export function tripped(run: Run): readonly string[] {
  return [...new Set(run.findings.map(({ rule }) => rule).filter((rule) => !rule.startsWith("crllint/")))].sort();
}

/** The arguments of the command that does what a trial says; undefined where no command takes all of its inputs. */
export function commandOf(trial: Trial, folder: string): readonly string[] | undefined {
  if (trial.disclosed !== undefined || trial.answer !== undefined) return undefined;
  const { ca, crl, previous, base, certificates = [], revoked = [], shards } = trial;
  const named = (option: string, files: readonly (FixtureFile | undefined)[]): readonly string[] =>
    files.flatMap((file) => (file === undefined ? [] : [option, `${folder}/${file.name}`]));
  return [
    ...optionsOf(trial),
    ...named("--previous", [previous]),
    ...named("--base", [base]),
    ...named("--certs", certificates),
    ...named("--expect-revoked", revoked),
    ...(shards === undefined ? [] : ["--shards"]),
    ...[ca, ...(shards ?? []), crl].flatMap((file) => (file === undefined ? [] : [`${folder}/${file.name}`])),
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

/** What is needed beside the CRL, the cheapest to give first. */
export const ladder = ["ca", "now", "previous", "base", "certificates", "revoked", "shards", "disclosed", "answer"] as const;

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
    if (tripped(replay(smaller)).some((rule) => trial.expected.includes(rule))) least = smaller;
  }
  return ladder.filter((input) => least[input] !== undefined);
}
