import { bytesOf, sameBytes } from "../der/span.ts";
import { sameValue } from "./match.ts";
import type { Attribute, Rdn } from "./parse.ts";

/** An RDN and the bytes that contain it: the RDNs of one name may come from two files. */
export interface PlacedRdn {
  readonly rdn: Rdn;
  readonly bytes: Uint8Array;
}

/** Result of comparing two equal names: the same byte for byte, or only by the rules of RFC 5280 7.1. */
export type NameMatch = "bytes" | "rules";

/** Compares two names as RFC 5280 7.1 requires; undefined if they are different names. */
export function matchNames(a: readonly PlacedRdn[], b: readonly PlacedRdn[]): NameMatch | undefined {
  if (a.length !== b.length) return undefined;
  let match: NameMatch = "bytes";
  for (const [i, left] of a.entries()) {
    const right = b[i];
    if (right === undefined) return undefined;
    if (sameBytes(bytesOf(left.bytes, left.rdn), bytesOf(right.bytes, right.rdn))) continue;
    if (!haveSameAttributes(left, right)) return undefined;
    match = "rules";
  }
  return match;
}

/** Whether each attribute of one RDN is in the other, in any order. */
function haveSameAttributes(left: PlacedRdn, right: PlacedRdn): boolean {
  const rest = [...right.rdn.attributes];
  if (rest.length === 0 || rest.length !== left.rdn.attributes.length) return false;
  return left.rdn.attributes.every((attribute) => {
    const found = rest.findIndex((other) => isSame(attribute, other, left.bytes, right.bytes));
    if (found !== -1) rest.splice(found, 1);
    return found !== -1;
  });
}

function isSame(a: Attribute, b: Attribute, bytesA: Uint8Array, bytesB: Uint8Array): boolean {
  return a.oid !== undefined && a.oid === b.oid && sameValue(a, b, bytesA, bytesB) !== "text";
}
