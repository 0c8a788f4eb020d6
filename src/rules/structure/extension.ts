import type { CrlCase, Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "structure/extension",
  title: "extension, or the value in it, does not match its definition",
  looksAt: ["faults"],
  requirements: [
    { source: "rfc5280", section: "4.1", severity: "error", quote: "critical BOOLEAN DEFAULT FALSE" },
    {
      source: "rfc5280",
      section: "4.2",
      severity: "error",
      quote:
        "the OID appears as the field extnID and the corresponding ASN.1 DER encoded structure is the value of the octet string extnValue",
    },
    {
      source: "etsi",
      section: "6.6.2 OVR-6.6.2-01",
      severity: "error",
      quote: "The CRL shall be as defined in ISO/IEC 9594-8/Recommendation ITU-T X.509",
    },
  ],
  create(ctx) {
    // RFC 5280 4.1 defines the three fields of an Extension, and 4.2 the contents of extnValue.
    const isAbout = (section: string) =>
      ctx.requirements.filter(({ source, section: own }) => source !== "rfc5280" || own === section);
    const [ofFields, ofValue] = [isAbout("4.1"), isAbout("4.2")];
    ctx.reportFaults(({ path }) => (/Extensions\[\d+\]$/u.test(path) ? ofFields : ofValue));
  },
  why: "Parsers reject the CRL, or treat the extension as absent.",
  fix: "encode SEQUENCE { extnID, critical DEFAULT FALSE, extnValue }, and in extnValue the type that belongs to the extnID",
  examples: () => ({
    bad: [
      {
        title: "no extnValue",
        make: (kit) => kit.crl({ replace: { [kit.oids.crlNumber]: kit.der.seq(kit.der.oid(kit.oids.crlNumber)) } }),
      },
      { title: "no extnID", make: (kit) => kit.crl({ extra: [kit.der.seq(kit.der.octetString(kit.der.int(1)))] }) },
      { title: "CRLNumber that is a BOOLEAN", make: (kit) => kit.crl({ crlNumber: kit.der.bool(true) }) },
      { title: "CRLNumber that is decimal text", make: (kit) => kit.crl({ crlNumber: kit.der.ascii("81768") }) },
      { title: "CRLNumber that is DER in hexadecimal", make: (kit) => kit.crl({ crlNumber: kit.der.ascii("020112") }) },
      { title: "CRLNumber that is not DER", make: (kit) => kit.crl({ crlNumber: kit.der.raw("1267") }) },
      {
        title: "issuerAltName that is text",
        make: (kit) =>
          kit.crl({ extra: [kit.extension.extension(kit.oids.issuerAltName, kit.der.ascii("ca@example.com"))] }),
      },
      {
        title: "directoryName with an empty RDN in issuerAltName",
        make: (kit) => withName(kit, kit.extension.directoryName(kit.der.seq(kit.der.set()))),
      },
      {
        title: "commonName as BOOLEAN in issuerAltName",
        make: (kit) => {
          const { der, extension } = kit;
          const commonName = der.seq(der.oid("2.5.4.3"), der.bool(true));
          return withName(kit, extension.directoryName(der.seq(der.set(commonName))));
        },
      },
      {
        title: "SEQUENCE instead of the SET of an RDN in certificateIssuer",
        make: (kit) => {
          const { der, extension } = kit;
          const rdn = der.seq(der.seq(der.oid("2.5.4.3"), der.utf8("Other CA")));
          const issuer = extension.certificateIssuer(der.seq(rdn));
          return kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], indirect: true },
            entries: [{}, { extensions: [issuer] }],
          });
        },
      },
      {
        title: "empty nameRelativeToCRLIssuer",
        make: (kit) => kit.crl({ idp: { names: kit.der.explicit(1), onlyUser: true } }),
        also: ["idp/name-relative"],
      },
      {
        title: "otherName without value",
        make: (kit) => withName(kit, kit.der.explicit(0, kit.der.oid("1.3.6.1.4.1.311.20.2.3"))),
      },
      {
        title: "ediPartyName without partyName",
        make: (kit) => withName(kit, kit.der.explicit(5, kit.der.explicit(0, kit.der.utf8("Example")))),
      },
      {
        title: "x400Address without built-in-standard-attributes",
        make: (kit) => withName(kit, kit.der.explicit(3, kit.der.set())),
      },
      {
        title: "distributionPoint without the fullName level",
        make: (kit) => kit.crl({ idp: { names: kit.extension.uri("http://crl.example.com/1.crl"), onlyUser: true } }),
      },
    ],
    good: [
      { title: "a valid CRL", make: (kit) => kit.crl() },
      {
        title: "distributionPoint with fullName",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
      {
        title: "directoryName, otherName, ediPartyName, registeredID and x400Address in issuerAltName",
        make: (kit) => {
          const { der, extension } = kit;
          const country = der.tlv(0x61, der.printable("AT"));
          return withName(
            kit,
            extension.directoryName(kit.ca.subject),
            der.explicit(0, der.oid("1.3.6.1.4.1.311.20.2.3"), der.explicit(0, der.utf8("ca@example.com"))),
            der.explicit(5, der.explicit(1, der.utf8("Example"))),
            der.context(8, der.raw("2b06010401")),
            der.explicit(3, der.seq(country, der.context(3, der.ascii("Example")))),
          );
        },
      },
    ],
  }),
});

/** Returns a CRL with these names in issuerAltName. */
function withName(kit: Kit, ...names: readonly Uint8Array[]): CrlCase {
  return kit.crl({ extra: [kit.extension.issuerAltName(...names)] });
}
