import { readCrl } from "../crl/read.ts";
import { partByIssuer } from "../given/certificates.ts";
import { CrlSet } from "../given/crl-set.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import { undecidedExpectations } from "../lint/expectations.ts";
import type { Run } from "../rule/report.ts";
import { readShards } from "../given/shards.ts";
import { assign } from "./assign.ts";
import type { Further } from "./further.ts";
import { type Candidate, lintCandidate, type LintSetup } from "./lint-file.ts";
import { type OwnFinding, ownRun } from "./own-run.ts";

/**
 * Lints objects, each by itself and, if they are partitions of one CA, together; a run for each of them, and for each
 * finding about what they are compared with.
 */
export function lintTogether(
  candidates: readonly Candidate[],
  further: Further,
  setup: Pick<LintSetup, "shared" | "options">,
  areShards: boolean,
): readonly Run[] {
  const { options } = setup;
  const { form } = setup.shared;
  const objects = candidates.map(({ object }) => object);
  const shards = areShards ? readShards(objects, form, options) : undefined;
  const readAt = (index: number): GivenCrl["crl"] =>
    shards?.crl(index) ?? readCrl(objects[index]?.artefact.bytes ?? new Uint8Array(0), form, options);
  const indexes = objects.flatMap(({ kind }, i) => (kind === form ? [i] : []));
  const previous = assign("--previous", further.previous, indexes, readAt);
  const base = assign("--base", further.base, indexes, readAt);
  const { expected, issuers, others } = setup.shared;
  const { certificates: all } = further;
  const isSet = form === "crl" && indexes.length > 1 && !areShards;
  const needsCrls = all !== undefined || isSet;
  const crls = new Map(needsCrls ? indexes.map((index) => [index, readAt(index)] as const) : []);
  const given = new Map<number, GivenCrl>();
  for (const [index, crl] of crls) {
    const artefact = objects[index]?.artefact;
    if (artefact !== undefined) given.set(index, { crl, artefact });
  }
  const inScope = all && partByIssuer(all, crls);
  const set =
    form === "crl" && !areShards && given.size > 0
      ? new CrlSet([...given.values()], [...issuers, ...others], all)
      : undefined;
  const runs = candidates.flatMap((candidate, index) => {
    if (candidate.isInOtherShard === true) return [];
    const before = previous.of.get(index) ?? candidate.previous;
    // Base and delta CRL of one call are a pair, without an option that says so.
    const own = given.get(index);
    const complete = base.of.get(index) ?? (own && further.base.length === 0 ? set?.baseOf(own) : undefined);
    const certificates = inScope?.(index);
    const compared: Candidate = {
      ...candidate,
      ...(before && { previous: before }),
      ...(complete && { base: complete }),
      ...(certificates && { certificates }),
      ...(shards && { shards: { set: shards, index } }),
      ...(set && own && { together: { set, own } }),
    };
    return lintCandidate(compared, setup);
  });
  const undecided = undecidedExpectations(expected, [...crls.values()], areShards).map((each): OwnFinding => {
    return { ...each, severity: "error", file: each.location.file };
  });
  const findings = [...further.findings, ...previous.findings, ...base.findings, ...undecided];
  const { profiles } = options.selection;
  return [...runs, ...findings.map((finding) => ownRun(finding, form, profiles))];
}
