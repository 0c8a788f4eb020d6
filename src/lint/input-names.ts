import { type Input, inputFor, otherCrlRole } from "../rule/aspects.ts";
import type { RuleHead } from "../rule/rule.ts";

/** Inputs that a user can give or omit, by the option that gives them. */
export const optionalInputs = [
  "issuer",
  "previous",
  "base",
  "certs",
  "expected",
  "shards",
  "ccadb",
  "url",
  "now",
] as const;

/** Name of an input that a user can give or omit. */
export type InputName = (typeof optionalInputs)[number];

const optionOf: Partial<Readonly<Record<Input, InputName>>> = {
  ca: "issuer",
  givenCa: "issuer",
  verification: "issuer",
  certificates: "certs",
  expected: "expected",
  shards: "shards",
  disclosedUrls: "ccadb",
  disclosure: "ccadb",
  url: "url",
  now: "now",
};

/** Returns the inputs from the user that a rule requires. */
export function optionsFor({ looksAt = [] }: RuleHead): readonly InputName[] {
  const names = new Set<InputName>();
  for (const aspect of looksAt) {
    const input = inputFor(aspect);
    const name = otherCrlRole(aspect) ?? (input && optionOf[input]);
    if (name !== undefined) names.add(name);
  }
  return [...names];
}
