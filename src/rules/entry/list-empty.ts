import { contentLength } from "../../der/span.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry/list-empty",
  title: "revokedCertificates is empty",
  looksAt: ["revokedCertificates"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.2.6",
      severity: "error",
      quote: "When there are no revoked certificates, the revoked certificates list MUST be absent.",
    },
  ],
  create(ctx) {
    if (contentLength(ctx.revokedCertificates) > 0) return;
    ctx.report({ at: ctx.revokedCertificates, path: "tbsCertList.revokedCertificates" });
  },
  why: "RFC 5280 requires the field to be absent if nothing is revoked. Clients need not accept an empty list.",
  fix: "leave out revokedCertificates if no certificate is revoked",
  examples: () => ({
    bad: [
      {
        title: "empty SEQUENCE",
        make: (kit) => kit.crl({ revokedCertificates: kit.der.seq() }),
      },
    ],
    good: [{ title: "no revokedCertificates", make: (kit) => kit.crl({ entries: [] }) }],
  }),
});
