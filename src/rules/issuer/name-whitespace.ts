import { issuerAttributes } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";
import { valueSpan } from "../../name/attributes.ts";
import { escapeText } from "../../name/escape.ts";

export default defineRule({
  id: "issuer/name-whitespace",
  title: "CRL issuer holds needless white space or control characters",
  looksAt: ["issuer", "uncommon issuer attributes"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    // With the CA certificate at hand its subject is what counts, and issuer/not-byte-identical compares the two.
    if (ctx.anyCa !== undefined && !ctx.anyCa.isAnother) return;
    for (const { attribute, path } of issuerAttributes(ctx)) {
      const { text, type } = attribute;
      if (text === undefined || !/^\s|\s$|\s\s|\p{Cc}/u.test(text)) continue;
      const message = `${type} is "${escapeText(text)}"`;
      ctx.report({ at: valueSpan(attribute), path: `${path}.value`, message });
    }
  },
  why: "Nobody sees such characters, and software that builds the name anew drops them: the names then differ in their octets.",
  fix: "compare the CRL's issuer with the CA certificate's subject, octet by octet",
  examples: () => ({
    bad: [
      {
        title: "O with a space at its end",
        make: (kit) => kit.crl({ issuer: kit.ca.subject.withText(1, "Example Trust GmbH "), issuerCertificate: null }),
      },
    ],
    good: [
      {
        title: "O with a space at its end, as the CA certificate has it",
        make: (kit) => kit.crl({ ca: kit.caWith({ subject: kit.ca.subject.withText(1, "Example Trust GmbH ") }) }),
      },
      { title: "single spaces inside", make: (kit) => kit.crl({ issuerCertificate: null }) },
    ],
  }),
});
