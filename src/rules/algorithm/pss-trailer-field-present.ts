import { algorithmLists } from "../../checks/algorithm-lists.ts";
import { reportParameters } from "../../checks/report-parameters.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/pss-trailer-field-present",
  title: "RSASSA-PSS-params has a trailerField",
  needs: ["signature"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc4055",
      section: "3.1",
      severity: "error",
      quote: "perform signature generation MUST omit the trailerField field",
    },
    algorithmLists["tls-br"],
    algorithmLists.mozilla,
    algorithmLists["smime-br"],
  ],
  when: "faults",
  create(ctx) {
    reportParameters(ctx, "algorithm/pss-trailer-field-present");
  },
  why: "The only allowed value of the field is its DEFAULT, so DER omits it. Verifiers that compare with known encodings reject the CRL.",
  fix: "leave out trailerField",
  examples: {
    bad: [
      {
        title: "trailerField 1",
        make: (kit) => {
          const padded = kit.der.raw(
            "304606092a864886f70d01010a3039a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120a303020101",
          );
          return kit.crl({ algorithm: "rsassa-pss-sha256", signature: padded, signatureAlgorithm: padded });
        },
      },
      {
        title: "trailerField 2",
        make: (kit) => {
          const odd = kit.der.raw(
            "304606092a864886f70d01010a3039a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120a303020102",
          );
          return kit.crl({ algorithm: "rsassa-pss-sha256", signature: odd, signatureAlgorithm: odd });
        },
      },
    ],
    good: [{ title: "no trailerField", make: (kit) => kit.crl({ algorithm: "rsassa-pss-sha256" }) }],
  },
});
