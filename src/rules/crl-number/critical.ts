import { findExtension } from "../../crl/crl.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "crl-number/critical",
  title: "cRLNumber is critical",
  needs: ["crlExtensions"],
  requirements: [
    { source: "rfc5280", section: "5.2.3", severity: "error", quote: "MUST mark this extension as non-critical" },
    { source: "rpki", document: "rfc9829", section: "3.1", severity: "error" },
  ],
  when: ({ crl }) => findExtension(crl, Oid.crlNumber)?.critical === true,
  create(ctx) {
    const extension = ctx.crlExtensions.list.find(({ oid }) => oid === Oid.crlNumber);
    if (extension?.critical !== true) return;
    ctx.report({ at: extension, path: `${extension.path}.critical`, message: "cRLNumber is marked critical" });
  },
  why: "Clients that do not know the extension must refuse a CRL in which it is critical; RFC 5280 has made it non-critical so that all can read the CRL.",
  fix: "leave critical out of the cRLNumber extension",
  examples: {
    bad: [{ title: "critical TRUE", make: (kit) => kit.crl({ critical: { [kit.oids.crlNumber]: true } }) }],
    good: [{ title: "critical absent", make: (kit) => kit.crl() }],
  },
});
