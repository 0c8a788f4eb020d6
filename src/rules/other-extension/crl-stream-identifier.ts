import { hasUncommonExtension } from "../../checks/common-shape.ts";
import { findExtension } from "../../crl/crl.ts";
import { defineRule } from "../../rule/rule.ts";

const cRLStreamIdentifier = "2.5.29.40";

export default defineRule({
  id: "other-extension/crl-stream-identifier",
  title: "CRL belongs to a stream with numbers of its own",
  needs: ["crlExtensions"],
  // Not read in the text.
  requirements: [{ source: "x509", section: "8.5.2.7", severity: "notice" }],
  when: ({ crl }) => hasUncommonExtension(crl),
  create(ctx) {
    const extension = findExtension(ctx.crl, cRLStreamIdentifier);
    if (extension !== undefined) ctx.report({ at: extension, path: extension.path });
  },
  why: "With cRLStreamIdentifier, CRL numbers count within one stream: comparing them with those of another says nothing, and clients of RFC 5280 do not know that.",
  fix: "compare CRL numbers only with CRLs of the same cRLStreamIdentifier",
  examples: {
    bad: [
      {
        title: "stream 1",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("2.5.29.40", kit.der.int(1))] }),
      },
    ],
    good: [{ title: "no stream", make: (kit) => kit.crl() }],
  },
});
