import { expect, test } from "vitest";
import { capitalize } from "../../src/explain/capitalize.ts";

test.each([
  ["version is missing although extensions are used", "Version is missing although extensions are used"],
  ["issuer that is not the CA's subject", "Issuer that is not the CA's subject"],
  ["root's CRL", "Root's CRL"],
  ["percent-encoding in the path", "Percent-encoding in the path"],
  ["a", "A"],
])("a word becomes upper case: %s", (title, sentence) => {
  expect(capitalize(title)).toBe(sentence);
});

test.each([
  "cRLNumber is not higher",
  "issuingDistributionPoint: twice",
  "onlyContainsUserCerts, on a CRL of a root",
  "unspecified, which is a value of its own",
  "id-ml-dsa-44",
  "ecdsa-with-SHA256 has parameters",
  "sha1WithRSAEncryption alone",
  "https instead of http",
  "max-age of a month",
  "r and s concatenated",
  "CRL is expired",
  "12 months and one second",
  '[""] and an entry',
  "",
])("a name stays: %s", (title) => {
  expect(capitalize(title)).toBe(title);
});
