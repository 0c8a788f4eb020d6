import { findParameterFaults, type ParameterRule } from "../algorithm/parameter-faults.ts";
import { isList, isOnList } from "./algorithm-lists.ts";
import { equalOuter, isMisstated } from "./identifiers.ts";
import type { Context, Requirement } from "../rule/rule.ts";

/**
 * Reports the violations of one rule by the parameters in `tbsCertList.signature`. The finding also refers to the outer
 * signatureAlgorithm if it has the same bytes; if it does not, `algorithm/inner-outer-differ` reports that.
 *
 * @param rule the rule that reports
 * @param applies whether a requirement of the rule applies to this algorithm
 */
export function reportParameters(
  ctx: Context<"signature">,
  rule: ParameterRule,
  applies: (requirement: Requirement) => boolean = () => true,
): void {
  const { bytes, signature } = ctx;
  const faults = findParameterFaults(bytes, signature).filter(
    (fault) => fault.rule === rule && (fault.about === undefined || !isMisstated(ctx, ...fault.about)),
  );
  // A list without the algorithm does not forbid only its parameters: algorithm/not-permitted reports it.
  const violates = ctx.requirements.filter((requirement) => {
    if (!applies(requirement)) return false;
    // RFC 8603 4.1 states the parameters for its only digest.
    if (requirement.source === "cnsa") return isOnList("cnsa", bytes, signature);
    return !isList(requirement) || isOnList(requirement.source, bytes, signature);
  });
  for (const { at, path, message } of faults) {
    const whole = path === "" ? "tbsCertList.signature" : `tbsCertList.signature.${path}`;
    ctx.report({ at, path: whole, message, violates, related: equalOuter(ctx) });
  }
}
