/**
 * Returns the textual encoding of an object in the strict form of RFC 7468 section 3: lines of 64 characters that end
 * in LF.
 *
 * @param label without dashes: `X509 CRL`
 */
export function encodePem(label: string, der: Uint8Array): string {
  const lines = [`-----BEGIN ${label}-----`];
  // 48 bytes make one line of 64 characters.
  for (let at = 0; at < der.length; at += 48) lines.push(btoa(String.fromCharCode(...der.subarray(at, at + 48))));
  lines.push(`-----END ${label}-----`, "");
  return lines.join("\n");
}
