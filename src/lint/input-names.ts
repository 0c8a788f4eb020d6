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

/** Inputs without which a call can still pass a gate: not the certificate of the issuing CA, nor a time. */
export const excusableInputs: readonly InputName[] = optionalInputs.filter(
  (name) => name !== "issuer" && name !== "now",
);

const optionOf: Partial<Readonly<Record<Input, InputName>>> = {
  ca: "issuer",
  givenCa: "issuer",
  verification: "issuer",
  certificates: "certs",
  expectedRevoked: "expected",
  expectedGood: "expected",
  shards: "shards",
  disclosedUrls: "ccadb",
  disclosure: "ccadb",
  url: "url",
  now: "now",
};

/** Options with which a call states what it expects of the CRL, by the input that they give. */
export const expectingOptions = {
  expectedRevoked: "--expect-revoked",
  expectedGood: "--expect-good",
  tbsWas: "--tbs-was",
  manifest: "--manifest",
  minimumValidity: "--valid-for",
} as const satisfies Partial<Readonly<Record<Input, string>>>;

/** Input that states what a call expects of the CRL. */
export type ExpectedInput = keyof typeof expectingOptions;

/** Whether an input states what a call expects of the CRL. */
export function isExpectedInput(input: Input): input is ExpectedInput {
  return Object.hasOwn(expectingOptions, input);
}

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
