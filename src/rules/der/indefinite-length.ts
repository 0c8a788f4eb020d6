import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/indefinite-length",
  title: "length is in the indefinite form",
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
  why: "DER allows only definite lengths. Most parsers of CRLs reject the indefinite form.",
  fix: "encode the CRL in DER, not in BER or CER",
  examples: () => ({
    bad: [
      {
        title: "indefinite length of the outermost SEQUENCE",
        make: (kit) =>
          kit.crl({ patch: (crl) => kit.der.concat(kit.der.raw("3080"), crl.subarray(4), kit.der.raw("0000")) }),
      },
      {
        title: "indefinite length inside an extnValue",
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
