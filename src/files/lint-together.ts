import { readCrl } from "../crl/read.ts";
import { partByIssuer } from "../given/certificates.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import { undecidedExpectations } from "../lint/expectations.ts";
import { findBase, findInSet } from "../lint/sets.ts";
import type { Run } from "../rule/report.ts";
import { readShards } from "../given/shards.ts";
import { assign } from "./assign.ts";
import type { Further } from "./further.ts";
import { type Candidate, lintCandidate, type LintSetup } from "./lint-file.ts";
import { type OwnFinding, ownRun, setRun } from "./own-run.ts";

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
  const given = Array.from(crls, ([index, crl]): GivenCrl[] => {
    const artefact = objects[index]?.artefact;
    return artefact === undefined ? [] : [{ crl, artefact }];
  }).flat();
  const inScope = all && partByIssuer(all, crls);
  const runs = candidates.flatMap((candidate, index) => {
    if (candidate.isInOtherShard === true) return [];
    const before = previous.of.get(index) ?? candidate.previous;
    const crl = crls.get(index);
    // Base and delta CRL of one call are a pair, without an option that says so.
    const complete =
      base.of.get(index) ?? (crl && isSet && further.base.length === 0 ? findBase(crl, given) : undefined);
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
  const { profiles } = options.selection;
  const certificates = [...issuers, ...others, ...(all ?? [])];
  const ofSet = form === "crl" && !areShards ? findInSet(given, certificates) : [];
  return [
    ...runs,
    ...findings.map((finding) => ownRun(finding, form, profiles)),
    ...ofSet.map((finding) => setRun(finding, profiles)),
  ];
}
