import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/length-past-parent",
  title: "length extends past the end of the enclosing element",
  looksAt: ["faults"],
  reportsUnread: true,
  requirements: [{ source: "x690", section: "8.1.3", severity: "error" }],
  why: "Elements that follow can no longer be found. A parser that trusts such a length reads memory that is not part of the CRL.",
  fix: "set the length to that of the actual contents, and check the lengths of all enclosing elements",
  examples: () => ({
    bad: [
      {
        title: "cRLNumber with length 5 in an extnValue of 3 bytes",
        make: (kit) => kit.crl({ crlNumber: kit.der.raw("020512") }),
      },
      {
        title: "keyIdentifier that ends one byte after its SEQUENCE",
        make: (kit) => kit.crl({ aki: { value: kit.der.raw("3003800241") } }),
      },
    ],
    good: [{ title: "cRLNumber of 1 byte", make: (kit) => kit.crl({ crlNumber: kit.der.raw("020112") }) }],
  }),
});
