import { Tag } from "../../der/tag.ts";
import { inherited, issuerAttributes, issuerPath } from "../../checks/issuer-faults.ts";
import { defineRule, type Requirement } from "../../rule/rule.ts";
import { AttributeOid } from "../../name/attribute-limits.ts";
import { valueType } from "../../name/attributes.ts";
import { stringTypeName } from "../../name/format.ts";
import type { Attribute } from "../../name/parse.ts";

const attributes: Requirement = {
  source: "rpki",
  section: "4.4, 5",
  severity: "error",
  quote:
    "An issuer name MUST contain one instance of the CommonName attribute and MAY contain one instance of the serialNumber attribute.",
};
const commonNameType: Requirement = {
  source: "rpki",
  section: "4.4, 5",
  severity: "error",
  quote: "The CommonName attribute MUST be encoded using the ASN.1 type PrintableString",
};

export default defineRule({
  id: "issuer/rpki-name",
  title: "CRL issuer is not one commonName with at most one serialNumber",
  looksAt: ["issuer"],
  requirements: [attributes, commonNameType],
  create(ctx) {
    // issuer/empty reports an empty issuer.
    if (ctx.issuer.broken || ctx.issuer.rdns.length === 0) return;
    const problem = findProblem([...issuerAttributes(ctx)].map(({ attribute }) => attribute));
    if (problem === undefined) return;
    const { message, requirement } = problem;
    const violates = ctx.requirements.filter((each) => each === requirement);
    ctx.report({ at: ctx.issuer, path: issuerPath, message, violates, ...inherited(ctx) });
  },
  why: "Relying parties of the RPKI reject names of any other form, and with them everything that the CA has issued.",
  fix: "use one commonName as PrintableString and at most one serialNumber, in the CA certificate and in the CRL",
  examples: () => ({
    bad: [
      {
        title: "an organizationName",
        make: (kit) =>
          kit.crl({
            issuer: kit.name("O=Example, CN=rpki-ca-1", { stringType: "printable" }),
            issuerCertificate: null,
            entries: [{}],
          }),
      },
      {
        title: "commonName as UTF8String",
        make: (kit) => kit.crl({ issuer: "CN=rpki-ca-1", issuerCertificate: null, entries: [{}] }),
      },
      {
        title: "two commonNames",
        make: (kit) =>
          kit.crl({
            issuer: kit.name("CN=rpki-ca-1, CN=rpki-ca-2", { stringType: "printable" }),
            issuerCertificate: null,
            entries: [{}],
          }),
      },
      {
        title: "two serialNumbers",
        make: (kit) =>
          kit.crl({
            issuer: kit.name("CN=rpki-ca-1, serialNumber=1, serialNumber=2", { stringType: "printable" }),
            issuerCertificate: null,
            entries: [{}],
          }),
      },
      {
        title: "no commonName",
        make: (kit) =>
          kit.crl({
            issuer: kit.name("serialNumber=1", { stringType: "printable" }),
            issuerCertificate: null,
            entries: [{}],
          }),
      },
    ],
    good: [
      {
        title: "commonName and serialNumber",
        make: (kit) =>
          kit.crl({
            issuer: kit.name("CN=rpki-ca-1, serialNumber=1", { stringType: "printable" }),
            issuerCertificate: null,
            entries: [{}],
          }),
      },
      {
        title: "empty issuer, reported by issuer/empty",
        make: (kit) => kit.crl({ issuer: "", issuerCertificate: null, entries: [{}] }),
        also: ["issuer/empty"],
      },
    ],
  }),
});

interface Problem {
  readonly message: string;
  readonly requirement: Requirement;
}

function findProblem(found: readonly Attribute[]): Problem | undefined {
  const names = found.filter(({ oid }) => oid === AttributeOid.commonName);
  const serials = found.filter(({ oid }) => oid === AttributeOid.serialNumber);
  const other = found.find(({ oid }) => oid !== AttributeOid.commonName && oid !== AttributeOid.serialNumber);
  const wrong = (message: string): Problem => ({ message, requirement: attributes });
  if (other !== undefined) return wrong(`issuer has ${other.type}; it must have only CN and serialNumber`);
  if (names.length !== 1) return wrong(`issuer has ${names.length} commonNames; it must have exactly 1`);
  if (serials.length > 1) return wrong(`issuer has ${serials.length} serialNumbers; it must have at most 1`);
  const foreign = names.find((attribute) => valueType(attribute) !== Tag.printableString);
  if (foreign === undefined) return undefined;
  const message = `commonName is ${stringTypeName(foreign.valueTag)}; it must be a PrintableString`;
  return { message, requirement: commonNameType };
}
