import { secondsOf } from "../der/time.ts";
import type { Requirement } from "../rule/rule.ts";
import { noCaGiven } from "../given/pair.ts";
import type { Subject } from "./subject.ts";

/** The days on which a requirement is in force, and the date that they speak of. */
type Dated = Pick<Requirement, "from" | "to" | "datedBy">;

/** What of a rule binds one CRL. */
export interface InForce<R> {
  /** Those whose dates hold. */
  readonly requirements: readonly R[];
  /** Why there are none, in words. */
  readonly why: string;
  /** Whether there are none because a date that gates them could not be read. */
  readonly undated: boolean;
}

/** Days that requirements name, each read once. */
const starts = new Map<string, number>();

/** Seconds since 1970 of the first moment of a day `YYYY-MM-DD`. */
function startOf(day: string): number {
  const known = starts.get(day);
  if (known !== undefined) return known;
  const [year, month, date] = day.split("-").map(Number);
  const seconds = secondsOf(year ?? 0, month ?? 0, date ?? 0, 0, 0, 0);
  if (seconds === undefined) throw new TypeError(`no day of the calendar: ${day}`);
  starts.set(day, seconds);
  return seconds;
}

function startsBy(requirement: Dated, seconds: number): boolean {
  return requirement.from === undefined || seconds >= startOf(requirement.from);
}

/** From which thisUpdate on a requirement is in force for good; Infinity where that hangs on more. */
export function inForceFrom({ from, to, datedBy = "thisUpdate" }: Dated): number {
  if (from === undefined && to === undefined) return Number.NEGATIVE_INFINITY;
  return from === undefined || to !== undefined || datedBy !== "thisUpdate" ? Number.POSITIVE_INFINITY : startOf(from);
}

/** Whether a requirement holds on a date: `from` and `to` name days, both included, in UTC. */
export function holdsAt(requirement: Dated, seconds: number): boolean {
  if (!startsBy(requirement, seconds)) return false;
  return requirement.to === undefined || seconds < startOf(requirement.to) + 86_400;
}

/** Finds which of a rule's requirements bind a CRL, by their dates. */
export function findInForce<R extends Dated>(active: readonly R[], subject: Subject, allDates: boolean): InForce<R> {
  if (allDates || !active.some(isDated)) return { requirements: active, why: "", undated: false };
  const undated: string[] = [];
  const requirements = active.filter((requirement) => {
    if (!isDated(requirement)) return true;
    const date = dateOf(requirement, subject);
    if (date === undefined) undated.push(requirement.datedBy ?? "thisUpdate");
    if (date === undefined) return false;
    // An entry cannot be dated after its CRL but may be much older: each entry is held to `to` by the rule itself.
    return requirement.datedBy === "revocationDate" ? startsBy(requirement, date) : holdsAt(requirement, date);
  });
  if (requirements.length > 0) return { requirements, why: "", undated: false };
  const [date] = undated;
  if (date !== undefined) {
    const isCa = date === "caNotBefore" && subject.ca === undefined;
    const why = isCa ? (subject.noCaFound ?? noCaGiven) : `${date} says whether it is in force, and cannot be read`;
    return { requirements, why, undated: true };
  }
  return { requirements, why: active.map(period).join("; "), undated: false };
}

function isDated({ from, to }: Dated): boolean {
  return from !== undefined || to !== undefined;
}

function dateOf(requirement: Dated, { crl, ca }: Subject): number | undefined {
  if (requirement.datedBy === "caNotBefore") return ca?.certificate.notBefore.seconds;
  return crl.thisUpdate?.seconds;
}

function period({ from, to, datedBy = "thisUpdate" }: Dated): string {
  const what = datedBy === "caNotBefore" ? "CA certificates issued" : "CRLs dated";
  if (from !== undefined && to !== undefined) return `for ${what} from ${from} to ${to}`;
  return from === undefined ? `for ${what} up to ${to}` : `for ${what} ${from} or later`;
}
