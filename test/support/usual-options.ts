import { usualLimits } from "../../src/der/limits.ts";
import type { LintOptions } from "../../src/lint/lint.ts";
import { nodeVerifier } from "../../src/verify/node.ts";

/** Returns the options of the engine for a call without options. */
export function usualOptions(now: LintOptions["now"]): LintOptions {
  return {
    selection: { profiles: ["tls-br"], select: [], ignore: [], severity: [] },
    allDates: false,
    maxFindings: 20,
    now,
    scope: undefined,
    completeness: undefined,
    signature: "verify",
    verifier: nodeVerifier(),
    failOnSkipped: false,
    failOn: "error",
    limits: usualLimits,
    digests: true,
  };
}
