import { type CrlKnobs, type KitCa, kit } from "../../src/fixture/index.ts";
import { after, bugzilla, caFile, certificateFile, crlOf, day, entriesAt, file, hour, play, rootCa, tlsCa } from "./cast.ts";
import type { FixtureFile, Incident, Trial, Unbuilt } from "./incident.ts";

const apple: Incident = {
  id: "bz1772644",
  kind: "ca",
  date: "2022",
  title: "Apple: CRLs every 37.5 hours where the practice statement says 24",
  sources: [bugzilla(1772644)],
  story: `CRLs that were meant to be issued every 24 hours came, now and then, 37.5 hours after the last.

The lesson: compare with the CRL before. The Baseline Requirements ask for a CRL every seven days, so that under their
profile the pair is in order; 24 hours is what ETSI asks of CRLs for end users.`,
  remark: "with `--profile tls-br,etsi`, whose limit of 24 hours the CA had set itself",
  trials: play({
    signer: tlsCa(2020),
    at: "2022-05-24T13:30:00Z",
    sound: { entries: entriesAt("2022-05-20T00:00:00Z"), thisUpdate: "2022-05-24T00:00:00Z" },
    profile: ["tls-br", "etsi"],
    now: "2022-05-24T18:00:00Z",
    previous: file("previous.crl", () =>
      crlOf(tlsCa(2020), "2022-05-23T00:00:00Z", { crlNumber: 4710, entries: entriesAt("2022-05-20T00:00:00Z") }),
    ),
    bad: [{ turn: { thisUpdate: "2022-05-24T13:30:00Z" }, expected: ["sequence/etsi-interval-24-hours"] }],
  }),
};

const shecaRoot = rootCa(2015);
const shecaAt = "2026-02-09T06:00:00Z";

function subordinates(revoked: string): CrlKnobs {
  return { entries: [0x11, 0x12, 0x13, 0x14].map((serial) => ({ serial, date: revoked, reason: 5 })) };
}

const sheca: Incident = {
  id: "bz2015383",
  kind: "ca",
  date: "2026-02-06 to 2026-02-09",
  title: "SHECA: root CRL three days after the revocation of subordinate CAs",
  sources: [bugzilla(2015383)],
  story: `To revoke two cross-certificates a faulty routine was run, which revoked all subordinate CAs of two roots in the CA's
system. The next CRL came three days later; within 24 hours it has to.

The lesson: a revocation that is dated days before its first CRL tells that the CRL was late.`,
  trials: play({
    signer: shecaRoot,
    at: shecaAt,
    sound: { nextUpdate: "2027-01-31T00:00:00Z", ...subordinates(after(shecaAt, -6 * hour)) },
    previous: file("previous.crl", () =>
      crlOf(shecaRoot, "2025-12-01T00:00:00Z", { crlNumber: 4710, nextUpdate: "2026-11-01T00:00:00Z", entries: [] }),
    ),
    bad: [
      { turn: subordinates("2026-02-06T06:00:00Z"), expected: ["sequence/revocation-published-late"] },
    ],
  }),
};

/** A CRL that lists a certificate, the next one, and the certificate. */
interface Pair {
  readonly signer: KitCa;
  readonly before: string;
  readonly at: string;
  readonly notAfter: string;
  readonly expected: readonly string[];
  /** The number of the later CRL. */
  readonly number?: number;
}

const serial = 0x4d01_77a3n;

function leafFile({ signer, before, notAfter }: Pair): FixtureFile {
  return certificateFile("leaf.pem", () =>
    kit.certificate({ parent: signer, serial, notBefore: after(before, -60 * day), notAfter }),
  );
}

/** The first entry is gone from the later CRL, or is not. */
function removed(pair: Pair): readonly Trial[] {
  const { signer, before, at, expected, number = 4711 } = pair;
  const entries = entriesAt(before);
  return play({
    signer,
    at,
    now: after(at, hour),
    sound: { entries },
    previous: file("previous.crl", () => crlOf(signer, before, { entries, crlNumber: 4710 })),
    certificates: [leafFile(pair)],
    bad: [{ turn: { entries: entries.slice(1), crlNumber: number }, expected }],
  });
}

