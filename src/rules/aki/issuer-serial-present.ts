import { rpkiKeyIdentifierOnly, tlsKeyIdentifierOnly } from "../../checks/key-identifier.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "aki/issuer-serial-present",
  title: "authorityKeyIdentifier has authorityCertIssuer and authorityCertSerialNumber",
  looksAt: ["authorityKeyIdentifier"],
  requirements: [tlsKeyIdentifierOnly, rpkiKeyIdentifierOnly],
  create(ctx) {
    const { authorityCertIssuer, authorityCertSerialNumber } = ctx.authorityKeyIdentifier;
    // aki/issuer-serial-pair reports one of them alone.
    if (authorityCertIssuer === undefined || authorityCertSerialNumber === undefined) return;
    const at = { start: authorityCertIssuer.start, end: authorityCertSerialNumber.end };
    ctx.report({ at, path: ctx.authorityKeyIdentifier.path });
  },
  why: "These fields tie the CRL to one certificate of the CA. Clients that have a renewed or cross-signed certificate of the CA then do not find the issuer of the CRL. OpenSSL writes the fields for `authorityKeyIdentifier=keyid,issuer:always`.",
  fix: "leave out authorityCertIssuer and authorityCertSerialNumber (`authorityKeyIdentifier=keyid:always` in OpenSSL)",
  examples: () => ({
    bad: [
      {
        title: "all three fields",
        make: (kit) => {
          const ca = kit.caWith({ serial: 4660 });
          const keyIdentifier = kit.der.context(0, ca.ski ?? new Uint8Array());
          const issuer = kit.der.explicit(1, kit.der.explicit(4, kit.root.subject.der()));
          const serial = kit.der.context(2, kit.der.raw("1234"));
          return kit.crl({ ca, aki: { value: kit.der.seq(keyIdentifier, issuer, serial) } });
        },
      },
    ],
    good: [
      { title: "keyIdentifier only", make: (kit) => kit.crl() },
      {
        title: "all three fields on 2024-03-14, before they were forbidden",
        make: (kit) => {
          const ca = kit.caWith({ serial: 4660 });
          const keyIdentifier = kit.der.context(0, ca.ski ?? new Uint8Array());
          const issuer = kit.der.explicit(1, kit.der.explicit(4, kit.root.subject.der()));
          const serial = kit.der.context(2, kit.der.raw("1234"));
          return kit.crl({
            ca,
            aki: { value: kit.der.seq(keyIdentifier, issuer, serial) },
            thisUpdate: "2024-03-14T23:59:59Z",
            nextUpdate: "2024-03-21T23:59:58Z",
            entries: [],
          });
        },
      },
    ],
  }),
});
