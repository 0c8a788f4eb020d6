import { kindOf } from "../../cert/kind.ts";
import { defineRule } from "../../rule/rule.ts";

const codeSigning = "1.3.6.1.5.5.7.3.3";

export default defineRule({
  id: "invalidity-date/differs-from-revocation-date",
  title: "invalidityDate differs from revocationDate",
  looksAt: ["ca", "entries: invalidityDatesDiffering"],
  requirements: [
    {
      source: "cs-br",
      section: "7.2.2",
      severity: "error",
      from: "2022-07-01",
      quote: "SHALL be equal to the time encoded in the `revocationDate` field of the CRL entry",
    },
  ],
  create(ctx) {
    if (ctx.scope.kind === "ca") return undefined;
    // CS BR 7.2.2 applies to code signing certificates. The certificate itself shows whether it is one; if it was not
    // given, the key purposes of the CA show what it issues.
    const purposes = ctx.ca.certificate.extKeyUsage ?? [];
    const isForCode = purposes.includes(codeSigning);
    const what = "with an invalidityDate that differs from revocationDate";
    const certain = ctx.tally({ what });
    const likely = ctx.tally({
      what,
      atMost: "warning",
      notes: ["severity capped: the CA may also issue certificates that are not for code signing"],
    });
    const unseen = purposes.length === 1 && ctx.scope.kind === "subscriber" ? certain : likely;
    return {
      entry(entry) {
        if (!(entry.invalidityDate < entry.date || entry.invalidityDate > entry.date)) return;
        const certificate = ctx.anyCertificates?.ofEntry(entry.index)?.certificate;
        if (certificate === undefined) {
          if (isForCode) unseen.add(entry);
        } else if (kindOf(certificate) === "subscriber" && certificate.extKeyUsage?.includes(codeSigning) === true) {
          certain.add(entry);
        }
      },
    };
  },
  why: "Signatures made before the certificate became invalid stay valid. Some clients use revocationDate for this, others invalidityDate. If the two differ, one client accepts code that another rejects as malware.",
  fix: "set both revocationDate and invalidityDate to the time from which signatures must not be trusted",
  examples: () => ({
    bad: [
      {
        title: "one second earlier",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "p256", eku: [kit.oids.codeSigning] }),
            entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-06-01T11:59:59Z")] }],
          }),
      },
      {
        title: "one second earlier and one later, with entries at the same time and without a date",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "p256", eku: [kit.oids.codeSigning] }),
            entries: [
              ...["2026-06-01T12:00:00Z", "2026-06-01T11:59:59Z", "2026-06-01T12:00:01Z"].map((time) => ({
                reason: 1,
                extensions: [kit.extension.invalidityDate(time)],
              })),
              { reason: 1 },
            ],
          }),
      },
      {
        title: "code signing certificate that is given, of a CA without extKeyUsage",
        make: (kit) => {
          const ca = kit.caWith({ key: "p256", eku: null });
          return kit.crl({
            ca,
            certificates: [kit.certificate({ parent: ca, serial: 4660, eku: [kit.oids.codeSigning] })],
            entries: [{ serial: 4660, reason: 1, extensions: [kit.extension.invalidityDate("2026-06-01T11:59:59Z")] }],
          });
        },
      },
      {
        title: "CA that also issues server certificates",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "p256", eku: [kit.oids.codeSigning, kit.oids.serverAuth] }),
            entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-06-01T11:59:59Z")] }],
          }),
      },
      {
        title: "CA that may issue CA certificates",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "p256", eku: [kit.oids.codeSigning], pathLen: null }),
            entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-06-01T11:59:59Z")] }],
          }),
      },
    ],
    good: [
      {
        title: "server certificate that is given, of a CA that also issues code signing certificates",
        make: (kit) => {
          const ca = kit.caWith({ key: "p256", eku: [kit.oids.codeSigning, kit.oids.serverAuth] });
          return kit.crl({
            ca,
            certificates: [kit.certificate({ parent: ca, serial: 4660 })],
            entries: [{ serial: 4660, reason: 1, extensions: [kit.extension.invalidityDate("2026-06-01T11:59:59Z")] }],
          });
        },
      },
      {
        title: "same time",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "p256", eku: [kit.oids.codeSigning] }),
            entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-06-01T12:00:00Z")] }],
          }),
      },
      {
        title: "one second earlier, on the day before the requirement took effect",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "p256", eku: [kit.oids.codeSigning], notBefore: "2020-01-01T00:00:00Z" }),
            thisUpdate: "2022-06-30T23:59:59Z",
            nextUpdate: "2022-07-06T00:00:00Z",
            entries: [
              {
                date: "2022-06-01T12:00:00Z",
                reason: 1,
                extensions: [kit.extension.invalidityDate("2022-06-01T11:59:59Z")],
              },
            ],
          }),
      },
      {
        title: "one second earlier, CA without extKeyUsage",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "p256", eku: null }),
            entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-06-01T11:59:59Z")] }],
          }),
      },
      {
        title: "one second earlier, CRL for CA certificates",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "p256", eku: [kit.oids.codeSigning] }),
            idp: { uris: ["http://crl.example.com/1.crl"], onlyCa: true },
            entries: [{ reason: 5, extensions: [kit.extension.invalidityDate("2026-06-01T11:59:59Z")] }],
          }),
      },
      {
        title: "one second earlier, timestamp CA",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "p256", eku: [kit.oids.timeStamping] }),
            entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-06-01T11:59:59Z")] }],
          }),
      },
    ],
  }),
});
