import { readBareBase64 } from "../pem/armor.ts";
import { Problem } from "./problem.ts";

const encoder = new TextEncoder();

/**
 * Decodes base64 in a string of a request. Returns the bytes of PEM unchanged.
 *
 * @param field name of the field, for the message
 * @throws Problem if it is neither
 */
export function decodeFile(text: string, field: string): Uint8Array {
  const bytes = encoder.encode(text);
  if (text.includes("-----BEGIN ")) return bytes;
  const { der, faults } = readBareBase64(bytes, 0);
  const fault = faults.find(({ code }) => code === "input/base64-invalid")?.first[0];
  if (fault !== undefined) throw new Problem("bad-request", `${field} is neither base64 nor PEM: ${fault.message}`);
  if (der.length === 0) throw new Problem("bad-request", `${field} is empty`);
  return der;
}
