import { extensionLabel } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";
import { groupBy } from "../../der/group-by.ts";

/** Maximum number of places of one extension in a finding. */
const maximumPlaces = 20;

export default defineRule({
  id: "extension/duplicate",
  title: "CRL extension appears more than once",
  looksAt: ["crlExtensions"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2 (by analogy)",
      severity: "error",
      quote: "A certificate MUST NOT include more than one instance of a particular extension.",
    },
  ],
  create(ctx) {
    for (const [oid, instances] of groupBy(ctx.crlExtensions.list, (extension) => extension.oid)) {
      const [first, second, ...more] = instances;
      if (oid === undefined || first === undefined || second === undefined) continue;
      ctx.report({
        at: second,
        path: second.path,
        message: `${extensionLabel(oid)} appears ${instances.length} times; it must appear at most once`,
        related: [first, ...more]
          .slice(0, maximumPlaces)
          .map((one) => ({ at: one, path: one.path, artefact: ctx.artefact })),
      });
    }
  },
  why: "Software differs in which of the two it uses, so one CRL has two meanings, such as two scopes or two numbers. Java 17 does not load it. The sentence of RFC 5280 is about certificates; X.509 has the same requirement for all extensions.",
  fix: "keep one instance of the extension",
  examples: () => ({
    bad: [{ title: "two cRLNumbers", make: (kit) => kit.crl({ extra: [kit.extension.crlNumber(4712)] }) }],
    good: [{ title: "each extension once", make: (kit) => kit.crl() }],
  }),
});
