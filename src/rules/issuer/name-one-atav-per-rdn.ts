import { inherited, issuerPath, repeatsSubject } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";
import { formatTypes } from "../../name/format.ts";

export default defineRule({
  id: "issuer/name-one-atav-per-rdn",
  title: "RDN of the CRL issuer has more than one attribute",
  looksAt: ["ca", "issuer"],
  requirements: [
    {
      source: "tls-br",
      section: "7.1.4.1",
      severity: "notice",
      from: "2023-09-15",
      datedBy: "caNotBefore",
      quote: "Each `RelativeDistinguishedName` MUST contain exactly one `AttributeTypeAndValue`.",
    },
  ],
  create(ctx) {
    // TLS BR 7.1.4 is about the CA certificate; issuer/not-byte-identical reports an issuer that is not its subject.
    if (!repeatsSubject(ctx)) return;
    for (const [i, rdn] of ctx.issuer.rdns.entries()) {
      if (rdn.attributes.length < 2) continue;
      const message = `RDN ${i + 1} has ${rdn.attributes.length} attributes (${formatTypes(rdn)}), not 1`;
      ctx.report({ at: rdn, path: `${issuerPath}.rdnSequence[${i}]`, message, ...inherited(ctx) });
    }
  },
  why: "Much software reads one attribute per RDN, and loses the others when it writes the name again.",
  fix: "give the next CA certificate a subject with one attribute in each RDN",
  examples: () => ({
    bad: [
      {
        title: "CN and serialNumber in one RDN",
        make: (kit) =>
          kit.crl({ ca: kit.caWith({ subject: "C=AT, O=Example Trust GmbH, CN=Example CA + serialNumber=1" }) }),
      },
    ],
    good: [
      { title: "one attribute in each RDN", make: (kit) => kit.crl() },
      {
        title: "two attributes in one RDN of a CA certificate of 2023-09-14",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({
              subject: "C=AT, O=Example Trust GmbH, CN=Example CA + serialNumber=1",
              notBefore: "2023-09-14T23:59:59Z",
            }),
          }),
      },
      {
        title: "issuer that is not the CA's subject",
        make: (kit) => kit.crl({ issuer: "C=AT, O=Example Trust GmbH + CN=Example CA" }),
        also: ["issuer/not-byte-identical"],
      },
    ],
  }),
});
