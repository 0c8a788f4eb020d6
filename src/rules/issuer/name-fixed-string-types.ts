import { inherited, issuerAttributes } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";
import { AttributeOid, findLimits, syntaxTags } from "../../name/attribute-limits.ts";
import { isRawUnicodeLabel, valueSpan, valueType } from "../../name/attributes.ts";
import { stringTypeName } from "../../name/format.ts";

/** Judged by rules of their own: RFC 5280 gives countryName a length too, and does not know the other. */
const elsewhere: ReadonlySet<string> = new Set([AttributeOid.countryName, AttributeOid.jurisdictionCountryName]);

export default defineRule({
  id: "issuer/name-fixed-string-types",
  title: "attribute of the CRL issuer is not of the one string type it has",
  looksAt: ["issuer", "uncommon issuer attributes"],
  requirements: [
    {
      source: "rfc5280",
      section: "Appendix A.1",
      severity: "error",
      quote: "X520SerialNumber ::= PrintableString (SIZE (1..ub-serial-number))",
    },
  ],
  create(ctx) {
    for (const { attribute, path } of issuerAttributes(ctx)) {
      const syntax = findLimits(attribute.oid)?.syntax ?? "directory";
      if (syntax === "directory" || attribute.valueTag === -1 || elsewhere.has(attribute.oid ?? "")) continue;
      // A label that has to be converted first is reported as that.
      if (syntaxTags[syntax].includes(valueType(attribute)) || isRawUnicodeLabel(attribute)) continue;
      const wanted = stringTypeName(syntaxTags[syntax][0] ?? -1);
      const message = `${attribute.type} is ${stringTypeName(attribute.valueTag)}; it is to be ${wanted}`;
      ctx.report({ at: valueSpan(attribute), path: `${path}.value`, message, ...inherited(ctx) });
    }
  },
  why: "Decoders that follow the ASN.1 reject the name, and software that builds it anew writes the right type: the names then differ.",
  fix: "write serialNumber and dnQualifier as PrintableString, emailAddress and domainComponent as IA5String, in the CA certificate and in the CRL",
  examples: () => ({
    bad: [
      {
        title: "serialNumber as UTF8String",
        make: (kit) =>
          kit.crl({
            issuer: kit.name([
              ["CN", "Example CA"],
              ["serialNumber", "1", "utf8"],
            ]),
            issuerCertificate: null,
          }),
      },
      {
        title: "domainComponent as PrintableString, inherited from the CA certificate",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({
              subject: kit.name([
                ["DC", "example", "printable"],
                ["CN", "Example CA"],
              ]),
            }),
          }),
      },
    ],
    good: [
      {
        title: "domainComponent as IA5String, serialNumber as PrintableString",
        make: (kit) => kit.crl({ ca: kit.caWith({ subject: "DC=example, CN=Example CA, serialNumber=1" }) }),
      },
      {
        title: "an attribute of a type that no document here bounds",
        make: (kit) =>
          kit.crl({
            issuer: kit.name([
              ["C", "AT"],
              ["1.2.3.4", "x", "utf8"],
              ["CN", "Example CA"],
            ]),
            issuerCertificate: null,
          }),
      },
    ],
  }),
});
