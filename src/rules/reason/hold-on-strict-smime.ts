import { Reason } from "../../crl/reason.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { entryKind } from "../../checks/coverage.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";
import certificateHold from "./certificate-hold.ts";

export default defineRule({
  id: "reason/hold-on-strict-smime",
  title: "certificate on hold is or may be an S/MIME certificate of the Strict generation",
  looksAt: [entryReason(Reason.certificateHold)],
  requirements: [
    {
      source: "smime-br",
      section: "7.2.2",
      severity: "error",
      from: "2023-09-01",
      quote:
        "The Repository SHALL NOT include CRL entries that have a `CRLreason` of certificateHold (6) for Certificates that include the Certificate Policy identifiers",
    },
  ],
  create(ctx) {
    // reason/hold-on-ca checks CA certificates; under the TLS BR, reason/certificate-hold checks all certificates.
    const kind = entryKind(ctx);
    if (kind === "ca" || kind === "likely-ca" || ctx.hasInForce(ofTls)) return undefined;
    const what = "with reasonCode certificateHold (6), which certificates of the Strict generation must not have";
    const certain = ctx.tally({ what });
    const possible = ctx.tally({
      what,
      atMost: "notice",
      notes: ["only the certificates show whether they are of the Strict generation"],
    });
    return {
      entry(entry) {
        if (entry.reason !== Reason.certificateHold) return;
        const given = ctx.anyCertificates?.ofEntry(entry.index)?.certificate;
        if (given === undefined) possible.add(entry);
        else if (given.policies?.some((policy) => strict.has(policy))) certain.add(entry);
      },
    };
  },
  why: "S/MIME certificates of the Legacy and Multipurpose generations may be suspended. Those of the Strict generation must not be.",
  fix: "make sure that no certificate on hold has one of the policies 2.23.140.1.5.1.3, 2.23.140.1.5.2.3, 2.23.140.1.5.3.3 and 2.23.140.1.5.4.3; permanently revoke those that have one",
  examples: () => ({
    bad: [
      {
        title: "certificateHold on a certificate of the Strict generation",
        make: (kit) => onHold(kit, "2.23.140.1.5.2.3"),
      },
      {
        title: "certificateHold on a subscriber certificate that is not given",
        make: (kit) => kit.crl({ entries: [{ reason: 6 }, { reason: 1 }] }),
      },
      {
        title: "certificateHold on a certificate of the Strict generation, also under another policy",
        make: (kit) => onHold(kit, "1.3.6.1.4.1.99999.1", "2.23.140.1.5.1.3"),
      },
    ],
    good: [
      {
        title: "certificateHold on a certificate of the Multipurpose generation",
        make: (kit) => onHold(kit, "2.23.140.1.5.2.2"),
      },
      {
        title: "certificateHold on a certificate without certificatePolicies",
        make: (kit) => onHold(kit),
      },
      {
        title: "certificateHold with onlyContainsCACerts TRUE",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            idp: { uris: ["http://crl.example.com/root.crl"], onlyCa: true },
            entries: [{ reason: 6 }],
          }),
        also: ["reason/hold-on-ca"],
      },
      { title: "keyCompromise", make: (kit) => kit.crl({ entries: [{ reason: 1 }] }) },
      {
        title: "certificateHold, on the day before the S/MIME BR took effect",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2020-01-01T00:00:00Z" }),
            thisUpdate: "2023-08-31T23:59:59Z",
            nextUpdate: "2023-09-06T00:00:00Z",
            entries: [{ date: "2023-08-01T00:00:00Z", reason: 6 }],
          }),
      },
    ],
  }),
});

const ofTls = certificateHold.requirements.filter(({ source }) => source === "tls-br");

/** The Strict policies: mailbox-, organization-, sponsor- and individual-validated (S/MIME BR 7.1.6.1). */
const strict: ReadonlySet<string> = new Set([
  "2.23.140.1.5.1.3",
  "2.23.140.1.5.2.3",
  "2.23.140.1.5.3.3",
  "2.23.140.1.5.4.3",
]);

/** Returns a CRL with an entry on hold, and its certificate with these policies or without certificatePolicies. */
function onHold(kit: Kit, ...policies: readonly string[]): CrlCase {
  const leaf = kit.certificate({
    serial: 77,
    eku: [kit.oids.emailProtection],
    policies: policies.length === 0 ? null : policies,
  });
  return kit.crl({ entries: [{ serial: 77, reason: 6 }], certificates: [leaf] });
}
