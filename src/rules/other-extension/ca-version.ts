import { extensionLabel } from "../../extension/oids.ts";
import { extension } from "../../rule/aspects.ts";
import { anyOtherExtension } from "../../checks/not-allowed.ts";
import { defineRule } from "../../rule/rule.ts";

const caVersion = "1.3.6.1.4.1.311.21.1";

/** The locations where AD CS publishes the CRL. */
const publishedLocations = "1.3.6.1.4.1.311.21.14";

export default defineRule({
  id: "other-extension/ca-version",
  title: "CRL has an extension with private data of AD CS",
  looksAt: [extension(caVersion, publishedLocations)],
  // The requirement was not checked against the text of the document.
  requirements: [{ source: "microsoft", document: "microsoft-adcs", section: "CRL extensions", severity: "notice" }],
  create(ctx) {
    // Under the TLS BR, extension/not-recommended reports the same bytes.
    if (ctx.hasInForce([anyOtherExtension])) return;
    const seen = new Set<string>();
    for (const extension of ctx.crlExtensions.list) {
      const { oid, path } = extension;
      if ((oid !== caVersion && oid !== publishedLocations) || seen.has(oid)) continue;
      seen.add(oid);
      ctx.report({ at: extension, path, message: `${extensionLabel(oid)} contains private data of AD CS` });
    }
  },
  why: "AD CS records in it which of its certificates signed, and where it publishes the CRL. Other clients ignore it. It is harmless, but shows paths of the internal network to every reader of the CRL.",
  fix: "leave the extension out if the CRL is published outside the internal network",
  examples: () => ({
    bad: [
      {
        title: "CA version",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ eku: [kit.oids.clientAuth] }),
            extra: [kit.extension.extension("1.3.6.1.4.1.311.21.1", kit.der.int(0))],
          }),
      },
    ],
    good: [{ title: "no such extension", make: (kit) => kit.crl() }],
  }),
});
