import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/indefinite-length",
  title: "indefinite length",
  looksAt: ["faults"],
  reportsUnread: true,
  requirements: [
    {
      source: "x690",
      section: "10.1",
      severity: "error",
      quote: "The definite form of length encoding shall be used, encoded in the minimum number of octets.",
    },
  ],
  why: "DER has definite lengths alone; most parsers of CRLs refuse the form at once.",
  fix: "encode the CRL in DER, not in BER or CER",
  examples: () => ({
    bad: [
      {
        title: "outermost SEQUENCE",
        make: (kit) =>
          kit.crl({ patch: (crl) => kit.der.concat(kit.der.raw("3080"), crl.subarray(4), kit.der.raw("0000")) }),
      },
      {
        title: "inside an extnValue",
        make: (kit) =>
          kit.crl({
            aki: {
              value: kit.der.concat(
                kit.der.raw("3080"),
                kit.der.context(0, kit.ca.ski ?? kit.der.raw("")),
                kit.der.raw("0000"),
              ),
            },
          }),
      },
    ],
    good: [{ title: "definite lengths", make: (kit) => kit.crl() }],
  }),
});
