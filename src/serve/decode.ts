import { readBareBase64 } from "../pem/armour.ts";
import { Problem } from "./problem.ts";

const encoder = new TextEncoder();

/**
 * The octets that a string in a request stands for: what its base64 says, or PEM as it stands.
 *
 * @param field name of the field, for the message
 * @throws Problem where it is neither
 */
export function decodeFile(text: string, field: string): Uint8Array {
  const octets = encoder.encode(text);
  if (text.includes("-----BEGIN ")) return octets;
  const { der, faults } = readBareBase64(octets, 0);
  const fault = faults.find(({ code }) => code === "input/base64-invalid")?.first[0];
  if (fault !== undefined) throw new Problem("bad-request", `${field} is neither base64 nor PEM: ${fault.message}`);
  if (der.length === 0) throw new Problem("bad-request", `${field} is empty`);
  return der;
}