const gtsBatch: Incident = {
  id: "bz1634795",
  kind: "ca",
  date: "2020-04-08 to 2020-04-17",
  title: "Google Trust Services: revocation data of an older batch served for Y3 and Y4",
  sources: [bugzilla(1634795)],
  story: `CRLs signed ahead of time, in September 2019, took the place of what had been published since. That entries went with it is
what the report lets one infer.

The lesson: what was signed ahead does not know what happened since. Its number, lower than the last, gives it away.`,
  trials: play({
    signer: tlsCa(2018),
    at: "2020-04-08T00:00:00Z",
    sound: { entries: entriesAt("2020-03-20T00:00:00Z"), crlNumber: 21 },
    previous: file("previous.crl", () =>
      crlOf(tlsCa(2018), "2020-04-02T00:00:00Z", { crlNumber: 20, entries: entriesAt("2020-03-20T00:00:00Z") }),
    ),
    bad: [
      {
        turn: { entries: entriesAt("2020-03-20T00:00:00Z").slice(1), crlNumber: 19 },
        expected: ["sequence/entry-removed-early", "sequence/number-not-increasing"],
      },
    ],
  }),
};

const early = ["sequence/entry-removed-early"] as const;

const letsEncrypt: Incident = {
  id: "bz1954861",
  kind: "ca",
  date: "2025-03-18",
  title: "Let's Encrypt: two revoked certificates dropped before they expired",
  sources: [bugzilla(1954861), "https://github.com/letsencrypt/boulder/pull/8072"],
  story: `A window that looks back was added to the clock in place of taken from it, and two entries were gone from two partitions
while their certificates were good. A monitor of the CA's own told it at once.

The lesson: an entry goes only when its certificate has expired, and once more was listed.`,
  trials: removed({
    signer: tlsCa(2024),
    before: "2025-03-18T09:00:00Z",
    at: "2025-03-18T15:05:00Z",
    notAfter: "2025-04-20T00:00:00Z",
    expected: early,
  }),
};

const certainly: Incident = {
  id: "bz1954889",
  kind: "ca",
  date: "2025-02-13 to 2025-03-18",
  title: "Certainly: the same dropped entries, for five weeks",
  sources: [bugzilla(1954889)],
  story: `The same software with the same slip ran for five weeks at another CA, which had no such monitor and learnt it from the
first.

The lesson: compare each CRL with the one before, in production.`,
  trials: removed({
    signer: tlsCa(2024, { key: "p384" }),
    before: "2025-02-13T00:00:00Z",
    at: "2025-02-14T00:00:00Z",
    notAfter: "2025-03-10T00:00:00Z",
    expected: early,
  }),
};

const gtsExpired: Incident = {
  id: "inc-062",
  kind: "ca",
  date: "2019-08-16",
  title: "Google Trust Services: entries gone as soon as their certificate expired",
  sources: ["https://www.mail-archive.com/dev-security-policy@lists.mozilla.org/msg12493.html"],
  story: `A job listed only certificates that had not expired, so that an entry was missing from the first CRL behind the end of its
certificate, where it has to stand once more.

The lesson: the last CRL that lists a certificate is one from after its end.`,
  trials: removed({
    signer: tlsCa(2018),
    before: "2019-08-15T00:00:00Z",
    at: "2019-08-16T00:00:00Z",
    notAfter: "2019-08-15T12:00:00Z",
    expected: early,
  }),
};

const reRevoked: Unbuilt = {
  id: "inc-063",
  kind: "ca-software",
  date: "2025-04-02",
  title: "Boulder: a reason changed to keyCompromise did not reach the CRL",
  sources: ["https://github.com/letsencrypt/boulder/pull/8096"],
  why: "the CRL kept the reason that it had, which is sound in itself: only the CA's database knows that it should have changed",
};

function manyWith(reason: number, count: number): CrlKnobs {
  const old = Array.from({ length: 105 }, (_, i) => ({ serial: 0x500 + i, date: "2025-06-01T00:00:00Z", reason: 4 }));
  const added = Array.from({ length: count }, (_, i) => ({ serial: 0x900 + i, date: "2025-06-05T08:00:00Z", reason }));
  return { entries: [...old, ...added] };
}

