import { Reason } from "../../crl/reason.ts";
import { entryKinds, caReasons } from "../../checks/coverage.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule, type Requirement } from "../../rule/rule.ts";
import { tallyBy } from "../../checks/tally-by.ts";

/** 2023-07-15T00:00:00Z in seconds since 1970: TLS BR 7.2.2 exempts subscriber certificates revoked earlier. */
const exemptUntil = 1_689_379_200;

/**
 * Requirement until the table of CRLReasons took effect: it applied to every entry, regardless of certificate and date.
 */
const flat: Requirement = {
  source: "tls-br",
  document: "tls-br-1.8.6",
  section: "7.2.2",
  severity: "error",
  from: "2020-09-30",
  to: "2024-03-14",
  quote: "The `CRLReason` indicated MUST NOT be unspecified (0).",
};

export default defineRule({
  id: "reason/unspecified",
  title: "reasonCode is unspecified instead of absent",
  looksAt: [entryReason(Reason.unspecified)],
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
      from: "2024-03-15",
      quote: "MUST be omitted if the CRL entry is for a Certificate not technically capable of causing issuance",
    },
    flat,
    {
      source: "smime-br",
      section: "7.2.2",
      severity: "error",
      from: "2023-09-01",
      quote: "The `CRLReason` indicated SHALL NOT be unspecified (0).",
    },
    { source: "fpki", section: "Worksheet 5", severity: "warning" },
  ],
  create(ctx) {
    const kindAt = entryKinds(ctx);
    const requiresCaReasons = ctx.hasInForce(caReasons);
    const tally = tallyBy(ctx, { what: "with reasonCode unspecified (0)" }, (requirement, entry) => {
      const kind = kindAt(entry);
      const { source } = requirement;
      // The entry of a CA certificate needs a reason, so omitting it is not a fix: reason/unspecified-on-ca-entry.
      const isCa = (kind === "ca" || kind === "likely-ca") && requiresCaReasons;
      if (source !== "tls-br") return !isCa;
      if (requirement === flat) return !isCa;
      // The TLS BR apply to every certificate that cannot issue certificates, but exempt only those of subscribers.
      return kind === "infrastructure" || (kind === "subscriber" && entry.date >= exemptUntil);
    });
    return {
      entry(entry) {
        if (entry.reason === Reason.unspecified) tally.add(entry);
      },
    };
  },
  why: "An entry without reasonCode means the same and is 14 bytes shorter, for every client and every download.",
  fix: "leave reasonCode out of entries whose reason is unspecified",
  examples: () => ({
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
      {
        title: "unspecified in the CRL of a root, if no document requires a reason",
        make: (kit) => kit.crl({ ca: kit.root, entries: [{ reason: 0 }] }),
      },
      {
        title: "unspecified on TLS certificates revoked on 2023-07-15 and the day before, which is exempt",
        profile: "tls-br",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2020-01-01T00:00:00Z" }),
            entries: ["2023-07-15T00:00:00Z", "2023-07-14T23:59:59Z"].map((date) => ({ date, reason: 0 })),
          }),
      },
      {
        title: "unspecified on the certificate of an OCSP responder, in the CRL of a root",
        profile: "tls-br",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [{ serial: 77, reason: 0 }],
            certificates: [kit.certificate({ parent: kit.root, serial: 77, eku: [kit.oids.ocspSigning] })],
          }),
      },
    ],
    good: [
      { title: "no reasonCode", make: (kit) => kit.crl({ entries: [{}] }) },
      {
        title: "unspecified in the CRL of a root, where a reason is required",
        profile: "tls-br",
        make: (kit) => kit.crl({ ca: kit.root, entries: [{ reason: 0 }] }),
        also: ["reason/unspecified-on-ca-entry"],
      },
      {
        title: "unspecified in the CRL of a root, where the S/MIME BR require a reason",
        profile: "smime-br",
        make: (kit) => kit.crl({ ca: kit.root, entries: [{ reason: 0 }] }),
        also: ["reason/unspecified-on-ca-entry"],
      },
      {
        title: "unspecified with onlyContainsCACerts TRUE, where a reason is required",
        profile: "tls-br",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            idp: { uris: ["http://crl.example.com/root.crl"], onlyCa: true },
            entries: [{ reason: 0 }],
          }),
        also: ["reason/unspecified-on-ca-entry"],
      },
    ],
  }),
});
