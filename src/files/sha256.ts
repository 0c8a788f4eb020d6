import { hash } from "node:crypto";

/** Returns the SHA-256 of bytes in memory, or of text in UTF-8, in lower-case hexadecimal. */
export function sha256Of(data: string | Uint8Array): string {
  return hash("sha256", data, "hex");
}
