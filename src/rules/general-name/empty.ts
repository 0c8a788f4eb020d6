import type { CrlCase, Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

/** Returns a CRL whose issuingDistributionPoint contains this URI. */
function withUri(kit: Kit, uri: string): CrlCase {
  return kit.crl({ idp: { uris: [uri], onlyUser: true } });
}

export default defineRule({
  id: "general-name/empty",
  title: "general name is empty",
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.6",
      severity: "error",
      quote: "MUST NOT issue certificates with subjectAltNames containing empty GeneralName fields",
    },
  ],
  why: "A client cannot fetch from an empty name or match it with another name, and some clients reject the extension.",
  fix: "leave the name out, or give it a value",
  examples: () => ({
    bad: [
      { title: "empty URI", make: (kit) => withUri(kit, "") },
      {
        title: "empty dNSName in issuerAltName",
        make: (kit) =>
          kit.crl({ extra: [kit.extension.extension(kit.oids.issuerAltName, kit.der.seq(kit.extension.dnsName("")))] }),
      },
      {
        title: "directoryName without RDNs in certificateIssuer",
        make: (kit) =>
          kit.crl({
            idp: { indirect: true },
            entries: [
              {
                extensions: [
                  kit.extension.extension(
                    kit.oids.certificateIssuer,
                    kit.der.seq(kit.der.explicit(4, kit.der.seq())),
                    true,
                  ),
                ],
              },
            ],
          }),
      },
    ],
    good: [{ title: "http URI", make: (kit) => withUri(kit, "http://crl.example.com/1.crl") }],
  }),
});
