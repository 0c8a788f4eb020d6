import { inherited, issuerAttributes, repeatsSubject } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";
import { findLimits } from "../../name/attribute-limits.ts";

export default defineRule({
  id: "issuer/name-attribute-order",
  title: "attributes of the CRL issuer are not in the order that the TLS BR require",
  looksAt: ["ca", "issuer"],
  requirements: [
    {
      source: "tls-br",
      section: "7.1.4.1",
      severity: "notice",
      from: "2023-09-15",
      datedBy: "caNotBefore",
      quote: "is encoded within the `RDNSequence` in the order that it appears in",
    },
  ],
  create(ctx) {
    // TLS BR 7.1.4 is about the CA certificate; issuer/not-byte-identical reports an issuer that is not its subject.
    if (!repeatsSubject(ctx)) return;
    let before = { order: 0, type: "" };
    for (const { attribute, path } of issuerAttributes(ctx)) {
      const order = findLimits(attribute.oid)?.tlsOrder;
      if (order === undefined) continue;
      if (order < before.order) {
        const message = `${attribute.type} comes after ${before.type}, not before it`;
        ctx.report({ at: attribute, path, message, ...inherited(ctx) });
        return;
      }
      before = { order, type: attribute.type };
    }
  },
  why: "Software that builds the name from its parts uses the usual order, and gets a different name than the certificate has.",
  fix: "give the next CA certificate a subject in the order DC, C, ST, L, postalCode, street, O, surname, givenName, OU, CN",
  examples: () => ({
    bad: [
      {
        title: "CN before O",
        make: (kit) => kit.crl({ ca: kit.caWith({ subject: "C=AT, CN=Example CA, O=Example Trust GmbH" }) }),
      },
    ],
    good: [
      {
        title: "organizationIdentifier, which the table does not order, between O and CN",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ subject: "C=AT, O=Example Trust GmbH, organizationIdentifier=VATAT-1, CN=Example CA" }),
          }),
      },
      {
        title: "CN before O in a CA certificate of 2023-09-14",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ subject: "C=AT, CN=Example CA, O=Example Trust GmbH", notBefore: "2023-09-14T23:59:59Z" }),
          }),
      },
      {
        title: "attribute that is not in the table",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({
              subject: kit.name([
                ["C", "AT"],
                ["1.2.3.4", "x", "utf8"],
                ["O", "Example Trust GmbH"],
                ["CN", "Example CA"],
              ]),
            }),
          }),
      },
    ],
  }),
});
