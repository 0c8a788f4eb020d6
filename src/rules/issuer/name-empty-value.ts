import { isStringTag } from "../../der/strings.ts";
import { inherited, issuerAttributes } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";
import { findLimits } from "../../name/attribute-limits.ts";
import { valueSpan, valueType } from "../../name/attributes.ts";

export default defineRule({
  id: "issuer/name-empty-value",
  title: "CRL issuer has an attribute with an empty value",
  looksAt: ["issuer", "uncommon issuer attributes"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.1.2.4",
      severity: "error",
      quote: "teletexString TeletexString (SIZE (1..MAX))",
    },
  ],
  create(ctx) {
    for (const { attribute, path } of issuerAttributes(ctx)) {
      const limits = findLimits(attribute.oid);
      if (limits === undefined || limits.mayBeEmpty === true || attribute.value.start !== attribute.value.end) continue;
      if (!isStringTag(valueType(attribute))) continue;
      const message = `${attribute.type} is empty`;
      ctx.report({ at: valueSpan(attribute), path: `${path}.value`, message, ...inherited(ctx) });
    }
  },
  why: "Decoders that follow the ASN.1 reject the name. Software that rebuilds the name omits the attribute, so the names differ.",
  fix: "leave the attribute out, in the CA certificate and in the CRL",
  examples: () => ({
    bad: [
      {
        title: "empty O",
        make: (kit) => kit.crl({ issuer: kit.ca.subject.withText(1, ""), issuerCertificate: null }),
      },
      {
        title: "empty O, inherited from the CA certificate",
        make: (kit) => kit.crl({ ca: kit.caWith({ subject: kit.ca.subject.withText(1, "") }) }),
      },
    ],
    good: [
      { title: "text in each attribute", make: (kit) => kit.crl() },
      {
        title: "empty dnQualifier, which its definition allows",
        make: (kit) =>
          kit.crl({
            issuer: kit.name([
              ["C", "AT"],
              ["2.5.4.46", "", "printable"],
              ["CN", "Example CA"],
            ]),
            issuerCertificate: null,
          }),
      },
      {
        title: "empty attribute of an unknown type",
        make: (kit) =>
          kit.crl({
            issuer: kit.name([
              ["C", "AT"],
              ["1.2.3.4", "", "utf8"],
              ["CN", "Example CA"],
            ]),
            issuerCertificate: null,
          }),
      },
    ],
  }),
});
