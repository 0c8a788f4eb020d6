import { secondsOf } from "../der/time.ts";
import type { SourceId } from "../sources/profiles.ts";
import type { AnyRule, Requirement } from "./rule.ts";
import { noCaGiven, type Subject } from "./subject.ts";

/** What of a rule binds one CRL. */
export interface InForce {
  /** Requirements of active sources whose dates hold. */
  readonly requirements: readonly Requirement[];
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

function startsBy(requirement: Requirement, seconds: number): boolean {
  return requirement.from === undefined || seconds >= startOf(requirement.from);
}

/** Whether a requirement holds on a date: `from` and `to` name days, both included, in UTC. */
export function holdsAt(requirement: Requirement, seconds: number): boolean {
  if (!startsBy(requirement, seconds)) return false;
  return requirement.to === undefined || seconds < startOf(requirement.to) + 86_400;
}

/** Finds the requirements of a rule that bind a CRL, by the active sources and by their dates. */
export function findInForce(
  rule: AnyRule,
  sources: ReadonlySet<SourceId>,
  subject: Subject,
  allDates: boolean,
): InForce {
  const active = rule.requirements.filter((requirement) => sources.has(requirement.source));
  if (allDates) return { requirements: active, why: "", undated: false };
  const undated: string[] = [];
  const requirements = active.filter((requirement) => {
    if (requirement.from === undefined && requirement.to === undefined) return true;
    const date = dateOf(requirement, subject);
    if (date === undefined) undated.push(requirement.datedBy ?? "thisUpdate");
    if (date === undefined) return false;
    // An entry cannot be dated after its CRL but may be much older: each entry is held to `to` by the rule itself.
    return requirement.datedBy === "revocationDate" ? startsBy(requirement, date) : holdsAt(requirement, date);
  });
  if (requirements.length > 0) return { requirements, why: "", undated: false };
  if (undated.length > 0) {
    const [date = ""] = undated;
    const isCa = date === "caNotBefore" && subject.ca === undefined;
    const why = isCa ? (subject.noCaFound ?? noCaGiven) : `${date} says whether it is in force, and cannot be read`;
    return { requirements, why, undated: true };
  }
  return { requirements, why: active.map(period).join("; "), undated: false };
}

function dateOf(requirement: Requirement, { crl, ca }: Subject): number | undefined {
  if (requirement.datedBy === "caNotBefore") return ca?.certificate.notBefore.seconds;
  return crl.thisUpdate?.seconds;
}

function period({ from, to, datedBy = "thisUpdate" }: Requirement): string {
  const what = datedBy === "caNotBefore" ? "CA certificates issued" : "CRLs dated";
  if (from !== undefined && to !== undefined) return `for ${what} from ${from} to ${to}`;
  return from === undefined ? `for ${what} up to ${to}` : `for ${what} ${from} or later`;
}
