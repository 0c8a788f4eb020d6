import { rpkiKeyIdentifierOnly, tlsKeyIdentifierOnly } from "../../checks/key-identifier.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "aki/issuer-serial-pair",
  title: "authorityKeyIdentifier has only one of authorityCertIssuer and authorityCertSerialNumber",
  looksAt: ["authorityKeyIdentifier"],
  requirements: [
    {
      source: "rfc5280",
      section: "Appendix A.2",
      severity: "error",
      quote: "authorityCertIssuer and authorityCertSerialNumber MUST both",
    },
    tlsKeyIdentifierOnly,
    rpkiKeyIdentifierOnly,
  ],
  create(ctx) {
    const { authorityCertIssuer: issuer, authorityCertSerialNumber: serial } = ctx.authorityKeyIdentifier;
    const only = issuer ?? serial;
    if (only === undefined || (issuer !== undefined && serial !== undefined)) return;
    const names = ["authorityCertIssuer", "authorityCertSerialNumber"];
    const [present, absent] = issuer === undefined ? names.toReversed() : names;
    const path = `${ctx.authorityKeyIdentifier.path}.${present}`;
    ctx.report({ at: only, path, message: `authorityKeyIdentifier has ${present} without ${absent}` });
  },
  why: "One field without the other does not identify a certificate. Strict decoders reject the extension, and with it the CRL.",
  fix: "leave out both authorityCertIssuer and authorityCertSerialNumber; keyIdentifier is enough",
  examples: () => ({
    bad: [
      {
        title: "serial only",
        make: (kit) => {
          const keyIdentifier = kit.der.context(0, kit.ca.ski ?? new Uint8Array());
          return kit.crl({ aki: { value: kit.der.seq(keyIdentifier, kit.der.context(2, kit.der.raw("1234"))) } });
        },
      },
      {
        title: "issuer only, under the TLS BR",
        profile: "tls-br",
        make: (kit) => {
          const keyIdentifier = kit.der.context(0, kit.ca.ski ?? new Uint8Array());
          const issuer = kit.der.explicit(1, kit.der.explicit(4, kit.root.subject.der()));
          return kit.crl({ aki: { value: kit.der.seq(keyIdentifier, issuer) } });
        },
      },
    ],
    good: [{ title: "neither field", make: (kit) => kit.crl() }],
  }),
});
