import { contents, hex } from "../der/span.ts";
import type { Certificate } from "./certificate.ts";

/** A serial as people compare it: contents octets in hexadecimal with colons, a very long one cut. */
export function serialText(octets: Uint8Array): string {
  return octets.length > 32 ? `${hex(octets.subarray(0, 32), ":")}... (${octets.length} bytes)` : hex(octets, ":");
}

/** The serial of a certificate, likewise. */
export function serialOf({ certificate }: { readonly certificate: Certificate }): string {
  return serialText(contents(certificate.source.bytes, certificate.serialNumber));
}
