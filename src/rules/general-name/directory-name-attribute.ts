import type { CrlCase, Kit, NamePart } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "general-name/directory-name-attribute",
  title: "attribute of a directoryName is empty, too long or of a wrong string type",
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.6",
      // The name is often that of a certificate, which must be repeated unchanged.
      severity: "warning",
      quote:
        "When the subjectAltName extension contains a DN in the directoryName, the encoding rules are the same as those specified for the issuer field",
    },
  ],
  why: "Decoders that follow the ASN.1 reject the name, and with it the extension. Software that re-encodes the name writes other bytes, and no longer matches it.",
  fix: "write the attribute as RFC 5280 appendix A.1 defines it; if the name is copied from a certificate, leave it as it is there",
  examples: () => ({
    bad: [
      { title: "empty organizationName", make: (kit) => withName(kit, ["O", "", "utf8"]) },
      { title: "commonName of 65 characters", make: (kit) => withName(kit, ["CN", "a".repeat(65)]) },
      { title: "countryName of three letters", make: (kit) => withName(kit, ["C", "AUT"]) },
      { title: "countryName as UTF8String", make: (kit) => withName(kit, ["C", "AT", "utf8"]) },
      { title: "serialNumber as UTF8String", make: (kit) => withName(kit, ["serialNumber", "1", "utf8"]) },
      { title: "domainComponent as PrintableString", make: (kit) => withName(kit, ["DC", "example", "printable"]) },
      { title: "commonName as IA5String", make: (kit) => withName(kit, ["CN", "Example", "ia5"]) },
      {
        title: "empty commonName in a certificateIssuer",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], indirect: true },
            entries: [{}, { extensions: [kit.extension.certificateIssuer(kit.name([["CN", "", "utf8"]]))] }],
          }),
      },
      {
        title: "empty commonName in nameRelativeToCRLIssuer",
        make: (kit) => {
          const { der } = kit;
          const commonName = der.seq(der.oid("2.5.4.3"), der.utf8(""));
          return kit.crl({ idp: { names: der.explicit(1, commonName), onlyUser: true } });
        },
        also: ["idp/name-relative"],
      },
    ],
    good: [
      { title: "commonName of 64 characters", make: (kit) => withName(kit, ["CN", "\u00d6".repeat(64)]) },
      { title: "countryName of two letters", make: (kit) => withName(kit, ["C", "AT"]) },
      { title: "domainComponent as IA5String", make: (kit) => withName(kit, ["DC", "example"]) },
      { title: "empty dnQualifier", make: (kit) => withName(kit, ["2.5.4.46", "", "printable"]) },
      {
        title: "organizationName as TeletexString, as old names have it",
        make: (kit) => withName(kit, ["O", "Example", "teletex"]),
      },
      {
        title: "an attribute of a type that no document here bounds",
        make: (kit) => withName(kit, ["1.2.3.4", "", "ia5"]),
      },
    ],
  }),
});

/** Returns a CRL with a directoryName of one attribute in issuerAltName. */
function withName(kit: Kit, part: NamePart): CrlCase {
  return kit.crl({ extra: [kit.extension.issuerAltName(kit.extension.directoryName(kit.name([part])))] });
}
