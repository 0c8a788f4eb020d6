import { contents, hex } from "../der/span.ts";
import type { Certificate } from "./certificate.ts";

/** A serial as people compare it: contents octets in hexadecimal with colons, a very long one cut. */
export function serialText(bytes: Uint8Array): string {
  return bytes.length > 32 ? `${hex(bytes.subarray(0, 32), ":")}... (${bytes.length} bytes)` : hex(bytes, ":");
}

/** The serial of a certificate, likewise. */
export function serialOf({ certificate }: { readonly certificate: Certificate }): string {
  return serialText(contents(certificate.source.bytes, certificate.serialNumber));
}
