import { inherited, issuerAttributes } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";
import { isRawUnicodeLabel, valueSpan } from "../../name/attributes.ts";
import { escapeText } from "../../name/escape.ts";

export default defineRule({
  id: "issuer/name-dc-idn",
  title: "internationalized domainComponent of the CRL issuer is not an A-label",
  looksAt: ["issuer", "uncommon issuer attributes"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc8399",
      section: "2.4",
      severity: "warning",
      quote: "the implementation MUST convert all U-labels to A-labels",
    },
    // It obsoletes RFC 8399. The text was not read.
    { source: "rfc5280", document: "rfc9549", section: "2", severity: "warning" },
  ],
  create(ctx) {
    for (const { attribute, path } of issuerAttributes(ctx)) {
      if (!isRawUnicodeLabel(attribute)) continue;
      const message = `domainComponent "${escapeText(attribute.text ?? "")}" is not an A-label`;
      ctx.report({ at: valueSpan(attribute), path: `${path}.value`, message, ...inherited(ctx) });
    }
  },
  why: "domainComponent is an IA5String, which has only ASCII characters. Software that converts the label finds a different name than the CA has.",
  fix: "write the label in its ASCII form (`xn--...`) as IA5String, in the CA certificate and in the CRL",
  examples: () => ({
    bad: [
      {
        title: "U-label in a UTF8String",
        make: (kit) =>
          kit.crl({
            issuer: kit.name([
              ["0.9.2342.19200300.100.1.25", "müller", "utf8"],
              ["CN", "Example CA"],
            ]),
            issuerCertificate: null,
          }),
      },
    ],
    good: [
      {
        title: "A-label",
        make: (kit) => kit.crl({ issuer: "DC=xn--mller-kva, CN=Example CA", issuerCertificate: null }),
      },
    ],
  }),
});
