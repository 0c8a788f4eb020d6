import { defineRule } from "../../rule/rule.ts";

const codeSigning = "1.3.6.1.5.5.7.3.3";

export default defineRule({
  id: "invalidity-date/differs-from-revocation-date",
  title: "invalidityDate is not the same moment as revocationDate",
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
    // It binds the entries of code signing certificates; without these certificates the CA's key purposes tell.
    const purposes = ctx.ca.certificate.extKeyUsage ?? [];
    if (!purposes.includes(codeSigning)) return undefined;
    const isCertain = purposes.length === 1 && ctx.scope.kind === "subscriber";
    const tally = ctx.tally({
      what: "with an invalidityDate that is not the same moment as revocationDate",
      ...(!isCertain && {
        atMost: "warning",
        notes: ["not graver, because the CA may issue other than code signing certificates"],
      }),
    });
    return {
      entry(entry) {
        if (entry.invalidityDate < entry.date || entry.invalidityDate > entry.date) tally.add(entry);
      },
    };
  },
  why: "Signatures made before the certificate went bad stay good. Some clients go by revocationDate, some by invalidityDate; where the two differ, code that is malware to one is sound to the other.",
  fix: "set both revocationDate and invalidityDate to the moment from which on signatures are not to be trusted",
  examples: () => ({
    bad: [
      {
        title: "one second earlier",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ eku: [kit.oids.codeSigning] }),
            entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-06-01T11:59:59Z")] }],
          }),
      },
      {
        title: "one second earlier and one later, beside entries with the same moment and none",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ eku: [kit.oids.codeSigning] }),
            entries: [
              ...["2026-06-01T12:00:00Z", "2026-06-01T11:59:59Z", "2026-06-01T12:00:01Z"].map((moment) => ({
                reason: 1,
                extensions: [kit.extension.invalidityDate(moment)],
              })),
              { reason: 1 },
            ],
          }),
      },
      {
        title: "CA for servers too",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ eku: [kit.oids.codeSigning, kit.oids.serverAuth] }),
            entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-06-01T11:59:59Z")] }],
          }),
      },
      {
        title: "CA that may have CAs below it",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ eku: [kit.oids.codeSigning], pathLen: null }),
            entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-06-01T11:59:59Z")] }],
          }),
      },
    ],
    good: [
      {
        title: "the same moment",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ eku: [kit.oids.codeSigning] }),
            entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-06-01T12:00:00Z")] }],
          }),
      },
      {
        title: "one second earlier, the day before it is required",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ eku: [kit.oids.codeSigning], notBefore: "2020-01-01T00:00:00Z" }),
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
            ca: kit.caWith({ eku: null }),
            entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-06-01T11:59:59Z")] }],
          }),
      },
      {
        title: "one second earlier, CRL for CA certificates",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ eku: [kit.oids.codeSigning] }),
            idp: { uris: ["http://crl.example.com/1.crl"], onlyCa: true },
            entries: [{ reason: 5, extensions: [kit.extension.invalidityDate("2026-06-01T11:59:59Z")] }],
          }),
      },
      {
        title: "one second earlier, timestamp CA",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ eku: [kit.oids.timeStamping] }),
            entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-06-01T11:59:59Z")] }],
          }),
      },
    ],
  }),
});
