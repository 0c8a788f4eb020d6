import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

const cRLStreamIdentifier = "2.5.29.40";

export default defineRule({
  id: "other-extension/crl-stream-identifier",
  title: "CRL belongs to a stream with its own CRL numbers",
  looksAt: [extension(cRLStreamIdentifier)],
  // The requirement was not checked against the text of the document.
  requirements: [{ source: "x509", section: "8.5.2.7", severity: "notice" }],
  create(ctx) {
    ctx.report({ at: ctx.extension, path: ctx.extension.path });
  },
  why: "With cRLStreamIdentifier, CRL numbers count within one stream and cannot be compared with those of another. Clients of RFC 5280 do not know this.",
  fix: "compare CRL numbers only with CRLs of the same cRLStreamIdentifier",
  examples: () => ({
    bad: [
      {
        title: "stream 1",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("2.5.29.40", kit.der.int(1))] }),
      },
    ],
    good: [{ title: "no cRLStreamIdentifier", make: (kit) => kit.crl() }],
  }),
});
