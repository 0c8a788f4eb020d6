import { noReason } from "../../crl/entry-reader.ts";
import { caReasons, entryKind } from "../../checks/coverage.ts";
import { countRecent, lacksReasons, subscriberReasons } from "../../checks/missing-reasons.ts";
import { icaoNotUsed, rpkiNoEntryExtensions } from "../../checks/not-allowed.ts";
import { formatCount } from "../../rule/format-count.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

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
    if (!lacksReasons(ctx.entries) || ctx.hasInForce(reasonsNotAllowed)) return undefined;
    const report = (): void => {
      const { start, content } = ctx.revokedCertificates;
      ctx.report({
        at: { start, end: content },
        path: "tbsCertList.revokedCertificates",
        message: `none of the ${formatCount(ctx.entries.count)} entries has a reasonCode`,
      });
    };
    // Stricter rules report such entries: reason/missing-on-ca-entry, and reason/missing-on-subscriber-entry if many of
    // them are not exempt.
    const kind = entryKind(ctx);
    if (kind === "subscriber" && ctx.hasInForce([subscriberReasons])) {
      return countRecent(ctx, (_, areMany) => {
        if (!areMany) report();
      });
    }
    const isOfCas = kind === "ca" || kind === "likely-ca";
    if (!isOfCas || !ctx.hasInForce(caReasons)) report();
    return undefined;
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
        title: "100 entries without a reason, RPKI",
        profile: "rpki",
        make: (kit) => {
          const ca = kit.caWith({ subject: kit.name("CN=rpki-ca-1", { stringType: "printable" }) });
          return kit.crl({ ca, entries: Array.from({ length: 100 }, () => ({})) });
        },
      },
      {
        title: "100 entries without a reason, ICAO",
        profile: "icao",
        make: (kit) => kit.crl({ entries: Array.from({ length: 100 }, () => ({})) }),
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

/** Sentences that forbid extensions of entries (RFC 6487 5) or the reasonCode (Doc 9303-12, table 10). */
const reasonsNotAllowed = [rpkiNoEntryExtensions, icaoNotUsed];
