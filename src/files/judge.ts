import { readCrl } from "../crl/read.ts";
import { loadableRules } from "../rules/heads.ts";
import { octets } from "../der/span.ts";
import { latin1 } from "../der/strings.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import { type LintInput, lintOne, type LintOptions } from "../lint/lint.ts";
import type { Run } from "../rule/report.ts";
import type { GivenCertificate } from "../given/given.ts";
import { readShards } from "../given/shards.ts";
import { assign } from "./assign.ts";
import type { FileSettings } from "./bind-files.ts";
import type { Further } from "./further.ts";
import { ownRun } from "./own-run.ts";

/** One input to judge, with what is known of it alone. */
export type Candidate = Pick<LintInput, "object" | "url" | "transport" | "copies"> &
  Partial<Issuers> & {
    /** What it is said to be, where that is not what is said of all. */
    readonly stated?: FileSettings["stated"];
    /** The CRL to compare with where no option names one. */
    readonly previous?: GivenCrl;
    /** Whether it is there for the others only, and is judged by another call. */
    readonly isElsewhere?: boolean;
  };

type Issuers = Pick<LintInput, "issuers" | "issuersChosen" | "others">;

/** What all inputs are judged with. */
export interface Surroundings extends Pick<LintInput, "form">, Issuers {
  readonly further: Further;
  /** Whether the CRLs are one CA's partition. */
  readonly areShards: boolean;
}

/** Judges inputs, each by itself and together where they are shards; a run for each, and for each of further.findings. */
export function judge(
  candidates: readonly Candidate[],
  { further, areShards, ...alike }: Surroundings,
  options: LintOptions,
): readonly Run[] {
  const { form } = alike;
  const { profiles } = options.selection;
  const objects = candidates.map(({ object }) => object);
  const shards = areShards ? readShards(objects, form, options) : undefined;
  const readAt = (index: number): GivenCrl["crl"] =>
    shards?.crl(index) ?? readCrl(objects[index]?.artefact.bytes ?? new Uint8Array(0), form, options);
  const indexes = objects.flatMap(({ kind }, i) => (kind === form ? [i] : []));
  const previous = assign("--previous", further.previous, indexes, readAt);
  const base = assign("--base", further.base, indexes, readAt);
  const { expected, ccadb, tbsWas } = further;
  const inScope = further.certificates && partByIssuer(further.certificates, indexes, readAt);
  const runs = candidates.flatMap(({ isElsewhere = false, stated, ...candidate }, index) => {
    if (isElsewhere) return [];
    const before = previous.of.get(index) ?? candidate.previous;
    const complete = base.of.get(index);
    const certificates = inScope?.(index);
    const input: LintInput = {
      ...alike,
      ...candidate,
      ...(before && { previous: before }),
      ...(complete && { base: complete }),
      ...(certificates && { certificates }),
      ...(expected && { expected }),
      ...(ccadb && { ccadb }),
      ...(tbsWas && { tbsWas }),
      ...(shards && { shards: { set: shards, index } }),
    };
    return lintOne(loadableRules, input, { ...options, ...stated });
  });
  const findings = [...further.findings, ...previous.findings, ...base.findings];
  return [...runs, ...findings.map((finding) => ownRun(finding, form, profiles))];
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
