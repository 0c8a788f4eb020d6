import { issuerAttributes } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";
import { valueSpan } from "../../name/attributes.ts";
import { escapeText } from "../../name/escape.ts";

export default defineRule({
  id: "issuer/name-whitespace",
  title: "CRL issuer has extraneous whitespace or control characters",
  looksAt: ["issuer", "uncommon issuer attributes"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    // If the CA certificate is given, issuer/not-byte-identical compares the issuer with its subject.
    if (ctx.anyCa !== undefined && !ctx.anyCa.isAnother) return;
    for (const { attribute, path } of issuerAttributes(ctx)) {
      const { text, type } = attribute;
      if (text === undefined || !/^\s|\s$|\s\s|\p{Cc}/u.test(text)) continue;
      const message = `${type} is "${escapeText(text)}", with extraneous whitespace or control characters`;
      ctx.report({ at: valueSpan(attribute), path: `${path}.value`, message });
    }
  },
  why: "Such characters are not visible, and software that rebuilds the name drops them. The names then differ in their bytes.",
  fix: "compare the CRL's issuer with the CA certificate's subject, byte by byte",
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
