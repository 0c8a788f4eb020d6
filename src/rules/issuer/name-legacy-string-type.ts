import { isStringType } from "../../der/strings.ts";
import { inherited, issuerAttributes } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";
import { findLimits, syntaxTags } from "../../name/attribute-limits.ts";
import { valueSpan, valueType } from "../../name/attributes.ts";
import { stringTypeName } from "../../name/format.ts";

export default defineRule({
  id: "issuer/name-legacy-string-type",
  title: "attribute of the CRL issuer is neither PrintableString nor UTF8String",
  looksAt: ["issuer", "uncommon issuer attributes"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.1.2.4, 5.1.2.3",
      // Names that were already in use may keep their types, and the CRL does not show which names these are.
      severity: "warning",
      quote:
        "CAs conforming to this profile MUST use either the PrintableString or UTF8String encoding of DirectoryString",
    },
  ],
  create(ctx) {
    for (const { attribute, path } of issuerAttributes(ctx)) {
      if (findLimits(attribute.oid)?.syntax !== "directory" || attribute.valueTag === -1) continue;
      // A value that is not a string is reported when it is read.
      if (syntaxTags.directory.includes(valueType(attribute)) || !isStringType(valueType(attribute))) continue;
      const message = `${attribute.type} is ${stringTypeName(attribute.valueTag)}, not PrintableString or UTF8String`;
      ctx.report({ at: valueSpan(attribute), path: `${path}.value`, message, ...inherited(ctx) });
    }
  },
  why: "Software decodes TeletexString with different character sets and converts BMPString. The name that it shows or compares is then a different one.",
  fix: "use UTF8String in the next CA certificate; a name in use keeps its encoding",
  examples: () => ({
    bad: [
      {
        title: "O as TeletexString",
        make: (kit) => kit.crl({ issuer: kit.ca.subject.retyped(1, "teletex"), issuerCertificate: null }),
      },
      {
        title: "CN as BMPString, inherited from the CA certificate",
        make: (kit) => kit.crl({ ca: kit.caWith({ subject: kit.ca.subject.retyped(2, "bmp") }) }),
      },
    ],
    good: [
      {
        title: "O as PrintableString",
        make: (kit) => kit.crl({ ca: kit.caWith({ subject: kit.ca.subject.retyped(1, "printable") }) }),
      },
      {
        title: "TeletexString in an attribute of an unknown type",
        make: (kit) =>
          kit.crl({
            issuer: kit.name([
              ["C", "AT"],
              ["1.2.3.4", "x", "teletex"],
              ["CN", "Example CA"],
            ]),
            issuerCertificate: null,
          }),
      },
    ],
  }),
});
