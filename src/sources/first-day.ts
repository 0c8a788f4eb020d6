import { type DocumentId, findDocument } from "./documents.ts";
import { type SourceId, sources } from "./profiles.ts";

/** The part of a requirement that states its document, and the first day on which it is in force. */
interface Cited {
  readonly source: SourceId;
  readonly document?: DocumentId;
  /** A document that only the author of the rule knows. */
  readonly ownDocument?: unknown;
  readonly from?: string;
}

/**
 * Returns the first day on which a requirement is in force, its own or that of its document; undefined if it always is.
 */
export function firstDay({ from, source, document, ownDocument }: Cited): string | undefined {
  if (from !== undefined || ownDocument !== undefined) return from;
  return findDocument(document ?? sources[source]).from;
}
