import { Oid } from "../../extension/oids.ts";
import { caIssuers } from "../../extension/authority-info-access.ts";
import { accessLocations } from "../../checks/access-locations.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "aia/other-method",
  title: "authorityInfoAccess has an access method other than id-ad-caIssuers",
  looksAt: [extension(Oid.authorityInfoAccess)],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.7",
      severity: "error",
      quote: "Access method types other than id-ad-caIssuers MUST NOT be included.",
    },
  ],
  create(ctx) {
    const descriptions = accessLocations(ctx)?.descriptions ?? [];
    // aia/no-ca-issuers reports an extension without any id-ad-caIssuers.
    if (!descriptions.some(({ method }) => method === caIssuers)) return;
    for (const description of descriptions) {
      if (description.method === undefined || description.method === caIssuers) continue;
      const message = `accessMethod ${description.method} is not id-ad-caIssuers`;
      ctx.report({ at: description, path: `${description.path}.accessMethod`, message });
    }
  },
  why: "An OCSP responder belongs in certificates and has no meaning in a CRL. Usually the extension was copied from a certificate template.",
  fix: "remove the AccessDescriptions whose accessMethod is not id-ad-caIssuers (1.3.6.1.5.5.7.48.2)",
  examples: () => ({
    bad: [
      {
        title: "an OCSP responder and the CA certificate",
        make: (kit) => {
          const { oids, der, extension } = kit;
          const access = der.seq(
            der.seq(der.oid(oids.ocsp), extension.uri("http://ocsp.example.com/")),
            der.seq(der.oid(oids.caIssuers), extension.uri("http://ca.example.com/ca.cer")),
          );
          return kit.crl({ extra: [extension.extension(oids.authorityInfoAccess, access)] });
        },
      },
    ],
    good: [
      {
        title: "the CA certificate at two URIs",
        make: (kit) => {
          const { oids, der, extension } = kit;
          const access = der.seq(
            der.seq(der.oid(oids.caIssuers), extension.uri("http://ca.example.com/ca.cer")),
            der.seq(der.oid(oids.caIssuers), extension.uri("http://mirror.example.com/ca.cer")),
          );
          return kit.crl({ extra: [extension.extension(oids.authorityInfoAccess, access)] });
        },
      },
    ],
  }),
});
