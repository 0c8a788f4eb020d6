import { Oid } from "../../extension/oids.ts";
import { accessLocations } from "../../checks/access-locations.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "aia/empty",
  title: "authorityInfoAccess is empty",
  looksAt: [extension(Oid.authorityInfoAccess)],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.2.1",
      severity: "error",
      quote: "SEQUENCE SIZE (1..MAX) OF AccessDescription",
    },
  ],
  create(ctx) {
    const access = accessLocations(ctx);
    if (access?.descriptions.length !== 0) return;
    ctx.report({ at: access, path: access.path });
  },
  why: "Decoders that follow the ASN.1 reject the extension, and with it the CRL.",
  fix: "add an AccessDescription with id-ad-caIssuers, or leave out the extension",
  examples: () => ({
    bad: [
      {
        title: "an empty SEQUENCE",
        make: (kit) => kit.crl({ extra: [kit.extension.extension(kit.oids.authorityInfoAccess, kit.der.raw("3000"))] }),
      },
    ],
    good: [{ title: "no authorityInfoAccess", make: (kit) => kit.crl() }],
  }),
});
