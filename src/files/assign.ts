import { type Crl, findExtension } from "../crl/crl.ts";
import { contents, hex, octets } from "../der/span.ts";
import { Oid } from "../extension/oids.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import { ambiguous } from "./input-findings.ts";
import type { OwnFinding } from "./own-run.ts";

/** Which CRL each of those under judgement is compared with, by its index, and what belongs to none. */
export interface Assigned {
  readonly of: ReadonlyMap<number, GivenCrl>;
  readonly findings: readonly OwnFinding[];
}

/**
 * Tells which CRL is to be compared with which. One and one are a pair, always: that they are of different issuers is
 * for the rules to say. Several are told apart by issuer and issuingDistributionPoint, octet for octet; what is not
 * unambiguous then is refused, since a comparison with the wrong CRL would accuse a CA of what it has not done.
 *
 * @param read reads a CRL under judgement; only called where there is a choice
 */
export function assign(
  option: "--previous" | "--base",
  given: readonly GivenCrl[],
  indexes: readonly number[],
  read: (index: number) => Crl,
): Assigned {
  const [onlyGiven] = given;
  const [onlyIndex] = indexes;
  if (onlyGiven === undefined || onlyIndex === undefined) return { of: new Map(), findings: [] };
  if (given.length === 1 && indexes.length === 1) return { of: new Map([[onlyIndex, onlyGiven]]), findings: [] };
  const byKey = groupBy(indexes, (index) => keyOf(option, read(index), false));
  const of = new Map<number, GivenCrl>();
  const findings: OwnFinding[] = [];
  const refuse = ({ artefact }: GivenCrl, message: string): void => {
    findings.push(ambiguous(artefact.name, message, `lint one CRL with its own ${option} at a time`));
  };
  for (const [key, those] of groupBy(given, ({ crl }) => keyOf(option, crl, true))) {
    const [first, second] = those;
    const targets = byKey.get(key) ?? [];
    const [target] = targets;
    if (first === undefined) continue;
    if (second !== undefined)
      refuse(second, `${option} names two CRLs of ${same}: this one and ${first.artefact.name}`);
    else if (target === undefined) refuse(first, `${option} names a CRL that none of those to lint has ${same} with`);
    else if (targets.length > 1) refuse(first, `${targets.length} of the CRLs to lint have ${same} with this one`);
    else of.set(target, first);
  }
  return { of, findings };
}

/** Map.groupBy, which not every Node has that this runs on. */
function groupBy<T>(items: readonly T[], keyOfItem: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOfItem(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

const same = "the same issuer and issuingDistributionPoint";

/** Issuer and issuingDistributionPoint as text; a delta CRL follows upon a delta CRL, and has a complete one as base. */
function keyOf(option: "--previous" | "--base", crl: Crl, isGiven: boolean): string {
  const { bytes } = crl.source;
  const value = findExtension(crl, Oid.issuingDistributionPoint)?.value;
  const isDelta = findExtension(crl, Oid.deltaCrlIndicator) !== undefined;
  const kind = option === "--base" && isGiven ? !isDelta : isDelta;
  const issuer = crl.issuer === undefined ? "" : hex(octets(bytes, crl.issuer));
  return `${issuer}/${value === undefined ? "" : hex(contents(bytes, value))}/${kind}`;
}
