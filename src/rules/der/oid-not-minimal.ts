import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/oid-not-minimal",
  title: "OBJECT IDENTIFIER is not in its shortest form, or is none",
  looksAt: ["faults"],
  requirements: [
    {
      source: "x690",
      section: "8.19.2",
      severity: "error",
      quote: "The subidentifier shall be encoded in the fewest possible octets",
    },
  ],
  why: "Object identifiers are compared as octets: software does not recognise the extension or algorithm that is meant.",
  fix: "encode each arc in the fewest octets: none starts with 80, the last octet of each is below 80",
  examples: () => ({
    bad: [
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
