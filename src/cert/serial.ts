import { contents, hex } from "../der/span.ts";
import type { Certificate } from "./certificate.ts";

/**
 * Returns a serial in the usual form for people: contents octets in hexadecimal with colons. A very long one is cut
 * off.
 */
export function serialText(bytes: Uint8Array): string {
  return bytes.length > 32 ? `${hex(bytes.subarray(0, 32), ":")}... (${bytes.length} bytes)` : hex(bytes, ":");
}

/** Returns the serial of a certificate in the same form. */
export function serialOf({ certificate }: { readonly certificate: Certificate }): string {
  return serialText(contents(certificate.source.bytes, certificate.serialNumber));
}
