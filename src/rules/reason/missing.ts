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
    if (!lacksReasons(ctx.entries) || hasStricterRule(ctx)) return;
    const { start, content } = ctx.revokedCertificates;
    ctx.report({
      at: { start, end: content },
      path: "tbsCertList.revokedCertificates",
      message: `none of the ${formatCount(ctx.entries.count)} entries has a reasonCode`,
    });
  },
  why: "An entry without reasonCode is allowed and means unspecified. If none of many entries has one, the CA software probably does not write reasons.",
  fix: "configure the CA software to write the reasonCode if the reason is known",
  examples: () => ({
    bad: [
      {
        title: "100 entries without a reason",
        make: (kit) => kit.crl({ entries: Array.from({ length: 100 }, () => ({})) }),
      },
      {
        title: "100 entries without a reason, of a CA that may issue CA certificates, under the TLS BR",
        profile: "tls-br",
        make: (kit) => kit.crl({ ca: kit.caWith({ pathLen: null }), entries: Array.from({ length: 100 }, () => ({})) }),
      },
      {
        title: "100 entries without a reason in the CRL of a root, if no other rule requires reasons",
        make: (kit) => kit.crl({ ca: kit.root, entries: Array.from({ length: 100 }, () => ({})) }),
      },
    ],
    good: [
      {
        title: "100 entries without a reason, reported by reason/missing-on-subscriber-entry",
        profile: "tls-br",
        make: (kit) => kit.crl({ entries: Array.from({ length: 100 }, () => ({})) }),
        also: ["reason/missing-on-subscriber-entry"],
      },
      {
        title: "100 entries without a reason in the CRL of a root, reported by reason/missing-on-ca-entry",
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

/** Whether a stricter rule requires reasons: reason/missing-on-ca-entry or reason/missing-on-subscriber-entry. */
function hasStricterRule({ scope, sources }: BaseContext): boolean {
  if (scope.kind === "subscriber") return sources.has("tls-br");
  const programs = ["tls-br", "smime-br", "ccadb", "microsoft"] as const;
  return scope.kind === "ca" && programs.some((source) => sources.has(source));
}
