import { Oid } from "../../extension/oids.ts";
import { caIssuers } from "../../extension/authority-info-access.ts";
import { accessLocations } from "../../checks/access-locations.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "aia/no-http-ldap",
  title: "id-ad-caIssuers of authorityInfoAccess has no HTTP or LDAP URI",
  looksAt: [extension(Oid.authorityInfoAccess)],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.7",
      severity: "warning",
      quote: "SHOULD specify an accessLocation that is an HTTP [RFC2616] or LDAP [RFC4516] URI",
    },
  ],
  create(ctx) {
    const access = accessLocations(ctx);
    const issuers = access?.descriptions.filter(({ method }) => method === caIssuers) ?? [];
    const [first] = issuers;
    if (first === undefined) return;
    const isFetchable = issuers.some(
      ({ location }) =>
        location?.kind === "uniformResourceIdentifier" && /^(?:http|ldap)s?:/iu.test(location.text ?? ""),
    );
    if (isFetchable) return;
    ctx.report({ at: first.location ?? first, path: `${first.path}.accessLocation` });
  },
  why: "Clients fetch certificates over HTTP and sometimes over LDAP. They do not find a certificate that is available only in another way.",
  fix: "add an id-ad-caIssuers with an HTTP URI of the CA certificate",
  examples: () => ({
    bad: [
      {
        title: "a directoryName only",
        make: (kit) => {
          const { oids, der, extension } = kit;
          const name = der.explicit(4, kit.root.subject.der());
          const access = der.seq(der.seq(der.oid(oids.caIssuers), name));
          return kit.crl({ extra: [extension.extension(oids.authorityInfoAccess, access)] });
        },
      },
    ],
    good: [
      {
        title: "a directoryName and an HTTP URI",
        make: (kit) => {
          const { oids, der, extension } = kit;
          const access = der.seq(
            der.seq(der.oid(oids.caIssuers), der.explicit(4, kit.root.subject.der())),
            der.seq(der.oid(oids.caIssuers), extension.uri("http://ca.example.com/ca.cer")),
          );
          return kit.crl({ extra: [extension.extension(oids.authorityInfoAccess, access)] });
        },
      },
    ],
  }),
});
