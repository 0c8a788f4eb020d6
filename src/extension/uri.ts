/** The parts of a URI (RFC 3986 3), unchanged except for the case of the scheme. */
export interface Uri {
  /** Scheme in lower case, without the colon; undefined if the reference is relative. */
  readonly scheme: string | undefined;
  /** Text after the scheme and its colon. */
  readonly rest: string;
  /** The host of the authority, without user and port; undefined if there is no authority. */
  readonly host: string | undefined;
  /** Path without the slash that separates it from an authority. */
  readonly path: string;
  /** Text after the first question mark; undefined if there is none. */
  readonly query: string | undefined;
}

/** Splits a URI at its delimiters (RFC 3986 appendix B); accepts any text, valid or not. */
export function parseUri(text: string): Uri {
  const { scheme, rest = "" } = /^(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?(?<rest>[^]*)$/u.exec(text)?.groups ?? {};
  const parts = /^(?:\/\/(?<authority>[^/?#]*))?\/?(?<path>[^?#]*)(?:\?(?<query>[^#]*))?/u.exec(rest)?.groups ?? {};
  const host = parts["authority"]?.replace(/^.*@/u, "").replace(/:\d*$/u, "");
  return { scheme: scheme?.toLowerCase(), rest, host, path: parts["path"] ?? "", query: parts["query"] };
}

/** Matches one character that RFC 3986 allows in every part of a URI, or a percent sign with its two digits. */
const allowed = /[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2}/uy;

/** Matches the text before a host that is an IP literal, and the literal with its brackets. */
const ipLiteral = /^(?<before>(?:[^:/?#]*:)?\/\/(?:[^/?#@[\]]*@)?)(?<literal>\[[^/?#@[\]]*\])/u;

/**
 * Returns the index of the first character that is not allowed where it is in a URI, or -1. Brackets may only enclose
 * an IP address (RFC 3986 3.2.2), and only one number sign begins the fragment (RFC 3986 3.5).
 */
export function findBadCharacter(text: string): number {
  const { before = "", literal } = ipLiteral.exec(text)?.groups ?? {};
  const brackets = literal === undefined ? [] : [before.length, before.length + literal.length - 1];
  const fragment = text.indexOf("#");
  for (let at = 0; at < text.length; at = allowed.lastIndex) {
    allowed.lastIndex = at;
    if (at === fragment || brackets.includes(at)) allowed.lastIndex = at + 1;
    else if (!allowed.test(text)) return at;
  }
  return -1;
}

/** Whether a host is an IP address (RFC 3986 3.2.2) or a name of at least two labels. */
export function isFullHost(host: string): boolean {
  if (/^\[[0-9A-Fa-f:.]+\]$/u.test(host)) return true;
  return /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+\.?$/u.test(host);
}
