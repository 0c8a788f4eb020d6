import { algorithmLists } from "../../checks/algorithm-lists.ts";
import { reportParameters } from "../../checks/report-parameters.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/pss-mgf-hash-mismatch",
  title: "RSASSA-PSS uses another hash in MGF1 than for the message",
  needs: ["signature"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc4055",
      section: "3.1",
      severity: "warning",
      quote:
        "it is strongly RECOMMENDED that the underlying hash function be the same as the one identified by hashAlgorithm",
    },
    algorithmLists["tls-br"],
    algorithmLists.mozilla,
    algorithmLists["smime-br"],
  ],
  when: "faults",
  create(ctx) {
    reportParameters(ctx, "algorithm/pss-mgf-hash-mismatch");
  },
  why: "Many clients use one hash for both and then reject the signature.",
  fix: "use the hash of hashAlgorithm also in maskGenAlgorithm",
  examples: {
    bad: [
      {
        title: "SHA-384 with MGF1 over SHA-256",
        make: (kit) => {
          const mixed = kit.der.raw(
            "304106092a864886f70d01010a3034a00f300d06096086480165030402020500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020130",
          );
          return kit.crl({ signature: mixed, signatureAlgorithm: mixed, options: { signature: "ignore" } });
        },
      },
      {
        title: "SHA-256 with maskGenAlgorithm left out, which means MGF1 over SHA-1, under the TLS BR",
        profile: "tls-br",
        make: (kit) => {
          const mixed = kit.der.raw("302306092a864886f70d01010a3016a00f300d06096086480165030402010500a203020120");
          return kit.crl({ signature: mixed, signatureAlgorithm: mixed, options: { signature: "ignore" } });
        },
      },
    ],
    good: [{ title: "SHA-384 for both", make: (kit) => kit.crl({ algorithm: "rsassa-pss-sha384" }) }],
  },
});
