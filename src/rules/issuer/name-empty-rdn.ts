import { Tag } from "../../der/tag.ts";
import { inherited, issuerPath } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "issuer/name-empty-rdn",
  title: "CRL issuer has an RDN without attributes",
  looksAt: ["issuer", "uncommon issuer attributes"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.1.2.4",
      severity: "error",
      quote: "SET SIZE (1..MAX) OF AttributeTypeAndValue",
    },
  ],
  create(ctx) {
    for (const [i, { start, end }] of ctx.issuer.rdns.entries()) {
      const isEmptySet = ctx.bytes[start] === Tag.set && ctx.bytes[start + 1] === 0;
      if (isEmptySet) {
        ctx.report({ at: { start, end }, path: `${issuerPath}.rdnSequence[${i}]`, ...inherited(ctx) });
      }
    }
  },
  why: "Decoders that follow the ASN.1 reject the name, and with it the CRL.",
  fix: "leave the empty RDN out, in the CA certificate and in the CRL",
  examples: () => ({
    bad: [
      {
        title: "empty SET as the first RDN",
        make: (kit) => {
          const attribute = kit.der.seq(kit.der.oid("2.5.4.3"), kit.der.utf8("Example CA"));
          return kit.crl({
            issuer: kit.der.seq(kit.der.set(), kit.der.set(attribute)),
            issuerCertificate: null,
          });
        },
      },
    ],
    good: [{ title: "an attribute in each RDN", make: (kit) => kit.crl() }],
  }),
});
