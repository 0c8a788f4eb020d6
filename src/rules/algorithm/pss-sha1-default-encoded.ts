import { reportParameters } from "../../checks/report-parameters.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/pss-sha1-default-encoded",
  title: "RSASSA-PSS-params contains an encoded DEFAULT value",
  needs: ["signature"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc4055",
      section: "3.1",
      severity: "error",
      quote: "Implementations that perform signature generation MUST omit the hashAlgorithm field when SHA-1 is used",
    },
    { source: "x690", section: "11.5", severity: "error" },
  ],
  when: "faults",
  create(ctx) {
    reportParameters(ctx, "algorithm/pss-sha1-default-encoded");
  },
  why: "DER allows only one encoding of a value. Verifiers that re-encode the parameters and compare them get other bytes than those that were signed.",
  fix: "leave out the field; better, sign with SHA-256 and a salt of 32 bytes",
  examples: {
    bad: [
      {
        title: "SHA-1, MGF1 with SHA-1 and salt length 20, encoded explicitly",
        also: ["algorithm/sha1"],
        make: (kit) => {
          const encoded = kit.der.raw(
            "303906092a864886f70d01010a302ca00b300906052b0e03021a0500a118301606092a864886f70d010108300906052b0e03021a0500a203020114",
          );
          return kit.crl({ signature: encoded, signatureAlgorithm: encoded, options: { signature: "ignore" } });
        },
      },
    ],
    good: [
      {
        title: "SHA-1 by DEFAULT",
        also: ["algorithm/sha1"],
        make: (kit) => {
          const bare = kit.der.raw("300d06092a864886f70d01010a3000");
          return kit.crl({ signature: bare, signatureAlgorithm: bare, options: { signature: "ignore" } });
        },
      },
    ],
  },
});
