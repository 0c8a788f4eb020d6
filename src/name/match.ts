import { bytesOf, sameBytes } from "../der/span.ts";
import { constructed } from "../der/tag.ts";
import type { Attribute } from "./parse.ts";

/**
 * Similarity of two attribute values, as the first of these that applies:
 *
 * - `same`: the same string type and the same contents octets;
 * - `encoding`: the same string type and text, other bytes (a constructed string and a primitive one);
 * - `type`: the same text in another string type;
 * - `case`: the same by RFC 5280 7.1, but with different case, whitespace or composition of characters;
 * - `text`: none of these.
 */
export type ValueMatch = "same" | "encoding" | "type" | "case" | "text";

/** Compares the values of two attributes. Their types are ignored, except that `a` determines the matching rule. */
export function sameValue(a: Attribute, b: Attribute, bytesA: Uint8Array, bytesB: Uint8Array): ValueMatch {
  if (a.valueTag === b.valueTag && sameBytes(bytesOf(bytesA, a.value), bytesOf(bytesB, b.value))) return "same";
  if (a.text === undefined || b.text === undefined) return "text";
  if (a.text === b.text) return sameType(a, b) ? "encoding" : "type";
  return prepareText(a.text, a.oid) === prepareText(b.text, a.oid) ? "case" : "text";
}

/** Whether two values have the same string type, in primitive or constructed form. */
function sameType(a: Attribute, b: Attribute): boolean {
  return (a.valueTag | constructed) === (b.valueTag | constructed);
}

/** Characters, including control characters, that are mapped to nothing (RFC 4518 2.2). */
const mappedToNothing = new RegExp(
  [
    "[",
    String.raw`\u{0}-\u{8}\u{e}-\u{1f}\u{7f}-\u{84}\u{86}-\u{9f}\u{ad}\u{34f}\u{6dd}\u{70f}`,
    String.raw`\u{1806}\u{180b}-\u{180e}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2063}\u{206a}-\u{206f}`,
    String.raw`\u{fe00}-\u{fe0f}\u{feff}\u{fff9}-\u{fffc}\u{1d173}-\u{1d17a}\u{e0001}\u{e0020}-\u{e007f}`,
    "]",
  ].join(""),
  "gu",
);

/** Runs of characters that are mapped to a space (RFC 4518 2.2); inner runs of spaces count as one (2.6.1). */
const spaces = /[\t-\r \u{85}\u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}]+/gu;

/** Visible ASCII with single spaces inside: only its case must be prepared. */
const ordinary = /^(?:[!-~]+ )*[!-~]+$/u;

const telephoneNumber = "2.5.4.20";
const x121Address = "2.5.4.24";

/**
 * Prepares a text for comparison as RFC 5280 7.1 requires, by RFC 4518: map, fold case, normalize to NFKC, and handle
 * insignificant whitespace. Prepared texts are only useful for comparison with each other.
 *
 * @param oid the attribute type, if its matching rule ignores more than caseIgnoreMatch does
 */
export function prepareText(text: string, oid?: string): string {
  if (ordinary.test(text) && oid !== telephoneNumber && oid !== x121Address) return text.toLowerCase();
  const mapped = text.replace(mappedToNothing, "").replace(spaces, " ");
  const folded = foldCase(foldCase(mapped).normalize("NFKC")).normalize("NFKC");
  const trimmed = folded.replace(spaces, " ").trim();
  // X.520: telephoneNumberMatch ignores hyphens and spaces (RFC 4518 2.6.3), numericStringMatch spaces (2.6.2).
  if (oid === telephoneNumber) return trimmed.replace(/[ \-\u{58a}\u{2010}\u{2011}\u{2212}\u{fe63}\u{ff0d}]/gu, "");
  if (oid === x121Address) return trimmed.replaceAll(" ", "");
  return trimmed;
}

/** Folds case fully, through upper case, so sharp s equals `ss`. Dotless i is a separate letter. */
function foldCase(text: string): string {
  return text.replace(/[^\u{131}]+/gu, (run) => run.toUpperCase().toLowerCase());
}
