import { Tag } from "../../der/tag.ts";
import { inherited, issuerAttributes, repeatsSubject } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";
import { findLimits } from "../../name/attribute-limits.ts";
import { valueSpan, valueType } from "../../name/attributes.ts";

/** The characters of PrintableString (X.680 41.4). */
const printable = /^[A-Za-z0-9 '()+,\-./:=?]+$/u;

export default defineRule({
  id: "issuer/not-printable-string",
  title: "attribute of the CRL issuer is UTF8String although PrintableString is possible",
  looksAt: ["issuer"],
  requirements: [
    {
      source: "fpki",
      section: "Worksheet 5",
      severity: "notice",
      quote: "PrintableString encoding should be used whenever possible for Issuer DNs.",
    },
  ],
  create(ctx) {
    // An issuer that repeats the CA's subject is correct in any encoding.
    if (repeatsSubject(ctx)) return;
    const found = [...issuerAttributes(ctx)].filter(
      ({ attribute }) =>
        findLimits(attribute.oid)?.syntax === "directory" &&
        valueType(attribute) === Tag.utf8String &&
        printable.test(attribute.text ?? ""),
    );
    const [first] = found;
    if (first === undefined) return;
    const types = [...new Set(found.map(({ attribute }) => attribute.type))];
    const message = `${types.join(", ")} ${types.length === 1 ? "is" : "are"} UTF8String, not PrintableString`;
    ctx.report({ at: valueSpan(first.attribute), path: `${first.path}.value`, message, ...inherited(ctx) });
  },
  why: "Old software of the Federal PKI compares names byte by byte and writes PrintableString wherever possible.",
  fix: "use PrintableString in the next CA certificate; the CRL's issuer repeats its subject byte for byte",
  examples: () => ({
    bad: [
      { title: "UTF8String for ASCII text", make: (kit) => kit.crl({ issuerCertificate: null }) },
      {
        title: "UTF8String in one attribute",
        make: (kit) =>
          kit.crl({ issuer: kit.ca.subject.retyped("all", "printable").retyped(2, "utf8"), issuerCertificate: null }),
      },
    ],
    good: [
      { title: "UTF8String, as in the CA certificate", make: (kit) => kit.crl() },
      {
        title: "PrintableString for ASCII text",
        make: (kit) => kit.crl({ issuer: kit.ca.subject.retyped("all", "printable"), issuerCertificate: null }),
      },
      {
        title: "UTF8String for a character that PrintableString does not have",
        make: (kit) => kit.crl({ issuer: "C=AT, CN=Prüfstelle", issuerCertificate: null }),
      },
      {
        title: "attribute of an unknown type",
        make: (kit) =>
          kit.crl({
            issuer: kit.name([
              ["C", "AT"],
              ["1.2.3.4", "x", "utf8"],
              ["CN", "Example CA", "printable"],
            ]),
            issuerCertificate: null,
          }),
      },
    ],
  }),
});
