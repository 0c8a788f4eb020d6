/** First words of titles that are spelled in lower case everywhere: schemes, header directives, values of ASN.1. */
const lowerCase = /^(?:https?|ldaps?|max-age|no-store|s-maxage|[rs]|superseded|unspecified|(?:id|[a-z]+-with)-.*)$/u;

/** Returns a title as the start of a sentence. A name of ASN.1, such as `cRLNumber`, keeps its spelling. */
export function capitalize(title: string): string {
  const [first = ""] = /^[^\s,:]*/u.exec(title) ?? [];
  const isWord = /^[a-z]+(?:-[a-z]+)*(?:'s)?$/u.test(first) && !lowerCase.test(first);
  return isWord ? title.charAt(0).toUpperCase() + title.slice(1) : title;
}
