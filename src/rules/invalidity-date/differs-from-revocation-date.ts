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
    // CS BR 7.2.2 applies to code signing certificates; the key purposes of the CA show whether it issues them.
    const purposes = ctx.ca.certificate.extKeyUsage ?? [];
    if (!purposes.includes(codeSigning)) return undefined;
    const isCertain = purposes.length === 1 && ctx.scope.kind === "subscriber";
    const tally = ctx.tally({
      what: "with an invalidityDate that differs from revocationDate",
      ...(!isCertain && {
        atMost: "warning",
        notes: ["severity capped: the CA may also issue certificates that are not for code signing"],
      }),
    });
    return {
      entry(entry) {
        if (entry.invalidityDate < entry.date || entry.invalidityDate > entry.date) tally.add(entry);
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
