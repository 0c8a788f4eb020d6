import { readCrl } from "../crl/read.ts";
import { octets } from "../der/span.ts";
import { latin1 } from "../der/strings.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import type { Run } from "../rule/report.ts";
import type { GivenCertificate } from "../given/given.ts";
import { readShards } from "../given/shards.ts";
import { assign } from "./assign.ts";
import type { Further } from "./further.ts";
import { type Candidate, lintCandidate } from "./lint-file.ts";
import { ownRun } from "./own-run.ts";
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
  const inScope = further.certificates && partByIssuer(further.certificates, indexes, readAt);
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
  const findings = [...further.findings, ...previous.findings, ...base.findings];
  return [...runs, ...findings.map((finding) => ownRun(finding, form, options.selection.profiles))];
}

/**
 * Certificates that each CRL of a call may list: with CRLs of several CAs, those issued by the issuer of another of
 * the CRLs are left to that one.
 */
function partByIssuer(
  certificates: readonly GivenCertificate[],
  indexes: readonly number[],
  readAt: (index: number) => GivenCrl["crl"],
): (index: number) => readonly GivenCertificate[] {
  if (indexes.length < 2) return () => certificates;
  const issuerOf = new Map(
    indexes.map((index) => {
      const { issuer, source } = readAt(index);
      return [index, issuer === undefined ? "" : latin1(octets(source.bytes, issuer))];
    }),
  );
  const issuers = new Set(issuerOf.values());
  const issued = certificates.map(({ certificate }) => latin1(octets(certificate.source.bytes, certificate.issuer)));
  return (index) => certificates.filter((_, i) => issued[i] === issuerOf.get(index) || !issuers.has(issued[i] ?? ""));
}
