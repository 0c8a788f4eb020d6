import { contents } from "../../der/span.ts";
import { Tag } from "../../der/tag.ts";
import { describeValue } from "../../extension/extension.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule, type EntryTally } from "../../rule/rule.ts";

export default defineRule({
  id: "reason/not-enumerated",
  title: "reasonCode is not an ENUMERATED",
  looksAt: ["entries: reasonsNotEnumerated"],
  requirements: [{ source: "rfc5280", section: "5.3.1", severity: "error", quote: "CRLReason ::= ENUMERATED" }],
  create(ctx) {
    let tally: EntryTally | undefined;
    return {
      entry(entry) {
        const value = entry.extensions().find(({ oid }) => oid === Oid.reasonCode)?.value;
        if (value === undefined) return;
        const [tag] = contents(ctx.bytes, value);
        if (tag === Tag.enumerated) return;
        tally ??= ctx.tally({
          what: "with a reasonCode that is not an ENUMERATED",
          notes: [`the first of them contains ${describeValue(ctx.crl.source, value)}`],
        });
        tally.add(entry);
      },
    };
  },
  why: "Parsers reject the entry or the whole CRL, or treat the reason as missing.",
  fix: "encode CRLReason as ENUMERATED: `0a 01` and the value",
  examples: () => ({
    bad: [
      { title: "INTEGER", make: (kit) => kit.crl({ entries: [{ reason: kit.der.int(1) }, { reason: 1 }] }) },
      {
        title: "INTEGER after another extension, and an entry without reasonCode",
        make: (kit) => {
          const { extension, oids } = kit;
          const date = extension.invalidityDate("2026-05-01T00:00:00Z");
          return kit.crl({
            entries: [{ extensions: [date, extension.extension(oids.reasonCode, kit.der.int(1))] }, {}],
          });
        },
      },
      {
        title: "empty extnValue",
        make: (kit) => kit.crl({ entries: [{ reason: kit.der.raw("") }, { reason: 1 }] }),
      },
    ],
    good: [{ title: "ENUMERATED", make: (kit) => kit.crl({ entries: [{ reason: kit.der.enumerated(1) }] }) }],
  }),
});
