import { algorithmLists } from "../../checks/algorithm-lists.ts";
import { reportParameters } from "../../checks/report-parameters.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/rsa-parameters-not-null",
  title: "RSA PKCS#1 v1.5 with parameters other than NULL",
  needs: ["signature"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc4055",
      section: "5",
      severity: "error",
      quote: "the parameters MUST be NULL",
    },
    {
      source: "mozilla",
      section: "5.1.1",
      severity: "error",
      quote: "Certificates MUST NOT omit this NULL parameter.",
    },
    algorithmLists["tls-br"],
    algorithmLists["smime-br"],
  ],
  when: "faults",
  create(ctx) {
    reportParameters(ctx, "algorithm/rsa-parameters-not-null");
  },
  why: "Verifiers that compare the AlgorithmIdentifier octet by octet with the one they know refuse the CRL, or check a signature over other octets than the signer made.",
  fix: "end the AlgorithmIdentifier in NULL, `05 00`, in tbsCertList.signature and in signatureAlgorithm",
  examples: {
    bad: [
      {
        title: "sha256WithRSAEncryption without NULL",
        make: (kit) => {
          const bare = kit.der.raw("300b06092a864886f70d01010b");
          return kit.crl({ signature: bare, signatureAlgorithm: bare });
        },
      },
      {
        title: "sha256WithRSAEncryption without NULL, under the TLS BR",
        profile: "tls-br",
        make: (kit) => {
          const bare = kit.der.raw("300b06092a864886f70d01010b");
          return kit.crl({ signature: bare, signatureAlgorithm: bare });
        },
      },
      {
        title: "sha512WithRSAEncryption with an empty SEQUENCE",
        make: (kit) => {
          const odd = kit.der.raw("300d06092a864886f70d01010d3000");
          return kit.crl({ algorithm: "sha512WithRSAEncryption", signature: odd, signatureAlgorithm: odd });
        },
      },
    ],
    good: [
      { title: "sha384WithRSAEncryption with NULL", make: (kit) => kit.crl({ algorithm: "sha384WithRSAEncryption" }) },
    ],
  },
});
