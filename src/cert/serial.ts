import { contents, shortHex } from "../der/span.ts";
import type { Certificate } from "./certificate.ts";

/**
 * Returns a serial in the usual form for people: contents octets in hexadecimal with colons. A very long one is cut
 * off.
 */
export function serialText(bytes: Uint8Array): string {
  return shortHex(bytes, ":");
}

/** Returns the serial of a certificate in the same form. */
export function serialOf({ certificate }: { readonly certificate: Certificate }): string {
  return serialText(contents(certificate.source.bytes, certificate.serialNumber));
}
