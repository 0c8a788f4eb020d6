import { Reason } from "../../crl/reason.ts";
import { entryKinds } from "../../checks/coverage.ts";
import { fiveReasons } from "../../checks/five-reasons.ts";
import { isForCa } from "../../checks/profile-sources.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";
import { tallyBy } from "../../checks/tally-by.ts";

export default defineRule({
  id: "reason/not-permitted",
  title: "reasonCode is not one of the five permitted reasons",
  looksAt: [entryReason(Reason.cACompromise, Reason.aACompromise)],
  requirements: fiveReasons,
  create(ctx) {
    // Other rules report all other values that are not among the five, and cACompromise for a subscriber certificate.
    const { reasons } = ctx.entries;
    if (!reasons.has(Reason.cACompromise) && !reasons.has(Reason.aACompromise)) return undefined;
    const kindAt = entryKinds(ctx);
    const table = ctx.requirements.filter(({ severity }) => severity !== "error");
    const attribute = tallyBy(
      ctx,
      { what: "with reasonCode aACompromise (10), which is not among the five reasons" },
      (requirement, entry) =>
        table.includes(requirement) ||
        (isForCa(requirement, ctx) && kindAt(entry) === "subscriber" && ctx.holdsAt(requirement, entry.date)),
    );
    const authority = ctx.tally({
      what: "with reasonCode cACompromise (2), which is not among the five reasons",
      violates: table,
      atMost: "notice",
      notes: ["RFC 5280 and X.509 define this reason for CA certificates"],
    });
    return {
      entry(entry) {
        if (entry.reason === Reason.aACompromise) attribute.add(entry);
        if (entry.reason === Reason.cACompromise && kindAt(entry) !== "subscriber") authority.add(entry);
      },
    };
  },
  why: "The Web PKI has five reasons for subscriber certificates, and software that sorts revocations by reason cannot handle others. For CA certificates this is not settled: RFC 5280 defines cACompromise for them, but the table does not list it.",
  fix: "state one of keyCompromise (1), affiliationChanged (3), superseded (4), cessationOfOperation (5), privilegeWithdrawn (9), or leave reasonCode out if none applies",
  examples: () => ({
    bad: [
      { title: "aACompromise", make: (kit) => kit.crl({ entries: [{ reason: 10 }, { reason: 1 }] }) },
      {
        title: "aACompromise on a TLS certificate",
        profile: "mozilla",
        make: (kit) => kit.crl({ entries: [{ reason: 10 }] }),
      },
      {
        title: "aACompromise under BR 1.8.7",
        make: (kit) =>
          kit.crl({
            thisUpdate: "2024-03-14T00:00:00Z",
            nextUpdate: "2024-03-20T00:00:00Z",
            entries: [{ date: "2024-02-01T00:00:00Z", reason: 10 }],
          }),
      },
      {
        title: "cACompromise on the certificate of a CA",
        make: (kit) => kit.crl({ ca: kit.root, entries: [{ reason: 2 }] }),
      },
    ],
    good: [
      {
        title: "the five reasons",
        make: (kit) => kit.crl({ entries: [1, 3, 4, 5, 9].map((reason) => ({ reason })) }),
      },
      {
        title: "aACompromise on an email certificate, under Mozilla's list for TLS certificates",
        profile: "mozilla",
        also: ["reason/aa-compromise"],
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ eku: [kit.oids.emailProtection], notBefore: "2022-01-01T00:00:00Z" }),
            thisUpdate: "2023-01-10T00:00:00Z",
            nextUpdate: "2023-01-14T00:00:00Z",
            entries: [{ date: "2023-01-05T00:00:00Z", reason: 10 }],
          }),
      },
      {
        title: "cACompromise on the certificate of a CA, on the day before the table took effect",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            thisUpdate: "2024-03-14T23:59:59Z",
            nextUpdate: "2024-03-20T00:00:00Z",
            entries: [{ date: "2024-02-01T00:00:00Z", reason: 2 }],
          }),
      },
    ],
  }),
});
