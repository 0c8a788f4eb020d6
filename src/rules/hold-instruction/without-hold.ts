import { Oid } from "../../extension/oids.ts";
import { judgeHoldInstruction } from "../../checks/entry-extensions.ts";
import { entryExtension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "hold-instruction/without-hold",
  title: "entry has a holdInstructionCode, but its reason is not certificateHold",
  looksAt: [entryExtension(Oid.holdInstructionCode)],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc3280",
      section: "5.3.2",
      severity: "warning",
      to: "2008-04-30",
      quote: "indicates the action to be taken after encountering a certificate that has been placed on hold",
    },
    // RFC 5280 (May 2008) no longer defines the extension.
    { source: "hygiene", section: "", severity: "warning" },
  ],
  create(ctx) {
    const tally = ctx.tally({ what: "with a holdInstructionCode and a reason other than certificateHold (6)" });
    return {
      entry(entry) {
        if (judgeHoldInstruction(ctx.crl.source, entry) === "without-hold") tally.add(entry);
      },
    };
  },
  why: "The extension states what to do about a certificate on hold, but this certificate is permanently revoked, so one of the two is wrong. RFC 5280 no longer defines the extension.",
  fix: "leave holdInstructionCode (2.5.29.23) out",
  examples: () => ({
    bad: [
      {
        title: "holdInstructionCode with keyCompromise",
        make: (kit) =>
          kit.crl({
            entries: [
              {
                reason: 1,
                extensions: [kit.extension.extension(kit.oids.holdInstructionCode, kit.der.oid("1.2.840.10040.2.2"))],
              },
            ],
          }),
      },
    ],
    good: [{ title: "keyCompromise alone", make: (kit) => kit.crl({ entries: [{ reason: 1 }] }) }],
  }),
});
