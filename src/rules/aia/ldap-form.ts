import { Oid } from "../../extension/oids.ts";
import { caIssuers } from "../../extension/authority-info-access.ts";
import { accessLocations } from "../../checks/access-locations.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule, type Requirement } from "../../rule/rule.ts";
import { escapeText } from "../../name/escape.ts";

const complete: Requirement = {
  source: "rfc5280",
  section: "5.2.7",
  severity: "error",
  quote:
    "The LDAP URI [RFC4516] MUST include a <dn> field containing the distinguished name of the entry holding the certificates",
};

const host: Requirement = { source: "rfc5280", section: "5.2.7", severity: "warning" };

export default defineRule({
  id: "aia/ldap-form",
  title: "LDAP URI in authorityInfoAccess is incomplete",
  looksAt: [extension(Oid.authorityInfoAccess)],
  requirements: [complete, host],
  create(ctx) {
    for (const { method, location, path } of accessLocations(ctx)?.descriptions ?? []) {
      if (method !== caIssuers || location?.kind !== "uniformResourceIdentifier") continue;
      const uri = location.text ?? "";
      const missing = missingParts(uri);
      if (missing.length === 0) continue;
      const violates = ctx.requirements.filter((requirement) =>
        missing.some((part) => (part === "host" ? requirement === host : requirement === complete)),
      );
      const message = `${escapeText(uri)} has no ${missing.join(", no ")}`;
      ctx.report({ at: location, path: `${path}.accessLocation`, message, violates });
    }
  },
  why: "Without host, entry and attribute, a client cannot request the certificate from the directory.",
  fix: "write `ldap://host/dn?cACertificate;binary`",
  examples: () => ({
    bad: [
      {
        title: "neither dn nor attributes",
        make: (kit) => {
          const { oids, der, extension } = kit;
          const access = der.seq(der.seq(der.oid(oids.caIssuers), extension.uri("ldap://ldap.example.com/")));
          return kit.crl({ extra: [extension.extension(oids.authorityInfoAccess, access)] });
        },
      },
      {
        title: "no host",
        make: (kit) => {
          const { oids, der, extension } = kit;
          const location = extension.uri("ldap:///CN=Example%20TLS%20CA%201,C=AT?cACertificate;binary");
          const access = der.seq(der.seq(der.oid(oids.caIssuers), location));
          return kit.crl({ extra: [extension.extension(oids.authorityInfoAccess, access)] });
        },
      },
    ],
    good: [
      {
        title: "host, dn and attributes",
        make: (kit) => {
          const { oids, der, extension } = kit;
          const location = extension.uri("ldap://ldap.example.com/CN=Example%20TLS%20CA%201,C=AT?cACertificate;binary");
          const access = der.seq(der.seq(der.oid(oids.caIssuers), location));
          return kit.crl({ extra: [extension.extension(oids.authorityInfoAccess, access)] });
        },
      },
    ],
  }),
});

/** Returns the parts that an LDAP URI lacks (RFC 4516 2: `ldap://host:port/dn?attributes?scope?filter?extensions`). */
function missingParts(uri: string): readonly string[] {
  const found = /^ldaps?:\/\/(?<host>[^/?]*)(?:\/(?<dn>[^?]*))?(?:\?(?<attributes>[^?]*))?/iu.exec(uri);
  if (found === null) return [];
  return ["host", "dn", "attributes"].filter((part) => (found.groups?.[part] ?? "") === "");
}
