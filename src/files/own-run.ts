import type { Finding, Run } from "../rule/report.ts";
import type { ProfileId } from "../sources/profiles.ts";

/** What the tool has to say of an input that it does not lint. All text must be escaped. */
export interface OwnFinding extends Pick<Finding, "rule" | "severity" | "message" | "help"> {
  /** Name of the file, escaped. */
  readonly file: string;
  /** Octets of it that were looked at. */
  readonly length?: number;
}

/** A run that holds one finding of the tool's own. An error means that the check could not be made. */
export function ownRun(finding: OwnFinding, form: Run["form"], profiles: readonly ProfileId[]): Run {
  const { file, length = 0, rule, severity, message, help } = finding;
  const location = { file, path: "", offset: 0, length };
  return {
    crl: file,
    form,
    verdict: severity === "error" ? "undecided" : "pass",
    judged: severity !== "error",
    core: [],
    scope: { kind: "unknown", evidence: "no CRL" },
    profiles,
    entries: 0,
    signature: { verdict: "not-checked", why: "no CRL" },
    findings: [{ rule, severity, message, location, related: [], cites: [], notes: [], help }],
    rules: [],
  };
}
