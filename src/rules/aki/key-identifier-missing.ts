import { contentLength } from "../../der/span.ts";
import { keyIdentifierMethod, tlsKeyIdentifier } from "../../checks/key-identifier.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "aki/key-identifier-missing",
  title: "authorityKeyIdentifier has no keyIdentifier",
  looksAt: ["authorityKeyIdentifier"],
  requirements: [keyIdentifierMethod, tlsKeyIdentifier],
  create(ctx) {
    const aki = ctx.authorityKeyIdentifier;
    // aki/empty reports an authorityKeyIdentifier without any field.
    if (aki.keyIdentifier !== undefined || contentLength(aki) === 0) return;
    ctx.report({ at: aki, path: ctx.authorityKeyIdentifier.path });
  },
  why: "Clients look up the CA by its key identifier. Issuer and serial identify only one certificate of the CA, so the lookup fails with every renewed certificate and cross-certificate.",
  fix: "set keyIdentifier to the bytes of the CA's subjectKeyIdentifier",
  examples: () => ({
    bad: [
      {
        title: "issuer and serial only",
        make: (kit) => {
          const issuer = kit.der.explicit(1, kit.der.explicit(4, kit.root.subject.der()));
          const ca = kit.caWith({ serial: 4660 });
          return kit.crl({ ca, aki: { value: kit.der.seq(issuer, kit.der.context(2, kit.der.raw("1234"))) } });
        },
      },
    ],
    good: [{ title: "keyIdentifier", make: (kit) => kit.crl() }],
  }),
});
