import { Tag } from "../../der/tag.ts";
import { countOf } from "../../rule/format-count.ts";
import { inherited, issuerAttributes, repeatsSubject } from "../../checks/issuer-faults.ts";
import { defineRule } from "../../rule/rule.ts";
import { AttributeOid, findLimits } from "../../name/attribute-limits.ts";
import { countCharacters, valueSpan, valueType } from "../../name/attributes.ts";
import { stringTypeName } from "../../name/format.ts";
import type { Attribute } from "../../name/parse.ts";

export default defineRule({
  id: "issuer/name-attribute-encoding",
  title: "attribute of the CRL issuer is not encoded as the TLS BR require",
  looksAt: ["ca", "issuer"],
  requirements: [
    {
      source: "tls-br",
      section: "7.1.4.2",
      severity: "notice",
      from: "2023-09-15",
      datedBy: "caNotBefore",
      quote:
        "SHALL encode those attributes in the relative order as they appear in the table and follow the specified encoding requirements for the attribute",
    },
  ],
  create(ctx) {
    // TLS BR 7.1.4 is about the CA certificate; issuer/not-byte-identical reports an issuer that is not its subject.
    if (!repeatsSubject(ctx)) return;
    for (const { attribute, path } of issuerAttributes(ctx)) {
      const problem = findProblem(attribute);
      if (problem === undefined) continue;
      const message = `${attribute.type} ${problem}`;
      ctx.report({ at: valueSpan(attribute), path: `${path}.value`, message, ...inherited(ctx) });
    }
  },
  why: "Name fields in databases and user interfaces have the lengths of the table. Longer text is cut, and two CAs may look the same.",
  fix: "give the next CA certificate a subject whose attributes follow the table of TLS BR 7.1.4.2",
  examples: () => ({
    bad: [
      {
        title: "postalCode of 41 characters",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ subject: `C=AT, postalCode=${"1".repeat(41)}, O=Example Trust GmbH, CN=Example CA` }),
          }),
      },
      {
        title: "domainComponent of 64 characters",
        make: (kit) =>
          kit.crl({ ca: kit.caWith({ subject: `DC=${"a".repeat(64)}, C=AT, O=Example Trust GmbH, CN=Example CA` }) }),
      },
      {
        title: "jurisdictionCountryName as UTF8String",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({
              subject: kit.name([
                ["C", "AT"],
                ["1.3.6.1.4.1.311.60.2.1.3", "AT", "utf8"],
                ["O", "Example Trust GmbH"],
                ["CN", "Example CA"],
              ]),
            }),
          }),
      },
      {
        title: "jurisdictionCountryName of three letters",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({
              subject: kit.name([
                ["C", "AT"],
                ["1.3.6.1.4.1.311.60.2.1.3", "AUT", "printable"],
                ["O", "Example Trust GmbH"],
                ["CN", "Example CA"],
              ]),
            }),
          }),
      },
    ],
    good: [
      {
        title: "postalCode of 40 characters",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ subject: `C=AT, postalCode=${"1".repeat(40)}, O=Example Trust GmbH, CN=Example CA` }),
          }),
      },
      {
        title: "postalCode of 41 characters in a CA certificate of 2023-09-14",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({
              subject: `C=AT, postalCode=${"1".repeat(41)}, O=Example Trust GmbH, CN=Example CA`,
              notBefore: "2023-09-14T23:59:59Z",
            }),
          }),
      },
      {
        title: "jurisdictionCountryName as PrintableString of two letters",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({
              subject: kit.name([
                ["C", "AT"],
                ["1.3.6.1.4.1.311.60.2.1.3", "AT", "printable"],
                ["O", "Example Trust GmbH"],
                ["CN", "Example CA"],
              ]),
            }),
          }),
      },
      {
        title: "commonName of 64 characters",
        make: (kit) => kit.crl({ ca: kit.caWith({ subject: `C=AT, O=Example Trust GmbH, CN=${"a".repeat(64)}` }) }),
      },
      {
        title: "commonName of 65 characters, reported by issuer/name-upper-bound",
        make: (kit) => kit.crl({ ca: kit.caWith({ subject: `C=AT, O=Example Trust GmbH, CN=${"a".repeat(65)}` }) }),
        also: ["issuer/name-upper-bound"],
      },
      {
        title: "issuer that is not the CA's subject",
        make: (kit) => kit.crl({ issuer: `C=AT, postalCode=${"1".repeat(41)}, O=Example Trust GmbH, CN=Example CA` }),
        also: ["issuer/not-byte-identical"],
      },
    ],
  }),
});

/**
 * Returns a defect that the table forbids and RFC 5280 does not. The rules on RFC 5280 report other defects of these
 * bytes.
 */
function findProblem(attribute: Attribute): string | undefined {
  const { oid, text } = attribute;
  const { tlsBound, upperBound } = findLimits(oid) ?? {};
  const length = countCharacters(text ?? "");
  if (oid === AttributeOid.jurisdictionCountryName) {
    if (valueType(attribute) !== Tag.printableString)
      return `is ${stringTypeName(attribute.valueTag)}, not PrintableString`;
    return length === 2 ? undefined : `has ${countOf(length, "character")}, not 2`;
  }
  if (tlsBound === undefined || length <= tlsBound || length > (upperBound ?? Number.POSITIVE_INFINITY))
    return undefined;
  return `has ${countOf(length, "character")}; the maximum is ${tlsBound}`;
}
