import { readCrl } from "../crl/read.ts";
import { partByIssuer } from "../given/certificates.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import { undecidedExpectations } from "../lint/expectations.ts";
import type { Run } from "../rule/report.ts";
import { readShards } from "../given/shards.ts";
import { assign } from "./assign.ts";
import type { Further } from "./further.ts";
import { type Candidate, lintCandidate } from "./lint-file.ts";
import { type OwnFinding, ownRun } from "./own-run.ts";
import type { LintSetup } from "./setup.ts";

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
  const { expected } = setup.shared;
  const { certificates: all } = further;
  const crls = new Map(all === undefined ? [] : indexes.map((index) => [index, readAt(index)] as const));
  const inScope = all && partByIssuer(all, crls);
  const runs = candidates.flatMap((candidate, index) => {
    if (candidate.isInOtherShard === true) return [];
    const before = previous.of.get(index) ?? candidate.previous;
    const complete = base.of.get(index);
    const certificates = inScope?.(index);
    const compared: Candidate = {
      ...candidate,
      ...(before && { previous: before }),
      ...(complete && { base: complete }),
      ...(certificates && { certificates }),
      ...(shards && { shards: { set: shards, index } }),
    };
    return lintCandidate(compared, setup);
  });
  const undecided = undecidedExpectations(expected, [...crls.values()], areShards).map((each): OwnFinding => {
    return { ...each, severity: "error", file: each.location.file };
  });
  const findings = [...further.findings, ...previous.findings, ...base.findings, ...undecided];
  return [...runs, ...findings.map((finding) => ownRun(finding, form, options.selection.profiles))];
}
