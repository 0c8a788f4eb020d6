import type { Finding, Suppressed } from "../rule/report.ts";

/** Returns why a finding does not count: `suppressed until 2026-12-15: the CRL will be reissued`. */
export function describeSuppressed({ reason, until }: Suppressed, rule?: string): string {
  return `suppressed${rule === undefined ? "" : ` ${rule}`}${until === undefined ? "" : ` until ${until}`}: ${reason}`;
}

/**
 * Returns a finding for formats that cannot mark a suppressed finding: it becomes a notice, and its message begins with
 * the suppression, its last day and its reason.
 */
export function withSuppressionInMessage(finding: Finding): Finding {
  const { message, suppressed } = finding;
  if (suppressed === undefined) return finding;
  return { ...finding, severity: "notice", message: `[${describeSuppressed(suppressed)}] ${message}` };
}
