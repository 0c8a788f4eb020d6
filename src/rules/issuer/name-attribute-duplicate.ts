import { inherited, issuerAttributes, repeatsSubject } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";
import { AttributeOid } from "../../name/attribute-limits.ts";

/** Attributes that may appear more than once (TLS BR 7.1.4.2). */
const repeatable: ReadonlySet<string> = new Set([AttributeOid.domainComponent, AttributeOid.streetAddress]);

export default defineRule({
  id: "issuer/name-attribute-duplicate",
  title: "CRL issuer has an attribute type more than once",
  looksAt: ["ca", "issuer"],
  requirements: [
    {
      source: "tls-br",
      section: "7.1.4.1",
      severity: "notice",
      from: "2023-09-15",
      datedBy: "caNotBefore",
      quote: "Each `Name` MUST NOT contain more than one instance of a given `AttributeTypeAndValue`",
    },
  ],
  create(ctx) {
    // TLS BR 7.1.4 is about the CA certificate; issuer/not-byte-identical reports an issuer that is not its subject.
    if (!repeatsSubject(ctx)) return;
    const seen = new Set<string>();
    for (const { attribute, path } of issuerAttributes(ctx)) {
      const { oid, type } = attribute;
      if (oid === undefined || repeatable.has(oid)) continue;
      if (seen.has(oid))
        ctx.report({ at: attribute, path, message: `${type} appears more than once`, ...inherited(ctx) });
      seen.add(oid);
    }
  },
  why: "Software that expects one organization or unit uses the first or the last of them. Two programs then show two different names.",
  fix: "give the next CA certificate a subject with each attribute type once",
  examples: () => ({
    bad: [
      {
        title: "OU twice",
        make: (kit) =>
          kit.crl({ ca: kit.caWith({ subject: "C=AT, O=Example Trust GmbH, OU=TLS, OU=Web, CN=Example CA" }) }),
      },
    ],
    good: [
      {
        title: "DC twice",
        make: (kit) =>
          kit.crl({ ca: kit.caWith({ subject: "DC=org, DC=example, C=AT, O=Example Trust GmbH, CN=Example CA" }) }),
      },
      {
        title: "OU twice in a CA certificate of 2023-09-14",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({
              subject: "C=AT, O=Example Trust GmbH, OU=TLS, OU=Web, CN=Example CA",
              notBefore: "2023-09-14T23:59:59Z",
            }),
          }),
      },
      {
        title: "issuer that is not the CA's subject",
        make: (kit) => kit.crl({ issuer: "C=AT, O=Example Trust GmbH, O=Example Trust GmbH, CN=Example CA" }),
        also: ["issuer/not-byte-identical"],
      },
    ],
  }),
});
