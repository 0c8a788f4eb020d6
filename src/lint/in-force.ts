import { secondsOf } from "../der/time.ts";
import type { Requirement } from "../rule/rule.ts";
import { noCaGiven } from "../given/pair.ts";
import { firstDay } from "../sources/first-day.ts";
import type { Subject } from "./subject.ts";

/** The source and dates of a requirement, and the date of a CRL or certificate that they apply to. */
type Dated = Pick<Requirement, "source" | "document" | "ownDocument" | "from" | "to" | "datedBy">;

/** The requirements of a rule that apply to one CRL. */
export interface InForce<R> {
  /** The requirements in force. */
  readonly requirements: readonly R[];
  /** Reason why there are none. */
  readonly why: string;
  /** Whether there are none because the deciding date could not be read. */
  readonly undated: boolean;
}

/** Parsed days of requirements. */
const starts = new Map<string, number>();

/** Returns the first second of a day `YYYY-MM-DD`, in seconds since 1970. */
function startOf(day: string): number {
  const known = starts.get(day);
  if (known !== undefined) return known;
  const [year, month, date] = day.split("-").map(Number);
  const seconds = secondsOf(year ?? 0, month ?? 0, date ?? 0, 0, 0, 0);
  if (seconds === undefined) throw new TypeError(`not a valid calendar date: ${day}`);
  starts.set(day, seconds);
  return seconds;
}

function startsBy(requirement: Dated, seconds: number): boolean {
  const from = firstDay(requirement);
  return from === undefined || seconds >= startOf(from);
}

/** A date that decides whether a requirement is in force for a CRL. */
export type DecidingDate = "thisUpdate" | "caNotBefore";

/** Returns the times, in seconds since 1970, at which a requirement begins or ceases to be in force. */
export function changesOf(requirement: Dated): { readonly by: DecidingDate; readonly at: readonly number[] } {
  const { to, datedBy = "thisUpdate" } = requirement;
  const from = firstDay(requirement);
  const starts = from === undefined ? [] : [startOf(from)];
  // An entry is never later than its CRL. The rule itself compares each revocationDate with `to`.
  if (datedBy === "revocationDate") return { by: "thisUpdate", at: starts };
  return { by: datedBy, at: to === undefined ? starts : [...starts, startOf(to) + 86_400] };
}

/** Whether a requirement is in force on a date: `from` and `to` are days in UTC, both inclusive. */
export function holdsAt(requirement: Dated, seconds: number): boolean {
  return startsBy(requirement, seconds) && (requirement.to === undefined || isThrough(requirement.to, seconds));
}

/** Whether a moment, in seconds since 1970, is on a day `YYYY-MM-DD` in UTC or earlier. */
export function isThrough(day: string, seconds: number): boolean {
  return seconds < startOf(day) + 86_400;
}

/** Finds the requirements of a rule that are in force for a CRL. */
export function findInForce<R extends Dated>(active: readonly R[], subject: Subject, allDates: boolean): InForce<R> {
  if (allDates || !active.some(isDated)) return { requirements: active, why: "", undated: false };
  const undated: string[] = [];
  const requirements = active.filter((requirement) => {
    if (!isDated(requirement)) return true;
    const date = dateBy(requirement.datedBy === "caNotBefore" ? "caNotBefore" : "thisUpdate", subject);
    if (date === undefined) undated.push(requirement.datedBy ?? "thisUpdate");
    if (date === undefined) return false;
    // An entry is never later than its CRL but may be much earlier: the rule itself checks `to` for each entry.
    return requirement.datedBy === "revocationDate" ? startsBy(requirement, date) : holdsAt(requirement, date);
  });
  if (requirements.length > 0) return { requirements, why: "", undated: false };
  const [date] = undated;
  if (date !== undefined) {
    const isCa = date === "caNotBefore" && subject.anyCa === undefined;
    const why = isCa ? (subject.noCaFound ?? noCaGiven) : `${date} decides whether it is in force, and cannot be read`;
    return { requirements, why, undated: true };
  }
  return { requirements, why: active.map(period).join("; "), undated: false };
}

function isDated(requirement: Dated): boolean {
  return firstDay(requirement) !== undefined || requirement.to !== undefined;
}

/** Returns a deciding date, in seconds since 1970; undefined if it is not known. */
export function dateBy(by: DecidingDate, { crl, anyCa: ca }: Subject): number | undefined {
  return by === "caNotBefore" ? ca?.certificate.notBefore.seconds : crl.thisUpdate?.seconds;
}

function period(requirement: Dated): string {
  const { to, datedBy = "thisUpdate" } = requirement;
  const from = firstDay(requirement);
  const what = datedBy === "caNotBefore" ? "CA certificates issued" : "CRLs dated";
  if (from !== undefined && to !== undefined) return `for ${what} from ${from} to ${to}`;
  return from === undefined ? `for ${what} up to ${to}` : `for ${what} ${from} or later`;
}
