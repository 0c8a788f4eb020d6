import { Tag, tagName } from "../../der/tag.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule, type EntryTally } from "../../lint/rule.ts";

export default defineRule({
  id: "reason/not-enumerated",
  title: "reasonCode is not an ENUMERATED",
  needs: ["revokedCertificates"],
  requirements: [{ source: "rfc5280", section: "5.3.1", severity: "error", quote: "CRLReason ::= ENUMERATED" }],
  why: "Parsers refuse the entry, or the whole CRL, or take the reason for missing.",
  fix: "encode CRLReason as ENUMERATED: 0a 01 and the value",
  examples: {
    bad: [{ title: "INTEGER", make: (kit) => kit.crl({ entries: [{ reason: kit.der.int(1) }, { reason: 1 }] }) }],
    good: [{ title: "ENUMERATED", make: (kit) => kit.crl({ entries: [{ reason: kit.der.enumerated(1) }] }) }],
  },
  when: ({ entries }) => entries.reasonsNotEnumerated > 0,
  create(ctx) {
    let tally: EntryTally | undefined;
    return {
      entry(entry) {
        if (!entry.hasExtensions) return;
        const value = entry.extensions().find(({ oid }) => oid === Oid.reasonCode)?.value;
        const tag = value && value.content < value.contentEnd ? ctx.bytes[value.content] : undefined;
        if (value === undefined || tag === Tag.enumerated) return;
        const found = tag === undefined ? "nothing" : tagName(tag);
        tally ??= ctx.tally({
          what: "with a reasonCode that is not an ENUMERATED",
          notes: [`the first of them holds ${found}`],
        });
        tally.add(entry);
      },
    };
  },
});
