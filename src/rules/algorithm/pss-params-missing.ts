import { algorithmLists } from "../../checks/algorithm-lists.ts";
import { reportParameters } from "../../checks/report-parameters.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/pss-params-missing",
  title: "id-RSASSA-PSS without RSASSA-PSS-params",
  needs: ["signature"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc5756",
      section: "2",
      severity: "error",
      quote:
        "the RSASSA-PSS-params structure MUST be included in the TBSCertificate or TBSCertList signature parameters field",
    },
    algorithmLists["tls-br"],
    algorithmLists.mozilla,
    algorithmLists["smime-br"],
  ],
  when: "faults",
  create(ctx) {
    reportParameters(ctx, "algorithm/pss-params-missing");
  },
  why: "The OID alone does not say which hash and which salt length were used, so nobody can check the signature.",
  fix: "add RSASSA-PSS-params with hashAlgorithm, maskGenAlgorithm and saltLength",
  examples: {
    bad: [
      {
        title: "the OID alone",
        make: (kit) => {
          const alone = kit.der.raw("300b06092a864886f70d01010a");
          return kit.crl({ algorithm: "rsassa-pss-sha256", signature: alone, signatureAlgorithm: alone });
        },
      },
      {
        title: "NULL in place of RSASSA-PSS-params, under the TLS BR",
        profile: "tls-br",
        make: (kit) => {
          const odd = kit.der.raw("300d06092a864886f70d01010a0500");
          return kit.crl({ algorithm: "rsassa-pss-sha256", signature: odd, signatureAlgorithm: odd });
        },
      },
      {
        title: "a field that RSASSA-PSS-params does not have",
        make: (kit) => {
          const odd = kit.der.raw("301206092a864886f70d01010a3005a403020101");
          return kit.crl({ algorithm: "rsassa-pss-sha256", signature: odd, signatureAlgorithm: odd });
        },
      },
    ],
    good: [
      {
        title: "SHA-512 with a salt of 64 octets, under the TLS BR",
        profile: "tls-br",
        make: (kit) => kit.crl({ algorithm: "rsassa-pss-sha512" }),
      },
    ],
  },
});
