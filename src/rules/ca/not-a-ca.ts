import { cRLSign, keyCertSign } from "../../cert/certificate.ts";
import { Oid } from "../../extension/oids.ts";
import { isOfAnotherKey } from "../../checks/identifiers.ts";
import { type Context, defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "ca/not-a-ca",
  title: "the certificate given for the CA is not a CA's",
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
    // A version 1 certificate cannot have the extension, and some old roots are of version 1.
    const isOld = certificate.version < 3;
    ctx.report({
      at: extension ?? certificate.tbsCertificate,
      path: extension?.path ?? "tbsCertificate",
      artefact,
      message:
        extension === undefined
          ? "the CA certificate has no basicConstraints"
          : "basicConstraints of the CA certificate does not say cA TRUE",
      ...(isOld ? { atMost: "warning" as const } : {}),
    });
  },
  why: "Only an indirect CRL may be signed by someone who is no CA; a key that a CA keeps for its CRLs says so by cRLSign alone. Clients do not take this one for the CA's.",
  fix: "give the certificate of the issuing CA; if this is it, it needs basicConstraints with cA TRUE",
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
        title: "a key of the CA's own for its CRLs",
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

/** Whether the key is one that a CA keeps for its CRLs: such a certificate has cRLSign alone and no cA (RFC 5280 4.2.1.3). */
function isCrlSigner({ ca }: Context<"ca">): boolean {
  return ca.sameKey.some(({ certificate: { keyUsage } }) => keyUsage?.has(cRLSign) && !keyUsage.has(keyCertSign));
}

/** Whether the CRL is an indirect one, or has an issuingDistributionPoint of which that cannot be told. */
function mayBeIndirect({ crl }: Context<"ca">): boolean {
  const { issuingDistributionPoint: idp } = crl;
  if (idp !== undefined) return idp.indirectCrl !== undefined && idp.indirectCrl.value !== false;
  return crl.unread.has("issuingDistributionPoint") || crl.unread.has("crlExtensions");
}
