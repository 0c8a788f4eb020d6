import { valuePath } from "../../crl/crl.ts";
import { contentLength } from "../../der/span.ts";
import { Oid } from "../../extension/oids.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "issuer-alt-name/empty",
  title: "issuerAltName is empty",
  looksAt: [extension(Oid.issuerAltName)],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.7 via 5.2.2",
      severity: "error",
      quote: "Issuer alternative name MUST be encoded as in 4.2.1.6.",
    },
  ],
  create(ctx) {
    const names = ctx.crl.issuerAltName;
    if (names === undefined || contentLength(names) > 0) return;
    ctx.report({ at: names, path: valuePath(ctx.crl, Oid.issuerAltName) });
  },
  why: "`GeneralNames` must contain at least one name. Strict parsers reject the CRL.",
  fix: "put a name into issuerAltName, or leave the extension out",
  examples: () => ({
    bad: [
      {
        title: "empty SEQUENCE, 30 00",
        make: (kit) => kit.crl({ extra: [kit.extension.extension(kit.oids.issuerAltName, kit.der.seq())] }),
      },
    ],
    good: [
      {
        title: "one URI",
        make: (kit) => {
          const names = kit.der.seq(kit.extension.uri("http://ca.example.com/"));
          return kit.crl({ extra: [kit.extension.extension(kit.oids.issuerAltName, names)] });
        },
      },
    ],
  }),
});
