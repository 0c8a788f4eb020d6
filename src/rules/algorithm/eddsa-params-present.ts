import { algorithmLists } from "../../checks/algorithm-lists.ts";
import { reportParameters } from "../../checks/report-parameters.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/eddsa-params-present",
  title: "Ed25519 or Ed448 has parameters",
  needs: ["signature"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc8410",
      section: "3, 6",
      severity: "error",
      quote: "When used to identify signature algorithms, the parameters MUST be absent.",
    },
    algorithmLists["smime-br"],
  ],
  when: "faults",
  create(ctx) {
    reportParameters(ctx, "algorithm/eddsa-params-present");
  },
  why: "Verifiers refuse any parameters here; nothing could be said by them.",
  fix: "leave out the parameters: `30 05 06 03 2b 65 70` for Ed25519, `30 05 06 03 2b 65 71` for Ed448",
  examples: {
    bad: [
      {
        title: "NULL behind id-Ed25519",
        make: (kit) => {
          const padded = kit.der.raw("300706032b65700500");
          return kit.crl({ ca: kit.caWith({ key: "ed25519" }), signature: padded, signatureAlgorithm: padded });
        },
      },
    ],
    good: [{ title: "id-Ed448 alone", make: (kit) => kit.crl({ ca: kit.caWith({ key: "ed448" }) }) }],
  },
});
