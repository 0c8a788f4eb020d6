import type { Span } from "../der/span.ts";
import { Tag } from "../der/tag.ts";
import { isTimeTag } from "../der/time.ts";
import { firstChild, type Shape, shapeAt } from "./shape.ts";

/** Maximum number of elements before revokedCertificates (RFC 5280 5.1), including nextUpdate and version. */
const maximumBefore = 5;

/**
 * Finds the entries of a CRL that fills a file, from the first bytes of the file.
 *
 * @param head the first bytes
 * @param size number of bytes of the file
 * @returns the contents octets of revokedCertificates; undefined for any other file, and for a CRL without the usual
 * shape
 */
export function findEntries(head: Uint8Array, size: number): Span | undefined {
  const outer = elementAt(head, 0, size);
  if (outer?.tag !== Tag.sequence || outer.end !== size) return undefined;
  const tbs = elementAt(head, outer.content, size);
  if (tbs?.tag !== Tag.sequence) return undefined;
  let at = tbs.content;
  let isAfterTime = false;
  for (let i = 0; i <= maximumBefore; i += 1) {
    const element = elementAt(head, at, tbs.end);
    if (element === undefined) return undefined;
    if (isAfterTime && element.tag === Tag.sequence) {
      const isList = firstChild(head, element)?.tag === Tag.sequence;
      return isList ? { start: element.content, end: element.end } : undefined;
    }
    isAfterTime = isTimeTag(element.tag);
    at = element.end;
  }
  return undefined;
}

/** Returns the element at an offset; undefined if the bytes lack it, or without a definite length within the limit. */
function elementAt(head: Uint8Array, at: number, limit: number): Shape | undefined {
  // Its identifier, the longest length octets, and those of the first element inside.
  if (at + 16 > head.length || head[at + 1] === 0x80) return undefined;
  const shape = shapeAt(head, at, limit);
  return shape?.isCut === false ? shape : undefined;
}
