import { Oid } from "../../extension/oids.ts";
import { caIssuers } from "../../extension/authority-info-access.ts";
import { accessLocations } from "../../checks/access-locations.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "aia/no-ca-issuers",
  title: "authorityInfoAccess has no id-ad-caIssuers",
  looksAt: [extension(Oid.authorityInfoAccess)],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.7",
      severity: "error",
      quote: "MUST include at least one AccessDescription specifying id-ad-caIssuers as the accessMethod",
    },
  ],
  create(ctx) {
    const access = accessLocations(ctx);
    // aia/empty reports an authorityInfoAccess without any AccessDescription.
    if (access === undefined || access.descriptions.length === 0) return;
    if (access.descriptions.some(({ method }) => method === caIssuers)) return;
    ctx.report({ at: access, path: access.path });
  },
  why: "In a CRL, the only purpose of the extension is to locate the CRL issuer's certificate. Without id-ad-caIssuers, clients cannot find it.",
  fix: "replace the access methods with id-ad-caIssuers (1.3.6.1.5.5.7.48.2), or leave out the extension",
  examples: () => ({
    bad: [
      {
        title: "an OCSP responder only",
        make: (kit) => {
          const { oids, der, extension } = kit;
          const access = der.seq(der.seq(der.oid(oids.ocsp), extension.uri("http://ocsp.example.com/")));
          return kit.crl({ extra: [extension.extension(oids.authorityInfoAccess, access)] });
        },
      },
    ],
    good: [
      {
        title: "the CA's certificate",
        make: (kit) => {
          const { oids, der, extension } = kit;
          const access = der.seq(der.seq(der.oid(oids.caIssuers), extension.uri("http://ca.example.com/ca.cer")));
          return kit.crl({ extra: [extension.extension(oids.authorityInfoAccess, access)] });
        },
      },
    ],
  }),
});
