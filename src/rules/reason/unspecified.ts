import { Reason } from "../../crl/reason.ts";
import { entryKinds } from "../../lint/coverage.ts";
import { defineRule } from "../../lint/rule.ts";
import { tallyBy } from "../../lint/tally-by.ts";

/** 2023-07-15T00:00:00Z: entries of subscriber certificates that were revoked before are exempt in the TLS BR. */
const exemptUntil = 1_689_379_200;

export default defineRule({
  id: "reason/unspecified",
  title: "reasonCode unspecified is encoded",
  needs: ["revokedCertificates"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.3.1",
      severity: "warning",
      quote: "SHOULD be absent instead of using the unspecified (0) reasonCode value",
    },
    {
      source: "tls-br",
      section: "7.2.2 CRLReasons",
      severity: "error",
      from: "2020-09-30",
      quote: "MUST be omitted if the CRL entry is for a Certificate not technically capable of causing issuance",
    },
    {
      source: "smime-br",
      section: "7.2.2",
      severity: "error",
      from: "2023-09-01",
      quote: "The `CRLReason` indicated SHALL NOT be unspecified (0).",
    },
    { source: "fpki", section: "Worksheet 5", severity: "warning" },
  ],
  why: "An entry without reasonCode means the same and is 14 octets shorter, for every client and every download.",
  fix: "leave reasonCode out of entries whose reason is unspecified",
  examples: {
    bad: [
      { title: "unspecified", make: (kit) => kit.crl({ entries: [{ reason: 0 }, { reason: 1 }] }) },
      {
        title: "unspecified on a TLS certificate",
        profile: "tls-br",
        make: (kit) => kit.crl({ entries: [{ reason: 0 }] }),
      },
      {
        title: "unspecified on an S/MIME certificate",
        profile: "smime-br",
        make: (kit) => kit.crl({ entries: [{ reason: 0 }] }),
      },
    ],
    good: [{ title: "no reasonCode", make: (kit) => kit.crl({ entries: [{}] }) }],
  },
  when: ({ entries }) => entries.reasons.has(Reason.unspecified),
  create(ctx) {
    const kindAt = entryKinds(ctx);
    const tally = tallyBy(ctx, { what: "with reasonCode unspecified (0)" }, ({ source }, entry) => {
      const kind = kindAt(entry);
      // It must be left out for a certificate that cannot issue any, whoever it is for.
      if (source === "tls-br") return (kind === "subscriber" || kind === "infrastructure") && entry.date >= exemptUntil;
      // An entry of a CA needs a reason, so that leaving it out is no remedy: reason/unspecified-on-ca-entry.
      const isCa = (kind === "ca" || kind === "likely-ca") && ctx.sources.has("tls-br");
      return !isCa || source === "smime-br";
    });
    return {
      entry(entry) {
        if (entry.reason === Reason.unspecified) tally.add(entry);
      },
    };
  },
});
