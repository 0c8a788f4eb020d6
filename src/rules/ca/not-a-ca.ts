import { Oid } from "../../extension/oids.ts";
import { isOfAnotherKey } from "../../checks/identifiers.ts";
import { isCaOrCrlSigner } from "../../given/crl-issuer.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "ca/not-a-ca",
  title: "certificate given for the CA is not a CA certificate",
  looksAt: ["ca", "caExtensions"],
  requirements: [
    {
      source: "hygiene",
      document: "rfc5280",
      section: "5",
      severity: "error",
      quote: "The CRL issuer is either the CA or an entity that has been authorized by the CA to issue CRLs.",
    },
  ],
  create(ctx) {
    const { certificate, artefact, compared } = ctx.ca;
    if (compared.some((given) => isCaOrCrlSigner(ctx.crl, given.certificate)) || isOfAnotherKey(ctx)) return;
    const extension = certificate.extensions?.list.find(({ oid }) => oid === Oid.basicConstraints);
    // A version 1 certificate cannot have the extension, and some old roots have version 1.
    const isVersion1 = certificate.version < 3;
    ctx.report({
      at: extension ?? certificate.tbsCertificate,
      path: extension?.path ?? "tbsCertificate",
      artefact,
      message:
        extension === undefined
          ? "certificate given for the CA has no basicConstraints"
          : "basicConstraints of the certificate given for the CA does not have cA TRUE",
      ...(isVersion1 ? { atMost: "warning" as const } : {}),
    });
  },
  why: "Only an indirect CRL may be signed by an entity that is not a CA. A key that a CA uses only for CRLs has keyUsage cRLSign without keyCertSign. Neither applies to this certificate, so clients do not accept it as the CA's.",
  fix: "give the certificate of the issuing CA; if it is this one, reissue it with cA TRUE in basicConstraints",
  examples: () => ({
    bad: [
      {
        title: "basicConstraints without cA",
        make: (kit) => kit.crl({ ca: kit.caWith({ cA: false, pathLen: null }) }),
      },
      { title: "no basicConstraints", make: (kit) => kit.crl({ ca: kit.caWith({ noBasicConstraints: true }) }) },
      {
        title: "no basicConstraints, and a partition that is not indirect",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ noBasicConstraints: true }),
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            entries: [],
          }),
      },
      {
        title: "a certificate of version 1",
        make: (kit) => kit.crl({ ca: kit.caWith({ version: null, extensions: [] }), aki: kit.ca.ski }),
        also: ["ca/key-usage-missing"],
      },
    ],
    good: [
      {
        title: "basicConstraints that cannot be read",
        make: (kit) => kit.crl({ ca: kit.caWith({ basicConstraints: kit.der.octetString(kit.der.raw("")) }) }),
      },
      {
        title: "issuingDistributionPoint that cannot be read",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ noBasicConstraints: true }),
            idp: { value: kit.der.octetString(kit.der.raw("")) },
          }),
        also: ["structure/extension"],
      },
      {
        title: "crlExtensions that cannot be read",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ noBasicConstraints: true }),
            crlExtensions: kit.der.explicit(0, kit.der.octetString(kit.der.raw(""))),
          }),
        also: ["structure/tbs-cert-list"],
      },
      { title: "cA TRUE", make: (kit) => kit.crl() },
      {
        title: "a key that the CA uses only for CRLs",
        make: (kit) => kit.crl({ ca: kit.caWith({ noBasicConstraints: true, keyUsage: ["cRLSign"] }) }),
      },
      {
        title: "an indirect CRL of a separate issuer",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ cA: false, pathLen: null }),
            idp: { uris: ["http://crl.example.com/all.crl"], indirect: true },
            entries: [{ extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] }],
          }),
      },
    ],
  }),
});
