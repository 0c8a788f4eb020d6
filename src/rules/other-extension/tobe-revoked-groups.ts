import { extensionLabel } from "../../extension/oids.ts";
import { isUnprocessable } from "../../extension/home.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

const toBeRevoked = "2.5.29.58";
const revokedGroups = "2.5.29.59";

export default defineRule({
  id: "other-extension/tobe-revoked-groups",
  title: "CRL has toBeRevoked or revokedGroups",
  looksAt: [extension(toBeRevoked, revokedGroups)],
  // The requirement was not checked against the text of the document.
  requirements: [{ source: "x509", section: "8.5.2.7-8.5.2.8", severity: "warning" }],
  create(ctx) {
    const seen = new Set<string>();
    for (const extension of ctx.crlExtensions.list) {
      const { oid, path } = extension;
      if ((oid !== toBeRevoked && oid !== revokedGroups) || seen.has(oid)) continue;
      seen.add(oid);
      // toBeRevoked must not be critical; extension/unknown-critical reports it if it is.
      if (oid === toBeRevoked && isUnprocessable(extension)) continue;
      ctx.report({ at: extension, path, message: `${extensionLabel(oid)} is supported by few clients` });
    }
  },
  why: "Few clients know these extensions. All others accept the certificates that revokedGroups revokes as a range, and do not see what toBeRevoked announces.",
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
