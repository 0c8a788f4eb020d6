import { extensionHome, isUnprocessable } from "../../extension/home.ts";
import { anyOtherExtension, rpkiNoOtherExtension } from "../../checks/not-allowed.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "other-extension/legacy-vendor",
  title: "CRL has an extension of old Entrust or Netscape software",
  looksAt: ["crlExtensions", "uncommon extensions"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }, anyOtherExtension],
  create(ctx) {
    // Under RFC 6487, extension/rpki-not-allowed reports every such extension.
    if (ctx.hasInForce([rpkiNoOtherExtension])) return;
    const seen = new Set<string>();
    for (const extension of ctx.crlExtensions.list) {
      const { oid, path } = extension;
      if (oid === undefined || seen.has(oid) || isUnprocessable(extension) || extensionHome(oid) !== "legacy") continue;
      seen.add(oid);
      ctx.report({ at: extension, path, message: `${oid} is an extension of old vendor software` });
    }
  },
  why: "No client in use reads it. It shows that the CRL's template has not been reviewed for a long time.",
  fix: "leave the extension out",
  examples: () => ({
    bad: [
      {
        title: "Entrust version information",
        make: (kit) => {
          const { der } = kit;
          // EntrustVersInfo ::= SEQUENCE { entrustVers GeneralString, entrustInfoFlags BIT STRING }
          const value = der.seq(der.tlv(0x1b, der.ascii("V7.1")), der.bitString(Uint8Array.of(0x40), 6));
          return kit.crl({ extra: [kit.extension.extension("1.2.840.113533.7.65.0", value)] });
        },
      },
    ],
    good: [{ title: "no such extension", make: (kit) => kit.crl() }],
  }),
});
