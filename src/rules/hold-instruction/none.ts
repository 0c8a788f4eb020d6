import { Oid } from "../../extension/oids.ts";
import { judgeHoldInstruction } from "../../checks/entry-extensions.ts";
import { entryExtension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "hold-instruction/none",
  title: "holdInstructionCode is id-holdinstruction-none",
  looksAt: [entryExtension(Oid.holdInstructionCode)],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc3280",
      section: "5.3.2",
      severity: "warning",
      to: "2008-04-30",
      quote: "its use is strongly deprecated for the Internet PKI",
    },
    // RFC 5280 (May 2008) no longer defines the extension.
    { source: "hygiene", section: "", severity: "warning" },
  ],
  create(ctx) {
    const tally = ctx.tally({ what: "with the holdInstructionCode id-holdinstruction-none (1.2.840.10040.2.1)" });
    return {
      entry(entry) {
        if (judgeHoldInstruction(ctx.crl.source, entry) === "none") tally.add(entry);
      },
    };
  },
  why: "It means the same as no holdInstructionCode, and no client reads the extension any longer.",
  fix: "leave holdInstructionCode out",
  examples: () => ({
    bad: [
      {
        title: "id-holdinstruction-none",
        make: (kit) =>
          kit.crl({
            entries: [
              {
                reason: 6,
                extensions: [kit.extension.extension(kit.oids.holdInstructionCode, kit.der.oid("1.2.840.10040.2.1"))],
              },
            ],
          }),
      },
    ],
    good: [{ title: "no holdInstructionCode", make: (kit) => kit.crl({ entries: [{ reason: 6 }] }) }],
  }),
});
