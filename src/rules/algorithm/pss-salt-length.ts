import { algorithmLists } from "../../checks/algorithm-lists.ts";
import { reportParameters } from "../../checks/report-parameters.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "algorithm/pss-salt-length",
  title: "RSASSA-PSS salt is not as long as the hash",
  needs: ["signature"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc4055",
      section: "3.1",
      severity: "warning",
      quote: "the recommended value of saltLength is the number of octets in the hash value",
    },
    algorithmLists["tls-br"],
    algorithmLists.mozilla,
    algorithmLists["smime-br"],
  ],
  when: "faults",
  create(ctx) {
    // signature/invalid says how long the salt is, and that saltLength is not that.
    const verification = ctx.anyCa?.verification;
    if (verification?.verdict === "invalid" && verification.apartFrom === "salt-length") return;
    reportParameters(ctx, "algorithm/pss-salt-length");
  },
  why: "Browsers accept only a salt as long as the hash. By default, OpenSSL uses the longest salt that fits.",
  fix: "sign with a salt as long as the hash (`-sigopt rsa_pss_saltlen:digest` in OpenSSL)",
  examples: {
    bad: [
      {
        title: "SHA-256 with the longest salt that fits, 222 bytes",
        make: (kit) => {
          const long = kit.der.raw(
            "304206092a864886f70d01010a3035a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a204020200de",
          );
          return kit.crl({ signature: long, signatureAlgorithm: long, options: { signature: "ignore" } });
        },
      },
      {
        title: "SHA-256 with a salt of 33 bytes, under the TLS BR",
        profile: "tls-br",
        make: (kit) => {
          const long = kit.der.raw(
            "304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020121",
          );
          return kit.crl({ signature: long, signatureAlgorithm: long, options: { signature: "ignore" } });
        },
      },
    ],
    good: [{ title: "SHA-256 with a salt of 32 bytes", make: (kit) => kit.crl({ algorithm: "rsassa-pss-sha256" }) }],
  },
});
