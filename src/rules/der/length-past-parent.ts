import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/length-past-parent",
  title: "length runs past the end of what holds it",
  looksAt: ["faults"],
  reportsUnread: true,
  requirements: [{ source: "x690", section: "8.1.3", severity: "error" }],
  why: "What follows cannot be found any more. A parser that trusts such a length reads memory that is not the CRL.",
  fix: "write the length of the contents that are there, and check the lengths of everything around them",
  examples: () => ({
    bad: [
      { title: "cRLNumber of five octets in three", make: (kit) => kit.crl({ crlNumber: kit.der.raw("020512") }) },
      {
        title: "keyIdentifier one octet longer than its SEQUENCE",
        make: (kit) => kit.crl({ aki: { value: kit.der.raw("3003800241") } }),
      },
    ],
    good: [{ title: "cRLNumber of one octet", make: (kit) => kit.crl({ crlNumber: kit.der.raw("020112") }) }],
  }),
});
