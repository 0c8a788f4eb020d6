import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/boolean-length",
  title: "BOOLEAN does not have exactly one contents octet",
  looksAt: ["faults"],
  requirements: [
    {
      source: "x690",
      section: "8.2.1",
      severity: "error",
      quote: "The contents octets shall consist of a single octet.",
    },
  ],
  why: "Parsers cannot determine whether an extension is critical. They reject the CRL or guess.",
  fix: "encode TRUE as `01 01 ff`, and leave out FALSE if it is the DEFAULT",
  examples: () => ({
    bad: [
      {
        title: "critical of 2 bytes",
        make: (kit) =>
          kit.crl({
            idp: { onlyUser: true },
            critical: { [kit.oids.issuingDistributionPoint]: kit.der.raw("0102ffff") },
          }),
      },
    ],
    good: [{ title: "critical TRUE as 01 01 ff", make: (kit) => kit.crl({ idp: { onlyUser: true } }) }],
  }),
});
