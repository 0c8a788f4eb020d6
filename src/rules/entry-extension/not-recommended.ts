import { extensionLabel, Oid } from "../../extension/oids.ts";
import { belongsElsewhere, isEntryExtension } from "../../checks/entry-extensions.ts";
import { type BaseContext, defineRule, type EntryTally } from "../../rule/rule.ts";

export default defineRule({
  id: "entry-extension/not-recommended",
  title: "entry has an extension other than reasonCode",
  looksAt: ["revokedCertificates", "uncommon entry extensions"],
  // The row "Any other value" of the table of crlEntryExtensions.
  requirements: [{ source: "tls-br", section: "7.2.2", severity: "warning", from: "2024-03-15" }],
  create(ctx) {
    const others = [...ctx.entries.extensions].filter(([oid, { count, critical }]) => isExtra(oid, critical === count));
    if (others.length === 0) return undefined;
    const tallies = openTallies(
      ctx,
      others.map(([oid]) => oid),
    );
    return {
      entry(entry) {
        if (!entry.hasExtensions) return;
        for (const { oid, critical } of entry.extensions()) {
          if (oid !== undefined && isExtra(oid, critical)) tallies(oid).add(entry);
        }
      },
    };
  },
  why: "Clients of the Web PKI read only the reasonCode of an entry. Any other extension makes the CRL larger for all of them.",
  fix: "leave out the extension; put the date from which the key is not trusted into revocationDate",
  examples: () => ({
    bad: [
      {
        title: "invalidityDate",
        make: (kit) =>
          kit.crl({ entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-05-01T00:00:00Z")] }] }),
      },
      {
        title: "private extension",
        make: (kit) =>
          kit.crl({
            entries: [{ reason: 1, extensions: [kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.nul())] }],
          }),
      },
      {
        title: "a private extension in one of two entries",
        make: (kit) =>
          kit.crl({
            entries: [
              { reason: 1, extensions: [kit.extension.extension("1.3.6.1.4.1.99999.1", kit.der.nul())] },
              { reason: 1 },
            ],
          }),
      },
      {
        title: "21 private extensions",
        make: (kit) =>
          kit.crl({
            entries: [
              {
                reason: 1,
                extensions: Array.from({ length: 21 }, (_, i) =>
                  kit.extension.extension(`1.3.6.1.4.1.99999.${i}`, kit.der.nul()),
                ),
              },
            ],
          }),
      },
    ],
    good: [
      { title: "reasonCode", make: (kit) => kit.crl({ entries: [{ reason: 1 }] }) },
      {
        title: "invalidityDate on 2024-03-14, before the requirement took effect",
        make: (kit) =>
          kit.crl({
            thisUpdate: "2024-03-14T23:59:59Z",
            nextUpdate: "2024-03-20T00:00:00Z",
            entries: [
              {
                date: "2024-02-01T00:00:00Z",
                reason: 1,
                extensions: [kit.extension.invalidityDate("2024-01-15T00:00:00Z")],
              },
            ],
          }),
      },
    ],
  }),
});

/** Whether no other rule reports the extension: there are rules on misplaced, obsolete and unknown critical ones. */
function isExtra(oid: string, critical: boolean): boolean {
  if (oid === Oid.reasonCode || oid === Oid.holdInstructionCode || belongsElsewhere(oid)) return false;
  return isEntryExtension(oid) || !critical;
}

/** Opens one tally per OID; those after the first 20 share one. */
function openTallies(ctx: BaseContext, oids: readonly string[]): (oid: string) => EntryTally {
  const own = new Map(
    oids.slice(0, 20).map((oid) => [oid, ctx.tally({ what: `with ${extensionLabel(oid)}, which is not recommended` })]),
  );
  const rest = ctx.tally({ what: "with other extensions that are not recommended" });
  return (oid) => own.get(oid) ?? rest;
}
