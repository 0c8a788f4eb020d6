import { cRLSign } from "../../cert/certificate.ts";
import { Oid } from "../../extension/oids.ts";
import { isOfAnotherKey } from "../../checks/identifiers.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "ca/key-usage-without-crl-sign",
  title: "keyUsage of the CA certificate lacks cRLSign",
  looksAt: ["ca"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.3, 6.3.3",
      severity: "error",
      quote:
        "MUST NOT be used to verify signatures on certificates or CRLs unless the corresponding keyCertSign or cRLSign bit is set",
    },
    { source: "tls-br", section: "7.1.2.10.7", severity: "error", quote: "`cRLSign` | Y | Y" },
  ],
  create(ctx) {
    if (isOfAnotherKey(ctx)) return;
    const { sameKey } = ctx.ca;
    // A certificate without keyUsage forbids nothing here: ca/key-usage-missing speaks of it.
    if (sameKey.some(({ certificate: { keyUsage } }) => keyUsage === undefined || keyUsage.has(cRLSign))) return;
    const { certificate, artefact } = ctx.ca;
    const extension = certificate.extensions?.list.find(({ oid }) => oid === Oid.keyUsage);
    if (extension !== undefined) ctx.report({ at: extension, path: extension.path, artefact });
  },
  why: "Clients refuse to check a CRL with a key that is not for signing CRLs, so that nothing of it takes effect.",
  fix: "issue the CA a certificate with cRLSign, or sign with a key that has it; the CRL itself cannot mend it",
  examples: () => ({
    bad: [
      { title: "keyCertSign alone", make: (kit) => kit.crl({ ca: kit.caWith({ keyUsage: ["keyCertSign"] }) }) },
      {
        title: "keyCertSign alone, under the TLS BR",
        profile: "tls-br",
        make: (kit) => kit.crl({ ca: kit.caWith({ keyUsage: ["keyCertSign"] }) }),
      },
    ],
    good: [
      { title: "cRLSign alone", make: (kit) => kit.crl({ ca: kit.caWith({ keyUsage: ["cRLSign"] }) }) },
      {
        title: "another certificate for the same key has cRLSign",
        make: (kit) =>
          kit.crl({ issuerCertificate: [kit.caWith({ keyUsage: ["keyCertSign"] }).certificate, kit.ca.certificate] }),
      },
      {
        title: "the certificate given is for the key that the CA signs certificates with, not for that of the CRL",
        also: ["signature/invalid"],
        make: (kit) =>
          kit.crl({ issuerCertificate: kit.caWith({ key: "rsa2048c", keyUsage: ["keyCertSign"] }).certificate }),
      },
    ],
  }),
});
