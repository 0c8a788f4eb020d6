import { extensionLabel } from "../../extension/oids.ts";
import { isUnprocessable } from "../../extension/home.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

const toBeRevoked = "2.5.29.58";
const revokedGroups = "2.5.29.59";

export default defineRule({
  id: "other-extension/tobe-revoked-groups",
  title: "toBeRevoked or revokedGroups in a CRL",
  looksAt: [extension(toBeRevoked, revokedGroups)],
  // Not read in the text.
  requirements: [{ source: "x509", section: "8.5.2.7-8.5.2.8", severity: "warning" }],
  create(ctx) {
    const seen = new Set<string>();
    for (const extension of ctx.crlExtensions.list) {
      const { oid, path } = extension;
      if ((oid !== toBeRevoked && oid !== revokedGroups) || seen.has(oid)) continue;
      seen.add(oid);
      // toBeRevoked is never critical: extension/unknown-critical speaks of one that is.
      if (oid === toBeRevoked && isUnprocessable(extension)) continue;
      ctx.report({ at: extension, path, message: `${extensionLabel(oid)} is supported by hardly any client` });
    }
  },
  why: "Hardly any client knows them: certificates that revokedGroups revokes as a range look good to all others, and what toBeRevoked announces is not seen.",
  fix: "list each revoked certificate as an entry of its own",
  examples: () => ({
    bad: [
      {
        title: "revokedGroups",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("2.5.29.59", kit.der.seq(kit.der.seq()), true)] }),
      },
      {
        title: "toBeRevoked",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("2.5.29.58", kit.der.seq(kit.der.seq()))] }),
      },
    ],
    good: [{ title: "entries alone", make: (kit) => kit.crl() }],
  }),
});
