import { isStringType } from "../../der/strings.ts";
import { Tag } from "../../der/tag.ts";
import { inherited, issuerAttributes } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";
import { AttributeOid } from "../../name/attribute-limits.ts";
import { countCharacters, valueSpan, valueType } from "../../name/attributes.ts";
import { stringTypeName } from "../../name/format.ts";

export default defineRule({
  id: "issuer/name-country",
  title: "countryName in the CRL issuer is not a PrintableString of 2 characters",
  looksAt: ["issuer", "uncommon issuer attributes"],
  requirements: [
    {
      source: "rfc5280",
      section: "Appendix A.1",
      severity: "error",
      quote: "X520countryName ::= PrintableString (SIZE (2))",
    },
  ],
  create(ctx) {
    for (const { attribute, path } of issuerAttributes(ctx)) {
      // A value that is not a string is reported when it is read.
      if (attribute.oid !== AttributeOid.countryName || !isStringType(valueType(attribute))) continue;
      const length = countCharacters(attribute.text ?? "");
      const isPrintable = valueType(attribute) === Tag.printableString;
      // issuer/name-empty-value reports an empty countryName.
      if ((isPrintable && length === 2) || attribute.value.start === attribute.value.end) continue;
      const message = isPrintable
        ? `countryName has ${length} ${length === 1 ? "character" : "characters"}; it must be a 2-letter code`
        : `countryName is ${stringTypeName(attribute.valueTag)}; it must be a PrintableString`;
      ctx.report({ at: valueSpan(attribute), path: `${path}.value`, message, ...inherited(ctx) });
    }
  },
  why: "Decoders that follow the ASN.1 reject the name. Software that rebuilds the name writes a PrintableString, so the names differ.",
  fix: "write the two letters of ISO 3166-1 as PrintableString, in the CA certificate and in the CRL",
  examples: () => ({
    bad: [
      {
        title: "UTF8String, inherited from the CA certificate",
        make: (kit) => kit.crl({ ca: kit.caWith({ subject: kit.ca.subject.retyped(0, "utf8") }) }),
      },
      {
        title: "three letters",
        make: (kit) => kit.crl({ issuer: kit.ca.subject.withText(0, "AUT"), issuerCertificate: null }),
      },
      {
        title: "one letter",
        make: (kit) => kit.crl({ issuer: kit.ca.subject.withText(0, "A"), issuerCertificate: null }),
      },
    ],
    good: [
      { title: "PrintableString of two letters", make: (kit) => kit.crl() },
      {
        title: "empty countryName, reported by issuer/name-empty-value",
        make: (kit) => kit.crl({ issuer: kit.ca.subject.withText(0, ""), issuerCertificate: null }),
        also: ["issuer/name-empty-value"],
      },
    ],
  }),
});
