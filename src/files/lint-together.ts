import { type Crl, findExtension, isDelta } from "../crl/crl.ts";
import { readCrl } from "../crl/read.ts";
import { bytesOf, contents, hex } from "../der/span.ts";
import { Oid } from "../extension/oids.ts";
import { partByIssuer } from "../given/certificates.ts";
import { CrlSet } from "../given/crl-set.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import { undecidedExpectations } from "../lint/expectations.ts";
import type { Run } from "../rule/report.ts";
import { readShards } from "../given/shards.ts";
import type { InputObject } from "../input/read.ts";
import { type LintInput, lintOne } from "../lint/lint.ts";
import { groupBy } from "../der/group-by.ts";
import { loadableRules } from "../rules/heads.ts";
import type { Further } from "./further.ts";
import { ambiguous, unusedBase } from "./input-findings.ts";
import type { LintSetup } from "./lint-setup.ts";
import { type OwnFinding, ownRun } from "./own-run.ts";

/**
 * Lints objects, each by itself, and also together if they are partitions of one CA. Returns a run for each of them,
 * and for each finding about the inputs that they are compared with.
 *
 * @param inShard objects to lint, if the others are only compared with them
 */
export function lintTogether(
  inputs: readonly LintInput[],
  further: Further,
  { shared, options }: Pick<LintSetup, "shared" | "options">,
  areShards: boolean,
  inShard?: ReadonlySet<InputObject>,
): readonly Run[] {
  const { form, expected, issuers, others } = shared;
  const objects = inputs.map(({ object }) => object);
  const shards = areShards ? readShards(objects, form, options) : undefined;
  const readAt = (index: number): GivenCrl["crl"] =>
    shards?.crl(index) ?? readCrl(objects[index]?.artefact.bytes ?? new Uint8Array(0), form, options);
  const indexes = objects.flatMap(({ kind }, i) => (kind === form ? [i] : []));
  const findings = [...further.findings];
  const previous = assign("--previous", further.previous, indexes, readAt, findings);
  const base = assign("--base", further.base, indexes, readAt, findings);
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
  const runs = inputs.flatMap((input, index) => {
    if (inShard?.has(input.object) === false) return [];
    const before = previous.get(index) ?? input.previous;
    // The base and delta CRL of one call are a pair, even without an option.
    const own = given.get(index);
    const complete = base.get(index) ?? (own && further.base.length === 0 ? set?.baseOf(own) : undefined);
    const certificates = inScope?.(index);
    const compared: LintInput = {
      ...input,
      ...(before && { previous: before }),
      ...(complete && { base: complete }),
      ...(certificates && { certificates }),
      ...(shards && { shards: { set: shards, index } }),
      ...(set && own && { together: { set, own } }),
    };
    return lintOne(loadableRules, compared, options);
  });
  const undecided = undecidedExpectations(expected, [...given.values()], areShards).map((each): OwnFinding => {
    return { ...each, severity: "error", file: each.location.file };
  });
  const { profiles } = options.selection;
  return [...runs, ...[...findings, ...undecided].map((finding) => ownRun(finding, form, profiles))];
}

/**
 * Assigns to each CRL the one to compare it with. If there is one of each, they are always a pair: rules report it if
 * their issuers differ. Several are matched by issuer and issuingDistributionPoint, byte for byte. Ambiguous matches
 * are rejected: a comparison with the wrong CRL would report defects that the CA does not have.
 *
 * @param read reads a CRL that is linted; called only if there is a choice, and for --base
 * @param findings list to which rejected CRLs are added
 * @returns CRLs by the index of the one that is linted
 */
function assign(
  option: "--previous" | "--base",
  given: readonly GivenCrl[],
  indexes: readonly number[],
  read: (index: number) => Crl,
  findings: OwnFinding[],
): ReadonlyMap<number, GivenCrl> {
  const [onlyGiven] = given;
  const [onlyIndex] = indexes;
  if (onlyGiven === undefined || onlyIndex === undefined) return new Map();
  if (given.length === 1 && indexes.length === 1) {
    if (option === "--base" && !isDelta(read(onlyIndex))) findings.push(unusedBase(onlyGiven.artefact.name));
    return new Map([[onlyIndex, onlyGiven]]);
  }
  const byKey = groupBy(indexes, (index) => keyOf(option, read(index), false));
  const of = new Map<number, GivenCrl>();
  const refuse = ({ artefact }: GivenCrl, message: string): void => {
    findings.push(ambiguous(artefact.name, message, `lint one CRL with its own ${option} at a time`));
  };
  for (const [key, those] of groupBy(given, ({ crl }) => keyOf(option, crl, true))) {
    const [first, second] = those;
    const targets = byKey.get(key) ?? [];
    const [target] = targets;
    if (first === undefined) continue;
    if (second !== undefined)
      refuse(second, `${option} names two CRLs with ${same}: this one and ${first.artefact.name}`);
    else if (target === undefined) refuse(first, `${option} names a CRL, and none of the CRLs to lint has ${same}`);
    else if (targets.length > 1) refuse(first, `${targets.length} of the CRLs to lint have ${same} as this one`);
    else of.set(target, first);
  }
  return of;
}

const same = "the same issuer and issuingDistributionPoint";

/**
 * Returns issuer and issuingDistributionPoint as text. A delta CRL replaces a delta CRL, and updates a complete CRL.
 */
function keyOf(option: "--previous" | "--base", crl: Crl, isGiven: boolean): string {
  const { bytes } = crl.source;
  const value = findExtension(crl, Oid.issuingDistributionPoint)?.value;
  const kind = option === "--base" && isGiven ? !isDelta(crl) : isDelta(crl);
  const issuer = crl.issuer === undefined ? "" : hex(bytesOf(bytes, crl.issuer));
  return `${issuer}/${value === undefined ? "" : hex(contents(bytes, value))}/${kind}`;
}
