/** What only `escapePath` writes: a name with such an escape is no path that could be opened. */
const escaped = /\\(?:u\{|\(|\\)/u;

/**
 * The name of a file as a URI reference (RFC 3986 section 4.1): relative names stay relative, an absolute name of
 * Windows becomes a `file:` URI. A name in which something was escaped has its backslashes percent-encoded; in others
 * they part the folders of a Windows path.
 */
export function fileUri(name: string): string {
  const path = (escaped.test(name) ? name : name.replaceAll("\\", "/")).replace(/^\/{2,}/u, "/");
  const drive = /^[A-Za-z]:(?=\/)/u.exec(path)?.[0] ?? "";
  const encoded = path.slice(drive.length).replace(/[^A-Za-z0-9._~/-]+/gu, encode);
  return drive === "" ? encoded : `file:///${drive}${encoded}`;
}

function encode(text: string): string {
  // A lone surrogate has no UTF-8.
  const sound = text.replace(/\p{Cs}/gu, "\u{fffd}");
  return encodeURIComponent(sound).replace(
    /[!'()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
