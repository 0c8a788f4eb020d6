import { defineRule } from "../../rule/rule.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Takes the character before the padding for the one after it, whose last bit is set. */
function setPadBit(pem: string): string {
  return pem.replace(/(?<last>.)(?<padding>=+)/u, (_, last: string, padding: string) => {
    return `${alphabet[alphabet.indexOf(last) + 1] ?? ""}${padding}`;
  });
}

export default defineRule({
  id: "input/base64-pad-bits",
  title: "pad bits of the last base64 character are not zero",
  looksAt: ["faults"],
  requirements: [{ source: "rfc7468", section: "3", severity: "notice" }],
  why: "The same octets then have several base64 forms. Strict decoders refuse all but one of them; others decode what is meant.",
  fix: "encode the DER anew: unused bits of the last character before the padding are zero",
  examples: () => ({
    bad: [
      { title: "one bit set", make: (kit) => kit.crl({ text: setPadBit, patch: (crl) => crl, crlNumber: 1n << 64n }) },
    ],
    good: [{ title: "PEM as RFC 7468 has it", make: (kit) => kit.crl({ pem: true }) }],
  }),
});
