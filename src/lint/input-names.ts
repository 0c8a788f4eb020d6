import type { Need } from "../rule/rule.ts";

/** Inputs that a user can give or leave out, by the option that gives them. */
export type InputName = "issuer" | "previous" | "base" | "certs" | "expected" | "shards" | "ccadb" | "url" | "now";

const inputOf: Partial<Readonly<Record<Need, InputName>>> = {
  ca: "issuer",
  givenCa: "issuer",
  verification: "issuer",
  previous: "previous",
  previousOfSeries: "previous",
  predecessor: "previous",
  predecessorEntries: "previous",
  base: "base",
  combinableBase: "base",
  certificates: "certs",
  expected: "expected",
  shards: "shards",
  disclosedUrls: "ccadb",
  disclosure: "ccadb",
  url: "url",
  now: "now",
};

/** The inputs that a rule with these needs cannot do without. */
export function inputsOf(needs: readonly Need[]): readonly InputName[] {
  return [...new Set(needs.flatMap((need) => inputOf[need] ?? []))];
}
