import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/boolean-true-not-ff",
  title: "BOOLEAN TRUE is not encoded as ff",
  looksAt: ["faults"],
  requirements: [
    {
      source: "x690",
      section: "11.1",
      severity: "error",
      quote:
        "If the encoding represents the boolean value TRUE, its single contents octet shall have all eight bits set to one.",
    },
  ],
  why: "BER allows every byte except `00` for TRUE, but DER allows only `ff`. Strict parsers reject the CRL.",
  fix: "encode TRUE as `ff`",
  examples: () => ({
    bad: [
      {
        title: "critical encoded 01 01 01",
        make: (kit) =>
          kit.crl({
            idp: { onlyUser: true },
            critical: { [kit.oids.issuingDistributionPoint]: kit.der.raw("010101") },
          }),
      },
      {
        title: "onlyContainsUserCerts encoded 81 01 01",
        make: (kit) => kit.crl({ idp: { value: kit.der.seq(kit.der.context(1, kit.der.raw("01"))) } }),
      },
    ],
    good: [{ title: "both encoded as ff", make: (kit) => kit.crl({ idp: { onlyUser: true } }) }],
  }),
});
