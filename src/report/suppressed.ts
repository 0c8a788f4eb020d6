import type { Finding, Suppressed } from "../rule/report.ts";

/** Why a finding does not count, in a few words: `suppressed until 2026-12-15: to be issued anew`. */
export function describeSuppressed({ reason, until }: Suppressed, rule?: string): string {
  return `suppressed${rule === undefined ? "" : ` ${rule}`}${until === undefined ? "" : ` until ${until}`}: ${reason}`;
}

/**
 * A finding as it stands in formats whose readers know no mark for what does not count: such a one is a notice, and its
 * message says first that it is suppressed, until when and why.
 */
export function markSuppressed(finding: Finding): Finding {
  const { message, suppressed } = finding;
  if (suppressed === undefined) return finding;
  return { ...finding, severity: "notice", message: `[${describeSuppressed(suppressed)}] ${message}` };
}
