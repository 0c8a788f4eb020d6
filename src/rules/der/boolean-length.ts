import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/boolean-length",
  title: "BOOLEAN has not exactly one contents octet",
  looksAt: ["faults"],
  requirements: [
    {
      source: "x690",
      section: "8.2.1",
      severity: "error",
      quote: "The contents octets shall consist of a single octet.",
    },
  ],
  why: "Whether an extension is critical cannot be told; parsers refuse the CRL or guess.",
  fix: "encode TRUE as 01 01 ff and leave a FALSE that is the default out",
  examples: () => ({
    bad: [
      {
        title: "critical of two octets",
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
