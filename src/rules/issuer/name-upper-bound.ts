import { formatCount } from "../../rule/format-count.ts";
import { inherited, issuerAttributes } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";
import { findLimits } from "../../name/attribute-limits.ts";
import { countCharacters, valueSpan } from "../../name/attributes.ts";

export default defineRule({
  id: "issuer/name-upper-bound",
  title: "attribute of the CRL issuer is longer than its upper bound",
  looksAt: ["issuer", "uncommon issuer attributes"],
  requirements: [
    {
      source: "rfc5280",
      section: "Appendix A.1",
      severity: "error",
      quote: "ub-common-name INTEGER ::= 64",
    },
  ],
  create(ctx) {
    for (const { attribute, path } of issuerAttributes(ctx)) {
      const bound = findLimits(attribute.oid)?.upperBound;
      const length = countCharacters(attribute.text ?? "");
      if (bound === undefined || length <= bound) continue;
      const message = `${attribute.type} has ${formatCount(length)} characters; the maximum is ${formatCount(bound)}`;
      ctx.report({ at: valueSpan(attribute), path: `${path}.value`, message, ...inherited(ctx) });
    }
  },
  why: "Decoders that follow the ASN.1 reject the name. Others cut it at the length of their field.",
  fix: "shorten the text in the next CA certificate, and use its subject in the CRL",
  examples: () => ({
    bad: [
      {
        title: "O of 65 characters",
        make: (kit) => kit.crl({ issuer: kit.ca.subject.withText(1, "O".repeat(65)), issuerCertificate: null }),
      },
      {
        title: "CN of 65 characters, inherited from the CA certificate",
        make: (kit) => kit.crl({ ca: kit.caWith({ subject: kit.ca.subject.withText(2, "N".repeat(65)) }) }),
      },
    ],
    good: [
      {
        title: "O of 64 characters that take 128 bytes",
        make: (kit) => kit.crl({ ca: kit.caWith({ subject: kit.ca.subject.withText(1, "Ö".repeat(64)) }) }),
      },
      {
        title: "70 characters in an attribute of an unknown type",
        make: (kit) =>
          kit.crl({
            issuer: kit.name([
              ["C", "AT"],
              ["1.2.3.4", "x".repeat(70), "utf8"],
              ["CN", "Example CA"],
            ]),
            issuerCertificate: null,
          }),
      },
    ],
  }),
});
