import { type Crl, findExtension } from "../crl/crl.ts";
import { contents, hex, octets } from "../der/span.ts";
import { Oid } from "../extension/oids.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import { ambiguous } from "./input-findings.ts";
import type { OwnFinding } from "./own-run.ts";

/** Which CRL each CRL that is linted is compared with, by its index, and what is wrong with the others. */
export interface Assigned {
  readonly of: ReadonlyMap<number, GivenCrl>;
  readonly findings: readonly OwnFinding[];
}

/**
 * Assigns to each CRL the one to compare it with. One and one are always a pair: rules report it if their issuers
 * differ. Several are matched by issuer and issuingDistributionPoint, byte for byte. What is ambiguous then is refused:
 * a comparison with the wrong CRL would report defects that the CA does not have.
 *
 * @param read reads a CRL that is linted; only called if there is a choice
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
    else if (target === undefined) refuse(first, `${option} names a CRL, and none of the CRLs to lint has ${same}`);
    else if (targets.length > 1) refuse(first, `${targets.length} of the CRLs to lint have ${same} with this one`);
    else of.set(target, first);
  }
  return { of, findings };
}

/** Map.groupBy, which Node 20 lacks. */
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

/** Issuer and issuingDistributionPoint as text; a delta CRL replaces a delta CRL, and updates a complete one. */
function keyOf(option: "--previous" | "--base", crl: Crl, isGiven: boolean): string {
  const { bytes } = crl.source;
  const value = findExtension(crl, Oid.issuingDistributionPoint)?.value;
  const isDelta = findExtension(crl, Oid.deltaCrlIndicator) !== undefined;
  const kind = option === "--base" && isGiven ? !isDelta : isDelta;
  const issuer = crl.issuer === undefined ? "" : hex(octets(bytes, crl.issuer));
  return `${issuer}/${value === undefined ? "" : hex(contents(bytes, value))}/${kind}`;
}
