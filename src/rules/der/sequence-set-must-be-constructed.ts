import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/sequence-set-must-be-constructed",
  title: "tag is not that of the expected type",
  looksAt: ["faults"],
  requirements: [{ source: "x690", section: "8.9.1, 8.11.1, 8.14", severity: "error" }],
  why: "Parsers that follow the ASN.1 definition do not find the value. A SEQUENCE without the constructed bit looks like a string of bytes.",
  fix: "encode SEQUENCE as `30` and SET as `31`",
  examples: () => ({
    bad: [
      {
        title: "AlgorithmIdentifier as 10",
        make: (kit) =>
          kit.crl({
            signatureAlgorithm: kit.algorithm("sha256WithRSAEncryption").with(0, 0x10),
            signature: kit.algorithm("sha256WithRSAEncryption").with(0, 0x10),
          }),
      },
    ],
    good: [{ title: "AlgorithmIdentifier as 30", make: (kit) => kit.crl() }],
  }),
});
