import { type Entry, unreadableReason } from "../../crl/entry-reader.ts";
import { contentLength } from "../../der/span.ts";
import { Tag } from "../../der/tag.ts";
import { readExtensionValue } from "../../extension/extension.ts";
import { Oid } from "../../extension/oids.ts";
import { withoutErrorReports } from "../../extension/peek.ts";
import { type BaseContext, defineRule } from "../../rule/rule.ts";

/** The highest value of CRLReason in any standard: weakAlgorithmOrKey (11), which reason/weak-algorithm checks. */
const highest = 11;

export default defineRule({
  id: "reason/undefined-value",
  title: "reasonCode has a value that is not defined",
  looksAt: ["revokedCertificates"],
  requirements: [{ source: "rfc5280", section: "5.3.1", severity: "error", quote: "aACompromise (10) }" }],
  create(ctx) {
    const values = [...ctx.entries.reasons.keys()].filter((value) => value > highest);
    if (values.length === 0 && !ctx.entries.reasons.has(unreadableReason)) return undefined;
    const shown = values.slice(0, 5).join(", ");
    const tally = ctx.tally({ what: `with a reasonCode that is not defined${shown === "" ? "" : `: ${shown}`}` });
    return {
      entry(entry) {
        if (entry.reason > highest || (entry.reason === unreadableReason && isOutOfRange(ctx, entry))) tally.add(entry);
      },
    };
  },
  why: "No document defines the value, so clients treat it as any other reason, or as none.",
  fix: "state one of the values of CRLReason, or leave reasonCode out if none applies",
  examples: () => ({
    bad: [
      { title: "12", make: (kit) => kit.crl({ entries: [{ reason: 12 }, { reason: 1 }] }) },
      { title: "-1", make: (kit) => kit.crl({ entries: [{ reason: kit.der.enumerated(-1) }] }) },
      {
        title: "six values, with an entry that has the highest defined value",
        make: (kit) => kit.crl({ entries: [10, 12, 13, 14, 15, 16, 17].map((reason) => ({ reason })) }),
        also: ["reason/aa-compromise"],
      },
      {
        title: "-1 after another extension",
        make: (kit) => {
          const { extension, oids } = kit;
          const date = extension.invalidityDate("2026-05-01T00:00:00Z");
          const reason = extension.extension(oids.reasonCode, kit.der.enumerated(-1));
          return kit.crl({ entries: [{ extensions: [date, reason] }, { reason: 1 }] });
        },
      },
      { title: "2^64", make: (kit) => kit.crl({ entries: [{ reason: kit.der.enumerated(2n ** 64n) }] }) },
    ],
    good: [
      { title: "privilegeWithdrawn (9)", make: (kit) => kit.crl({ entries: [{ reason: 9 }] }) },
      {
        title: "no contents octets",
        make: (kit) => kit.crl({ entries: [{ reason: kit.der.raw("0a00") }] }),
        also: ["der/integer-empty"],
      },
      {
        title: "weakAlgorithmOrKey (11) of X.509",
        profile: "private",
        make: (kit) => kit.crl({ entries: [{ reason: 11 }] }),
        also: ["reason/weak-algorithm"],
      },
    ],
  }),
});

/** Whether an ENUMERATED is negative or too large for a number. reason/not-enumerated reports values of other types. */
function isOutOfRange({ crl }: BaseContext, entry: Entry): boolean {
  const extension = entry.extensions().find(({ oid }) => oid === Oid.reasonCode);
  const value =
    extension && readExtensionValue(withoutErrorReports(crl.source), extension, Tag.enumerated, "CRLReason");
  return value !== undefined && contentLength(value) > 0;
}
