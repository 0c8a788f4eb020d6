import type { Entry } from "../crl/entry-reader.ts";
import { Reason } from "../crl/reason.ts";
import { Cursor, type Source } from "../der/cursor.ts";
import { readOid } from "../der/oid.ts";
import { Tag } from "../der/tag.ts";
import { isKnownExtension, Oid } from "../extension/oids.ts";
import { withoutErrorReports } from "../extension/peek.ts";

const ofEntries: ReadonlySet<string> = new Set([
  Oid.reasonCode,
  Oid.holdInstructionCode,
  Oid.invalidityDate,
  Oid.certificateIssuer,
]);

/** Whether an extension belongs in crlEntryExtensions (RFC 5280 5.3; holdInstructionCode: RFC 3280 5.3.2). */
export function isEntryExtension(oid: string): boolean {
  return ofEntries.has(oid);
}

/** Whether an extension is known, and belongs in crlExtensions or in certificates. */
export function belongsElsewhere(oid: string): boolean {
  return isKnownExtension(oid) && !ofEntries.has(oid);
}

/** The first defect of a holdInstructionCode that applies, so each is reported once. */
export type HoldInstructionFault = "critical" | "none" | "without-hold" | "obsolete";

const holdInstructionNone = "1.2.840.10040.2.1";

/** Checks the holdInstructionCode of an entry (RFC 3280 5.3.2); undefined if the entry has none. */
export function judgeHoldInstruction(source: Source, entry: Entry): HoldInstructionFault | undefined {
  if (!entry.hasExtensions) return undefined;
  const extension = entry.extensions().find(({ oid }) => oid === Oid.holdInstructionCode);
  if (extension === undefined) return undefined;
  if (extension.critical) return "critical";
  const silent = withoutErrorReports(source);
  const value = extension.value && Cursor.inside(silent, extension.value, "").take(Tag.oid, "");
  if (value !== undefined && readOid(silent, value, "") === holdInstructionNone) return "none";
  return entry.reason === Reason.certificateHold ? "obsolete" : "without-hold";
}
