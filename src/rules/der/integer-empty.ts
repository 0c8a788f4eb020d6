import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/integer-empty",
  title: "number has no contents octets",
  looksAt: ["faults"],
  requirements: [
    {
      source: "x690",
      section: "8.3.1",
      severity: "error",
      quote: "The contents octets shall consist of one or more octets.",
    },
  ],
  why: "The number has no value. Parsers reject the CRL, or read 0 and continue with a wrong number.",
  fix: "encode at least one contents octet; zero is `02 01 00`",
  examples: () => ({
    bad: [
      { title: "cRLNumber 02 00", make: (kit) => kit.crl({ crlNumber: kit.der.raw("0200") }) },
      { title: "serial number 02 00", make: (kit) => kit.crl({ entries: [{ serial: "" }] }) },
    ],
    good: [{ title: "cRLNumber 02 01 00", make: (kit) => kit.crl({ crlNumber: kit.der.raw("020100") }) }],
  }),
});
