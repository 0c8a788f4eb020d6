import { withoutCites } from "../rule/without-cites.ts";
import { type Finding, type Location, type Run, withoutCrl } from "../rule/report.ts";
import type { ProfileId } from "../sources/profiles.ts";

/** A finding about an input that is not linted. All text must be escaped. */
export interface OwnFinding extends Pick<Finding, "rule" | "severity" | "message" | "help"> {
  /** Name of the file, escaped. */
  readonly file: string;
  /** Number of its bytes that were checked. */
  readonly length?: number;
  /** The location, if it is not the whole file. */
  readonly location?: Location;
  readonly related?: readonly Location[];
}

/** Returns a run with one such finding. An error means that the input could not be checked. */
export function ownRun(finding: OwnFinding, form: Run["form"], profiles: readonly ProfileId[]): Run {
  const { file, length = 0, rule, severity, message, related = [], help } = finding;
  const { location = { file, path: "", offset: 0, length } } = finding;
  return {
    crl: file,
    form,
    verdict: severity === "error" ? "undecided" : "pass",
    judged: severity !== "error",
    ...withoutCrl,
    profiles,
    findings: [withoutCites({ rule, severity, message, location, related, help })],
    rules: [],
  };
}

/** Compares runs for a report: by the names of their files. Runs of one name keep their order. */
export function byName(a: Pick<Run, "crl">, b: Pick<Run, "crl">): number {
  return a.crl < b.crl ? -1 : a.crl > b.crl ? 1 : 0;
}
