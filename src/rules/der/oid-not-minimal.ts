import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/oid-not-minimal",
  title: "OBJECT IDENTIFIER is invalid or not in its shortest form",
  looksAt: ["faults"],
  requirements: [
    {
      source: "x690",
      section: "8.19.2",
      severity: "error",
      quote: "The subidentifier shall be encoded in the fewest possible octets",
    },
  ],
  why: "Software compares object identifiers byte by byte. It does not recognize the intended extension or algorithm.",
  fix: "encode each arc in as few bytes as possible: the first byte is not `80`, and only the last byte is below `80`",
  examples: () => ({
    bad: [
      {
        title: "registeredID that ends within an arc",
        make: (kit) => kit.crl({ extra: [kit.extension.issuerAltName(kit.der.context(8, kit.der.raw("2a83")))] }),
      },
      {
        title: "extnID with a leading 80",
        make: (kit) =>
          kit.crl({
            replace: {
              [kit.oids.crlNumber]: kit.der.seq(kit.der.raw("060480551d14"), kit.der.octetString(kit.der.int(1))),
            },
          }),
      },
    ],
    good: [
      {
        title: "registeredID 2a 03 in issuerAltName",
        make: (kit) => kit.crl({ extra: [kit.extension.issuerAltName(kit.der.context(8, kit.der.raw("2a03")))] }),
      },
      {
        title: "extnID 55 1d 14",
        make: (kit) =>
          kit.crl({
            replace: {
              [kit.oids.crlNumber]: kit.der.seq(kit.der.raw("0603551d14"), kit.der.octetString(kit.der.int(1))),
            },
          }),
      },
    ],
  }),
});
