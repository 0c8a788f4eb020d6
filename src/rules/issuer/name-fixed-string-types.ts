import { isStringType } from "../../der/strings.ts";
import { inherited, issuerAttributes } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";
import { AttributeOid, findLimits, syntaxTags } from "../../name/attribute-limits.ts";
import { isRawUnicodeLabel, valueSpan, valueType } from "../../name/attributes.ts";
import { stringTypeName } from "../../name/format.ts";

/**
 * Attributes that other rules check: RFC 5280 also limits the length of countryName, and does not define the other one.
 */
const elsewhere: ReadonlySet<string> = new Set([AttributeOid.countryName, AttributeOid.jurisdictionCountryName]);

export default defineRule({
  id: "issuer/name-fixed-string-types",
  title: "attribute of the CRL issuer does not use its required string type",
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
      // issuer/name-dc-idn reports a label that must first be converted.
      if (syntaxTags[syntax].includes(valueType(attribute)) || isRawUnicodeLabel(attribute)) continue;
      // A value that is not a string is reported when it is read.
      if (!isStringType(valueType(attribute))) continue;
      const expected = stringTypeName(syntaxTags[syntax][0] ?? -1);
      const message = `${attribute.type} is ${stringTypeName(attribute.valueTag)}, not ${expected}`;
      ctx.report({ at: valueSpan(attribute), path: `${path}.value`, message, ...inherited(ctx) });
    }
  },
  why: "Decoders that follow the ASN.1 reject the name. Software that rebuilds the name writes the required type, so the names differ.",
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
        title: "attribute of an unknown type",
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
