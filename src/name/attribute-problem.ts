import { isStringType } from "../der/strings.ts";
import { Tag } from "../der/tag.ts";
import { AttributeOid, findLimits, syntaxTags } from "./attribute-limits.ts";
import { countCharacters, valueType } from "./attributes.ts";
import { stringTypeName } from "./format.ts";
import type { Attribute } from "./parse.ts";

/** The string types of the CHOICE DirectoryString (RFC 5280 4.1.2.4): a Name in use may keep any of them. */
const directoryTypes: readonly number[] = [
  ...syntaxTags.directory,
  Tag.teletexString,
  Tag.bmpString,
  Tag.universalString,
];

/**
 * Finds a difference between the value of an attribute and its definition in RFC 5280 appendix A.1: an empty value, a
 * wrong string type, a wrong length. A value that is not a string was reported when it was read.
 *
 * @returns text for a message: `O has 65 characters, more than 64`; undefined if nothing is wrong
 */
export function findAttributeProblem(attribute: Attribute): string | undefined {
  const { oid, type, text, value } = attribute;
  const limits = findLimits(oid);
  const tag = valueType(attribute);
  if (limits === undefined || !isStringType(tag)) return undefined;
  if (value.start === value.end) return limits.mayBeEmpty === true ? undefined : `${type} is empty`;
  const types = limits.syntax === "directory" ? directoryTypes : syntaxTags[limits.syntax];
  if (!types.includes(tag)) {
    const expected = limits.syntax === "directory" ? "a DirectoryString" : stringTypeName(types[0] ?? -1);
    return `${type} is ${stringTypeName(tag)}, not ${expected}`;
  }
  if (text === undefined) return undefined;
  const length = countCharacters(text);
  if (oid === AttributeOid.countryName && length !== 2) {
    return `${type} has ${length} ${length === 1 ? "character" : "characters"}, not 2`;
  }
  const bound = limits.upperBound ?? Number.POSITIVE_INFINITY;
  return length > bound ? `${type} has ${length} characters, more than ${bound}` : undefined;
}
