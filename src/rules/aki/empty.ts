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
    if (contentLength(aki) === 0) ctx.report({ at: aki, path, message: "authorityKeyIdentifier holds no field" });
    if (aki.keyIdentifier === undefined || contentLength(aki.keyIdentifier) > 0) return;
    ctx.report({ at: aki.keyIdentifier, path: `${path}.keyIdentifier`, message: "keyIdentifier holds no octet" });
  },
  why: "It names no key. Some clients take it for a mismatch and reject the CRL.",
  fix: "set keyIdentifier to the octets of the CA's subjectKeyIdentifier",
  examples: () => ({
    bad: [
      { title: "no field at all", make: (kit) => kit.crl({ aki: { value: kit.der.raw("3000") } }) },
      { title: "keyIdentifier without octets", make: (kit) => kit.crl({ aki: { value: kit.der.raw("30028000") } }) },
      {
        title: "keyIdentifier without octets, under the TLS BR",
        profile: "tls-br",
        make: (kit) => kit.crl({ aki: { value: kit.der.raw("30028000") } }),
      },
    ],
    good: [{ title: "20 octets", make: (kit) => kit.crl() }],
  }),
});
