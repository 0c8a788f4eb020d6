// Made by `npm run new-rule` and `npm run docs` from the files in this folder; do not edit.
import type { AnyRule } from "../lint/rule.ts";
import crlNumberMissing from "./crl-number/missing.ts";
import issuerNotByteIdentical from "./issuer/not-byte-identical.ts";

/** All rules, by id. */
export const rules: readonly AnyRule[] = [
  crlNumberMissing,
  issuerNotByteIdentical,
];
