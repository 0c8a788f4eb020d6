import type { Finding } from "./report.ts";

/** The parts of a finding of crllint itself. */
type Uncited = Pick<Finding, "rule" | "severity" | "message" | "location" | "help"> &
  Partial<Pick<Finding, "related" | "notes">>;

/** Returns a finding of crllint itself. It cites nothing: no document requires that an input can be checked. */
export function withoutCites(finding: Uncited): Finding {
  return { related: [], notes: [], ...finding, cites: [] };
}
