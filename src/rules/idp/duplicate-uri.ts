import type { GeneralName } from "../../extension/general-name.ts";
import { defineRule } from "../../rule/rule.ts";
import { escapeText } from "../../name/escape.ts";

export default defineRule({
  id: "idp/duplicate-uri",
  title: "issuingDistributionPoint lists a URI twice",
  looksAt: ["issuingDistributionPoint"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const seen = new Map<string, GeneralName>();
    for (const name of ctx.issuingDistributionPoint.distributionPoint?.fullName ?? []) {
      if (name.kind !== "uniformResourceIdentifier" || name.text === undefined) continue;
      const first = seen.get(name.text);
      if (first === undefined) {
        seen.set(name.text, name);
        continue;
      }
      ctx.report({
        at: name,
        path: name.path,
        message: `URI "${escapeText(name.text)}" is listed again`,
        related: [{ at: first, path: first.path, artefact: ctx.artefact }],
      });
    }
  },
  why: "The second copy adds nothing. If two addresses were intended, one of them is missing.",
  fix: "list each URI once",
  examples: () => ({
    bad: [
      {
        title: "the same URI twice",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl", "http://crl.example.com/1.crl"], onlyUser: true },
          }),
      },
    ],
    good: [
      {
        title: "two URIs that differ in one letter",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl", "http://crl.example.com/1.crL"], onlyUser: true },
          }),
      },
      {
        title: "the same directoryName twice",
        make: (kit) =>
          kit.crl({
            idp: {
              names: kit.der.explicit(
                0,
                kit.der.explicit(4, kit.ca.subject.der()),
                kit.der.explicit(4, kit.ca.subject.der()),
              ),
              onlyUser: true,
            },
          }),
        also: ["general-name/dp-no-http-or-ldap"],
      },
      {
        title: "nameRelativeToCRLIssuer",
        make: (kit) =>
          kit.crl({
            idp: {
              names: kit.der.explicit(1, kit.der.seq(kit.der.oid("2.5.4.3"), kit.der.utf8("partition 1"))),
              onlyUser: true,
            },
          }),
        also: ["idp/name-relative"],
      },
    ],
  }),
});
