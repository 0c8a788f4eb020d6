import { cRLSign, keyCertSign } from "../../cert/certificate.ts";
import { Oid } from "../../extension/oids.ts";
import { isOfAnotherKey } from "../../checks/identifiers.ts";
import { type Context, defineRule } from "../../rule/rule.ts";

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
    const { certificate, artefact, sameKey } = ctx.ca;
    if (sameKey.some((given) => given.certificate.basicConstraints?.ca === true)) return;
    const extension = certificate.extensions?.list.find(({ oid }) => oid === Oid.basicConstraints);
    const isUnreadable = extension !== undefined && certificate.basicConstraints === undefined;
    if (isUnreadable || mayBeIndirect(ctx) || isCrlSigner(ctx) || isOfAnotherKey(ctx)) return;
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

/** Whether the CA uses the key only for CRLs: RFC 5280 4.2.1.3 forbids keyCertSign without cA, but not cRLSign. */
function isCrlSigner({ ca }: Context<"ca">): boolean {
  return ca.sameKey.some(({ certificate: { keyUsage } }) => keyUsage?.has(cRLSign) && !keyUsage.has(keyCertSign));
}

/** Whether the CRL is indirect, or may be because its issuingDistributionPoint cannot be read. */
function mayBeIndirect({ crl }: Context<"ca">): boolean {
  const { issuingDistributionPoint: idp } = crl;
  if (idp !== undefined) return idp.indirectCrl !== undefined && idp.indirectCrl.value !== false;
  return crl.unread.has("issuingDistributionPoint") || crl.unread.has("crlExtensions");
}
