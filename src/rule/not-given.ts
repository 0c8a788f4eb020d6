/** Reasons why rules are skipped if the user does not give an input, by the name of the input in `needs:NAME`. */
export const notGiven = {
  previous: "--previous not given",
  base: "--base not given",
  certs: "--certs not given",
  expected: "--expect-revoked and --expect-good not given",
  shards: "--shards not given",
  ccadb: "--ccadb not given",
  url: "--url not given",
  now: "--now not given",
} as const;

/** Name of an input without which rules are skipped. */
type SkippedWithout = keyof typeof notGiven;

const inputs: ReadonlyMap<string, SkippedWithout> = new Map(
  (Object.keys(notGiven) as SkippedWithout[]).map((input) => [notGiven[input], input]),
);

/** Returns the input that was not given, if that is the reason why a rule was skipped. */
export function inputNotGiven(why: string): SkippedWithout | undefined {
  return inputs.get(why);
}
