import { Oid } from "../../extension/oids.ts";
import { icaoNotUsed } from "../../checks/not-allowed.ts";
import { defineRule } from "../../rule/rule.ts";

/** Doc 9303-12, table 10. Private extensions are optional and must not be critical. */
const notAllowed: ReadonlyMap<string, string> = new Map([
  [Oid.reasonCode, "reasonCode"],
  [Oid.holdInstructionCode, "holdInstructionCode"],
  [Oid.invalidityDate, "invalidityDate"],
  [Oid.certificateIssuer, "certificateIssuer"],
]);

export default defineRule({
  id: "entry-extension/icao-not-allowed",
  title: "entry in the CRL of a CSCA has an extension that Doc 9303 excludes",
  looksAt: ["revokedCertificates"],
  requirements: [icaoNotUsed],
  create(ctx) {
    const present = [...notAllowed].flatMap(([oid, name]) => (ctx.entries.extensions.has(oid) ? [name] : []));
    if (present.length === 0) return undefined;
    const tally = ctx.tally({ what: `with ${joinNames(present)}, which the CRL of a CSCA must not have` });
    return {
      entry(entry) {
        if (!entry.hasExtensions) return;
        if (entry.extensions().some(({ oid }) => oid !== undefined && notAllowed.has(oid))) tally.add(entry);
      },
    };
  },
  why: "Inspection systems expect entries with a serial and a date. By Doc 9303, they need not process these extensions.",
  fix: "leave out reasonCode, holdInstructionCode, invalidityDate and certificateIssuer",
  examples: () => ({
    bad: [
      { title: "reasonCode", make: (kit) => kit.crl({ entries: [{ reason: 1 }] }) },
      {
        title: "invalidityDate",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ pathLen: null }),
            entries: [{ extensions: [kit.extension.invalidityDate("2026-05-01T00:00:00Z")] }],
          }),
      },
    ],
    good: [
      { title: "only serial and date", make: (kit) => kit.crl({ entries: [{}] }) },
      {
        title: "private extension that is not critical",
        make: (kit) =>
          kit.crl({ entries: [{ extensions: [kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.nul())] }] }),
      },
    ],
  }),
});

/** Returns names as a list: `a`, `a or b`, `a, b or c`. */
function joinNames(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} or ${last}`;
}
