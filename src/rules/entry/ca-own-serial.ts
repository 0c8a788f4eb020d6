import { contents, sameBytes } from "../../der/span.ts";
import { listsOtherIssuers } from "../../checks/coverage.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry/ca-own-serial",
  title: "root CA lists its own certificate",
  looksAt: ["revokedCertificates", "ca"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    // Only a self-issued certificate has a serial that the CA of this CRL assigned.
    const own = ctx.ca.sameKey.filter(({ certificate }) => certificate.selfIssued);
    if (own.length === 0 || listsOtherIssuers(ctx)) return undefined;
    const serials = own.map(({ certificate }) => contents(certificate.source.bytes, certificate.serialNumber));
    const tally = ctx.tally({ what: "with the serial of the CA certificate itself" });
    return {
      entry(entry) {
        const length = entry.serialEnd - entry.serialContent;
        for (const serial of serials) {
          if (serial.length !== length) continue;
          if (sameBytes(serial, ctx.bytes.subarray(entry.serialContent, entry.serialEnd))) tally.add(entry);
        }
      },
    };
  },
  why: "A root CA cannot revoke its own certificate in a meaningful way: a client that believes the CRL must no longer trust its signature. Usually the entry is a mistake.",
  fix: "remove the entry; to withdraw a root certificate, remove it from the trust stores",
  examples: () => ({
    bad: [
      {
        title: "root that lists its own serial",
        make: (kit) => {
          const ca = kit.caWith({ parent: "self", serial: 77 });
          return kit.crl({ ca, entries: [{ serial: 77, reason: 4 }] });
        },
      },
    ],
    good: [
      {
        title: "root that lists the certificate of another CA",
        make: (kit) => {
          const ca = kit.caWith({ parent: "self", serial: 77 });
          return kit.crl({ ca, entries: [{ serial: 78, reason: 4 }] });
        },
      },
      {
        title: "intermediate CA that lists a serial equal to that of its own certificate, which the root issued",
        make: (kit) => kit.crl({ ca: kit.caWith({ serial: 77 }), entries: [{ serial: 77, reason: 4 }] }),
      },
      {
        title: "root that lists a longer serial that starts with its own",
        make: (kit) =>
          kit.crl({ ca: kit.caWith({ parent: "self", serial: 77 }), entries: [{ serial: "4d01", reason: 4 }] }),
      },
      {
        title: "indirect CRL of a root that lists the same serial of another CA",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ parent: "self", serial: 77 }),
            idp: { uris: ["http://crl.example.com/all.crl"], indirect: true },
            entries: [{ serial: 77, reason: 4, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] }],
          }),
      },
    ],
  }),
});
