import { noReason } from "../../crl/entry-reader.ts";
import { lacksReasons } from "../../checks/missing-reasons.ts";
import { formatCount } from "../../rule/format-count.ts";
import { entryReason } from "../../rule/aspects.ts";
import { type BaseContext, defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "reason/missing",
  title: "no entry of the CRL has a reasonCode",
  looksAt: [entryReason(noReason)],
  requirements: [
    {
      source: "rfc5280",
      section: "5.3",
      severity: "notice",
      quote:
        "issuers SHOULD include reason codes (Section 5.3.1) and invalidity dates (Section 5.3.2) whenever this information is available",
    },
    {
      source: "smime-br",
      section: "7.2.2",
      severity: "notice",
      from: "2023-09-01",
      quote: "this CRL entry extension SHOULD be present, but MAY be omitted, subject to the following requirements",
    },
  ],
  create(ctx) {
    if (!lacksReasons(ctx.entries) || isSpokenFor(ctx)) return;
    const { start, content } = ctx.revokedCertificates;
    ctx.report({
      at: { start, end: content },
      path: "tbsCertList.revokedCertificates",
      message: `none of the ${formatCount(ctx.entries.count)} entries has a reasonCode`,
    });
  },
  why: "An entry without reasonCode is legal and means unspecified. Where all of many entries are so, the CA software probably does not write reasons at all.",
  fix: "let the CA software write the reasonCode where the reason is known",
  examples: () => ({
    bad: [
      {
        title: "100 entries without a reason",
        make: (kit) => kit.crl({ entries: Array.from({ length: 100 }, () => ({})) }),
      },
      {
        title: "100 entries without a reason, of a CA that may have CAs below it, under the TLS BR",
        profile: "tls-br",
        make: (kit) => kit.crl({ ca: kit.caWith({ pathLen: null }), entries: Array.from({ length: 100 }, () => ({})) }),
      },
      {
        title: "100 entries without a reason in the CRL of a root, where nothing else demands reasons",
        make: (kit) => kit.crl({ ca: kit.root, entries: Array.from({ length: 100 }, () => ({})) }),
      },
    ],
    good: [
      {
        title: "100 entries without a reason, which the TLS BR demand",
        profile: "tls-br",
        make: (kit) => kit.crl({ entries: Array.from({ length: 100 }, () => ({})) }),
        also: ["reason/missing-on-subscriber-entry"],
      },
      {
        title: "100 entries without a reason in the CRL of a root, which the TLS BR demand",
        profile: "tls-br",
        make: (kit) => kit.crl({ ca: kit.root, entries: Array.from({ length: 100 }, () => ({})) }),
        also: ["reason/missing-on-ca-entry"],
      },
      {
        title: "99 entries without a reason",
        make: (kit) => kit.crl({ entries: Array.from({ length: 99 }, () => ({})) }),
      },
      {
        title: "one of 100 entries with a reason",
        make: (kit) => kit.crl({ entries: Array.from({ length: 100 }, (_, i) => (i === 50 ? { reason: 1 } : {})) }),
      },
    ],
  }),
});

/** Whether another rule of the profile demands reasons here: missing-on-ca-entry or missing-on-subscriber-entry. */
function isSpokenFor({ scope, sources }: BaseContext): boolean {
  if (scope.kind === "subscriber") return sources.has("tls-br");
  const programs = ["tls-br", "smime-br", "ccadb", "microsoft"] as const;
  return scope.kind === "ca" && programs.some((source) => sources.has(source));
}
