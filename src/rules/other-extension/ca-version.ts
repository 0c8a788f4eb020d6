import { extensionLabel } from "../../extension/oids.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

const caVersion = "1.3.6.1.4.1.311.21.1";

/** The places where AD CS publishes the CRL. */
const publishedLocations = "1.3.6.1.4.1.311.21.14";

export default defineRule({
  id: "other-extension/ca-version",
  title: "extension with private data of AD CS",
  looksAt: [extension(caVersion, publishedLocations)],
  // Not read in the text.
  requirements: [{ source: "microsoft", document: "microsoft-adcs", section: "CRL extensions", severity: "notice" }],
  create(ctx) {
    // There extension/not-recommended speaks of the same octets.
    if (ctx.sources.has("tls-br")) return;
    const seen = new Set<string>();
    for (const extension of ctx.crlExtensions.list) {
      const { oid, path } = extension;
      if ((oid !== caVersion && oid !== publishedLocations) || seen.has(oid)) continue;
      seen.add(oid);
      ctx.report({ at: extension, path, message: `${extensionLabel(oid)} is private data of AD CS` });
    }
  },
  why: "AD CS keeps in it which of its certificates signed, and where it puts the CRL. Other clients pass over it: it is harmless, and shows paths of the inner network to whoever reads the CRL.",
  fix: "leave the extension out where the CRL is published to the world",
  examples: () => ({
    bad: [
      {
        title: "CA version",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("1.3.6.1.4.1.311.21.1", kit.der.int(0))] }),
      },
    ],
    good: [{ title: "none", make: (kit) => kit.crl() }],
  }),
});
