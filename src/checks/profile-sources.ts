import type { BaseContext, Requirement } from "../rule/rule.ts";
import type { BaselineId, SourceId } from "../sources/profiles.ts";

// The only questions about the sources of a profile that no date decides. To leave a finding to a rule of another source,
// ask `ctx.hasInForce`: that rule may not be in force for this CRL.

/** Whether the CA issues certificates of a kind: the profile includes the Baseline Requirements for that kind. */
export function issuesUnder({ sources }: Pick<BaseContext, "sources">, baseline: BaselineId): boolean {
  return sources.has(baseline);
}

/** Whether a requirement applies to certificates of the CA: MRSP 4.1, 6.1.1 and 6.1.2 apply to TLS certificates. */
export function isForCa({ source }: Requirement, ctx: Pick<BaseContext, "sources">): boolean {
  return source !== "mozilla" || issuesUnder(ctx, "tls-br");
}

/**
 * Whether a document of the profile permits what another document advises against. The date of the CRL does not matter:
 * a document may have permitted this before the version that was read, and crllint must not raise a false alarm.
 */
export function isPermittedBy({ sources }: Pick<BaseContext, "sources">, ...documents: readonly SourceId[]): boolean {
  return documents.some((source) => sources.has(source));
}
