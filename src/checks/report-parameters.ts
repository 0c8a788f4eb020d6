import { findParameterFaults, type ParameterRule } from "../algorithm/parameter-faults.ts";
import { isList, isOnList } from "./algorithm-lists.ts";
import { outerTwin } from "./identifiers.ts";
import type { Context, Requirement } from "../rule/rule.ts";

/**
 * Reports what one rule has to say of the parameters in `tbsCertList.signature`. The outer signatureAlgorithm is named
 * beside it where it holds the same octets; where it does not, `algorithm/inner-outer-differ` speaks of it.
 *
 * @param rule the rule that reports
 * @param applies which of its requirements speak of this algorithm
 */
export function reportParameters(
  ctx: Context<"signature">,
  rule: ParameterRule,
  applies: (requirement: Requirement) => boolean = () => true,
): void {
  const { bytes, signature } = ctx;
  const faults = findParameterFaults(bytes, signature).filter((fault) => fault.rule === rule);
  // A list that does not have the algorithm at all forbids more than its parameters: algorithm/not-permitted says so.
  const violates = ctx.requirements.filter(
    (requirement) => applies(requirement) && (!isList(requirement) || isOnList(requirement.source, bytes, signature)),
  );
  for (const { at, path, message } of faults) {
    const whole = path === "" ? "tbsCertList.signature" : `tbsCertList.signature.${path}`;
    ctx.report({ at, path: whole, message, violates, related: outerTwin(ctx) });
  }
}
