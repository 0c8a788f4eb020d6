import { escapeText } from "../name/escape.ts";

/** The differences between two URIs that are probably meant to be the same. */
const steps: readonly { readonly in: string; readonly without: (uri: string) => string }[] = [
  { in: "whitespace around it", without: (uri) => uri.trim() },
  { in: "the scheme (http, https)", without: (uri) => uri.replace(/^https:/iu, "http:") },
  { in: "upper and lower case", without: (uri) => uri.toLowerCase() },
  { in: "percent-encoding", without: decodePercent },
  {
    in: "the default port of the scheme",
    without: (uri) => uri.replace(/^(https?:\/\/[^/?#]*?):(?:80|443)?(?=[/?#]|$)/iu, "$1"),
  },
  { in: "a dot after the host", without: (uri) => uri.replace(/^(https?:\/\/[^/?#:]*?)\.(?=[/?#:]|$)/iu, "$1") },
  { in: "a slash at the end", without: (uri) => uri.replace(/\/+$/u, "") },
  // RFC 3986 6.2.3: an empty path is the same as "/".
  { in: "a slash after the host", without: (uri) => uri.replace(/^(https?:\/\/[^/?#]+)(?=[?#])/iu, "$1/") },
  { in: "doubled slashes", without: (uri) => uri.replace(/(?<!:)\/{2,}/gu, "/") },
];

/** Maximum length of a URI that is compared, in characters. */
const longest = 4096;

/**
 * Returns the difference between two URIs if it is so small that they are probably meant to be the same. RFC 3986 6.2
 * treats most such pairs as equivalent, but a URI in a CRL is compared byte for byte.
 *
 * @returns words that complete "they differ in", or undefined if the URIs identify different resources
 */
export function findNearMiss(a: string, b: string): string | undefined {
  if (a === b || reduceUri(a) !== reduceUri(b)) return undefined;
  const one = steps.find(({ without }) => without(a) === without(b));
  if (one !== undefined) return one.in;
  const needed = steps.filter((step) => {
    const others = steps.filter((other) => other !== step);
    return apply(a, others) !== apply(b, others);
  });
  return needed.length === 0 ? "several ways of writing it" : needed.map((step) => step.in).join(" and ");
}

/** Describes where two URIs first differ, for people who compare them by eye. Escaped. */
export function showDifference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const shown = (text: string): string => (at < text.length ? `"${escapeText(text[at] ?? "")}"` : "nothing");
  return `"${escapeText(a)}" and "${escapeText(b)}" first differ in character ${at + 1}: ${shown(a)} and ${shown(b)}`;
}

/** Removes easily confused parts from a URI: two URIs with the same rest are probably meant to be the same. */
export function reduceUri(uri: string): string {
  return uri.length > longest ? uri : apply(uri, steps);
}

function apply(uri: string, some: typeof steps): string {
  return some.reduce((text, { without }) => without(text), uri);
}

function decodePercent(uri: string): string {
  return uri.replace(/%(?<byte>[0-9a-f]{2})/giu, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));
}