const microsoftReason: Incident = {
  id: "bz1970968",
  kind: "ca",
  date: "2025-06-05",
  title: "Microsoft: 25,000 certificates revoked with the wrong reason",
  sources: [bugzilla(1970968)],
  story: `25,000 certificates were revoked as affiliationChanged where superseded was meant. It was seen two hours later.

The lesson: each entry is well formed; what shows is the number of them, all at once. Below there are 115.`,
  trials: play({
    signer: tlsCa(2024),
    at: "2025-06-05T09:00:00Z",
    sound: manyWith(4, 2),
    previous: file("previous.crl", () => crlOf(tlsCa(2024), "2025-06-04T09:00:00Z", { crlNumber: 4710, ...manyWith(4, 0) })),
    bad: [{ turn: manyWith(3, 115), expected: ["sequence/many-entries-added"] }],
  }),
};

const heartbleedCa = tlsCa(2011);

function growing(count: number): CrlKnobs {
  const entries = Array.from({ length: count }, (_, i) => ({ serial: 0x11_2100_0000n + BigInt(i), date: "2014-04-16T00:00:00Z" }));
  return { entries };
}

const heartbleed: Incident = {
  id: "inc-111",
  kind: "ca",
  date: "2014-04-16",
  title: "GlobalSign: CRL grows from 22 KB to 4.7 MB in a day",
  sources: ["https://blog.cloudflare.com/the-hard-costs-of-heartbleed/"],
  story: `Behind Heartbleed one customer had its certificates revoked, and everybody fetched the CRL that told it: 40 Gbit/s.

The lesson: sudden growth is worth a look before it is published. The large file is built by the test.`,
  trials: [
    {
      title: "the CRL as it was published",
      crl: file("published.crl", () => crlOf(heartbleedCa, "2014-04-16T06:00:00Z", growing(130_000)), true),
      ca: caFile(heartbleedCa),
      previous: file("previous.crl", () => crlOf(heartbleedCa, "2014-04-16T00:00:00Z", { crlNumber: 4710, ...growing(600) }), true),
      now: "2014-04-17T00:00:00Z",
      expected: ["sequence/many-entries-added"],
    },
    {
      title: "a day with a few more entries",
      crl: file("sound.crl", () => crlOf(heartbleedCa, "2014-04-16T06:00:00Z", growing(640)), true),
      ca: caFile(heartbleedCa),
      previous: file("previous.crl", () => crlOf(heartbleedCa, "2014-04-16T00:00:00Z", { crlNumber: 4710, ...growing(600) }), true),
      now: "2014-04-17T00:00:00Z",
      expected: [],
    },
  ],
};

const cacertCa = tlsCa(2005);
const cacertEntries = [{ serial, date: "2008-03-01T00:00:00Z" }, ...entriesAt("2014-09-10T00:00:00Z").slice(1)];

const cacert: Incident = {
  id: "inc-112",
  kind: "ca",
  date: "2014-09-15",
  title: "CAcert: entries of expired certificates never removed",
  sources: ["https://bugs.cacert.org/view.php?id=1306"],
  story: `Everything revoked since 2003 was still listed: 6.5 MB for each client, 130 GB a day, and timeouts.

The lesson: an entry has done its work once a CRL listed it behind the end of its certificate. The requirement that it
then should go is younger than the incident: hence \`--all-dates\`.`,
  remark: "with `--all-dates`: the recommendation is of 2024",
  trials: play({
    signer: cacertCa,
    at: "2014-09-15T00:00:00Z",
    allDates: true,
    profile: "tls-br",
    sound: { entries: cacertEntries.slice(1) },
    previous: file("previous.crl", () => crlOf(cacertCa, "2014-09-14T00:00:00Z", { crlNumber: 4710, entries: cacertEntries })),
    certificates: [
      certificateFile("leaf.pem", () =>
        kit.certificate({ parent: cacertCa, serial, notBefore: "2007-06-01T00:00:00Z", notAfter: "2009-06-01T00:00:00Z", crldp: ["http://crl.example.com/ca.crl"] }),
      ),
    ],
    bad: [{ turn: { entries: cacertEntries }, expected: ["sequence/expired-entry-kept"] }],
  }),
};

/** Incidents about what one CRL does to the one before. */
export const sequenceIncidents = [
  apple,
  sheca,
  gtsBatch,
  letsEncrypt,
  certainly,
  gtsExpired,
  reRevoked,
  microsoftReason,
  heartbleed,
  cacert,
];
