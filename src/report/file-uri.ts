import { escapeInPath } from "../name/escape.ts";

/**
 * Returns the name of a file as a URI reference (RFC 3986 section 4.1). Relative names stay relative; an absolute
 * Windows path becomes a `file:` URI. Backslashes are percent-encoded in a name that contains escapes; in any other
 * name they are the separators of a Windows path. A name with escapes is not a path that can be opened.
 */
export function fileUri(name: string): string {
  const path = (escapeInPath.test(name) ? name : name.replaceAll("\\", "/")).replace(/^\/{2,}/u, "/");
  const drive = /^[A-Za-z]:(?=\/)/u.exec(path)?.[0] ?? "";
  const encoded = path.slice(drive.length).replace(/[^A-Za-z0-9._~/-]+/gu, encode);
  return drive === "" ? encoded : `file:///${drive}${encoded}`;
}

function encode(text: string): string {
  // A lone surrogate has no UTF-8 encoding.
  const encodable = text.replace(/\p{Cs}/gu, "\u{fffd}");
  return encodeURIComponent(encodable).replace(
    /[!'()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
