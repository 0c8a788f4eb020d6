import { defineRule } from "../../rule/rule.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Replaces the character before the padding with the next one in the alphabet, whose last bit is set. */
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
  why: "The same bytes then have several base64 forms. Strict decoders reject all but one of them; others decode the intended bytes.",
  fix: "encode the DER again, with zero in the unused bits of the last character before the padding",
  examples: () => ({
    bad: [
      { title: "one bit set", make: (kit) => kit.crl({ text: setPadBit, patch: (crl) => crl, crlNumber: 1n << 64n }) },
    ],
    good: [{ title: "PEM as RFC 7468 defines it", make: (kit) => kit.crl({ pem: true }) }],
  }),
});
