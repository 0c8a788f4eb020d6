import { algorithmLists } from "../../checks/algorithm-lists.ts";
import { reportParameters } from "../../checks/report-parameters.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/pss-hash-params",
  title: "hash identifier in RSASSA-PSS-params without NULL",
  needs: ["signature"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc4055",
      section: "2.1",
      // The same section calls both forms "legal and equivalent".
      severity: "notice",
      quote: "the following algorithm identifiers are used when a NULL parameter MUST be present",
    },
    algorithmLists["tls-br"],
    algorithmLists.mozilla,
    algorithmLists["smime-br"],
  ],
  when: "faults",
  create(ctx) {
    reportParameters(ctx, "algorithm/pss-hash-params");
  },
  why: "RFC 4055 has verifiers accept both forms, but those that compare with the encodings they know (as browsers do) accept only the one with NULL.",
  fix: "end each hash identifier in NULL: `30 0d 06 09 60 86 48 01 65 03 04 02 01 05 00` for SHA-256",
  examples: {
    bad: [
      {
        title: "SHA-256 without NULL",
        make: (kit) => {
          const bare = kit.der.raw(
            "303d06092a864886f70d01010a3030a00d300b0609608648016503040201a11a301806092a864886f70d010108300b0609608648016503040201a203020120",
          );
          return kit.crl({ algorithm: "rsassa-pss-sha256", signature: bare, signatureAlgorithm: bare });
        },
      },
      {
        title: "SHA-256 without NULL in MGF1 only, under the TLS BR",
        profile: "tls-br",
        make: (kit) => {
          const bare = kit.der.raw(
            "303f06092a864886f70d01010a3032a00f300d06096086480165030402010500a11a301806092a864886f70d010108300b0609608648016503040201a203020120",
          );
          return kit.crl({ algorithm: "rsassa-pss-sha256", signature: bare, signatureAlgorithm: bare });
        },
      },
    ],
    good: [{ title: "SHA-256 with NULL", make: (kit) => kit.crl({ algorithm: "rsassa-pss-sha256" }) }],
  },
});
