import { Oid } from "../../extension/oids.ts";
import { judgeHoldInstruction } from "../../checks/entry-extensions.ts";
import { entryExtension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "hold-instruction/obsolete",
  title: "holdInstructionCode is obsolete",
  looksAt: [entryExtension(Oid.holdInstructionCode)],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc3280",
      section: "5.3.2",
      severity: "warning",
      to: "2008-04-30",
      quote: "The hold instruction code is a non-critical CRL entry extension",
    },
    // RFC 5280 (May 2008) no longer specifies the extension; its ASN.1 module still has the OID.
    { source: "hygiene", section: "", severity: "warning" },
    {
      source: "rfc5280",
      section: "5.3",
      severity: "error",
      quote:
        "If a CRL contains a critical CRL entry extension that the application cannot process, then the application MUST NOT use that CRL",
    },
  ],
  create(ctx) {
    const violates = ctx.requirements.filter(({ severity }) => severity !== "error");
    const plain = ctx.tally({ what: "with a holdInstructionCode, which RFC 5280 no longer specifies", violates });
    const critical = ctx.tally({ what: "with a critical holdInstructionCode, which RFC 5280 no longer specifies" });
    return {
      entry(entry) {
        const fault = judgeHoldInstruction(ctx.crl.source, entry);
        if (fault === "critical") critical.add(entry);
        if (fault === "obsolete") plain.add(entry);
      },
    };
  },
  why: "RFC 5280 no longer specifies the extension, and no client acts on it. If it is critical, the whole CRL is unusable.",
  fix: "leave holdInstructionCode (2.5.29.23) out",
  examples: () => ({
    bad: [
      {
        title: "id-holdinstruction-callissuer",
        make: (kit) =>
          kit.crl({
            entries: [
              {
                reason: 6,
                extensions: [kit.extension.extension(kit.oids.holdInstructionCode, kit.der.oid("1.2.840.10040.2.2"))],
              },
            ],
          }),
      },
      {
        title: "critical",
        make: (kit) =>
          kit.crl({
            entries: [
              {
                reason: 6,
                extensions: [
                  kit.extension.extension(kit.oids.holdInstructionCode, kit.der.oid("1.2.840.10040.2.2"), true),
                ],
              },
            ],
          }),
      },
    ],
    good: [{ title: "certificateHold alone", make: (kit) => kit.crl({ entries: [{ reason: 6 }] }) }],
  }),
});
