import { contentLength } from "../../der/span.ts";
import { keyIdentifierMethod, tlsKeyIdentifier } from "../../checks/key-identifier.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "aki/empty",
  title: "authorityKeyIdentifier or its keyIdentifier is empty",
  looksAt: ["authorityKeyIdentifier"],
  requirements: [keyIdentifierMethod, tlsKeyIdentifier],
  create(ctx) {
    const aki = ctx.authorityKeyIdentifier;
    const { path } = aki;
    if (contentLength(aki) === 0) ctx.report({ at: aki, path, message: "authorityKeyIdentifier has no fields" });
    if (aki.keyIdentifier === undefined || contentLength(aki.keyIdentifier) > 0) return;
    ctx.report({ at: aki.keyIdentifier, path: `${path}.keyIdentifier`, message: "keyIdentifier has 0 bytes" });
  },
  why: "An empty identifier does not identify a key, and clients that compare it find no match.",
  fix: "set keyIdentifier to the bytes of the CA's subjectKeyIdentifier",
  examples: () => ({
    bad: [
      { title: "no fields", make: (kit) => kit.crl({ aki: { value: kit.der.raw("3000") } }) },
      { title: "keyIdentifier of 0 bytes", make: (kit) => kit.crl({ aki: { value: kit.der.raw("30028000") } }) },
      {
        title: "keyIdentifier of 0 bytes, under the TLS BR",
        profile: "tls-br",
        make: (kit) => kit.crl({ aki: { value: kit.der.raw("30028000") } }),
      },
    ],
    good: [{ title: "keyIdentifier of 20 bytes", make: (kit) => kit.crl() }],
  }),
});
