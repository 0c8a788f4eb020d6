import { inherited, issuerAttributes, repeatsSubject } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";
import { findLimits } from "../../name/attribute-limits.ts";

export default defineRule({
  id: "issuer/name-attribute-order",
  title: "attributes of the CRL issuer stand in another order than the TLS BR want them",
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
    // The text is about the CA certificate: a CRL whose issuer is not its subject has another fault.
    if (!repeatsSubject(ctx)) return;
    let before = { order: 0, type: "" };
    for (const { attribute, path } of issuerAttributes(ctx)) {
      const order = findLimits(attribute.oid)?.tlsOrder;
      if (order === undefined) continue;
      if (order < before.order) {
        const message = `${attribute.type} stands behind ${before.type}`;
        ctx.report({ at: attribute, path, message, ...inherited(ctx) });
        return;
      }
      before = { order, type: attribute.type };
    }
  },
  why: "Software that builds the name from its parts puts them into the usual order, and gets another name than the certificate has.",
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
        title: "organizationIdentifier, which has no place of its own, between O and CN",
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
        title: "an attribute that has no place in the table",
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
