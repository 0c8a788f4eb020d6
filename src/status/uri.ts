/** The default ports of the schemes that RFC 5280 7.4 requires implementations to recognize. */
const defaultPorts: Readonly<Record<string, string>> = { ldap: "389", http: "80", https: "443", ftp: "21" };

/** The characters that never need percent-encoding (RFC 3986 2.3). */
const unreserved = /[A-Za-z0-9\-._~]/u;

/**
 * Returns a URI as RFC 5280 7.4 prepares it for comparison: scheme and host in lower case, percent-encoding only if it
 * is needed, path segments without dots, no default port. A text that is not a URI is returned unchanged.
 */
export function normalizeUri(text: string): string {
  const parts = /^(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?:\/\/(?<authority>[^/?#]*))?(?<path>[^?#]*)(?<rest>[^]*)$/u.exec(
    text,
  )?.groups;
  if (parts === undefined) return text;
  const scheme = (parts["scheme"] ?? "").toLowerCase();
  const authority = parts["authority"];
  const [path, rest] = [parts["path"] ?? "", parts["rest"] ?? ""].map(normalizePercents) as [string, string];
  if (authority === undefined) return `${scheme}:${path}${rest}`;
  const port = defaultPorts[scheme];
  const { user = "", place = "" } = /^(?<user>.*@)?(?<place>.*)$/u.exec(normalizePercents(authority))?.groups ?? {};
  const host = place.toLowerCase().replace(new RegExp(`:(?:${port ?? ""})?$`, "u"), "");
  const rooted = path === "" && port !== undefined ? "/" : removeDots(path);
  return `${scheme}://${user}${host}${rooted}${rest}`;
}

function normalizePercents(text: string): string {
  return text.replaceAll(/%(?<byte>[0-9A-Fa-f]{2})/gu, (encoded, byte: string) => {
    const character = String.fromCharCode(Number.parseInt(byte, 16));
    return unreserved.test(character) ? character : encoded.toUpperCase();
  });
}

/** Removes the segments `.` and `..` of an absolute path (RFC 3986 5.2.4). */
function removeDots(path: string): string {
  const segments = path.split("/");
  const kept: string[] = [];
  for (const [i, segment] of segments.entries()) {
    const isDot = segment === "." || segment === "..";
    if (segment === ".." && kept.length > 1) kept.pop();
    if (!isDot) kept.push(segment);
    else if (i === segments.length - 1) kept.push("");
  }
  return kept.join("/");
}
