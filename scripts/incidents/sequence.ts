import { type CrlKnobs } from "../../src/fixture/index.ts";
import { after, bugzilla, caFile, crlOf, entriesAt, file, hour, play, rootCa, tlsCa } from "./cast.ts";
import type { Incident, Unbuilt } from "./incident.ts";

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
    bad: [{ turn: subordinates("2026-02-06T06:00:00Z"), expected: ["sequence/revocation-published-late"] }],
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
    previous: file("previous.crl", () =>
      crlOf(tlsCa(2024), "2025-06-04T09:00:00Z", { crlNumber: 4710, ...manyWith(4, 0) }),
    ),
    bad: [{ turn: manyWith(3, 115), expected: ["sequence/many-entries-added"] }],
  }),
};

const heartbleedCa = tlsCa(2011);

function growing(count: number): CrlKnobs {
  const entries = Array.from({ length: count }, (_, i) => ({
    serial: 0x11_2100_0000n + BigInt(i),
    date: "2014-04-16T00:00:00Z",
  }));
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
      previous: file(
        "previous.crl",
        () => crlOf(heartbleedCa, "2014-04-16T00:00:00Z", { crlNumber: 4710, ...growing(600) }),
        true,
      ),
      now: "2014-04-17T00:00:00Z",
      expected: ["sequence/many-entries-added"],
    },
    {
      title: "a day with a few more entries",
      crl: file("sound.crl", () => crlOf(heartbleedCa, "2014-04-16T06:00:00Z", growing(640)), true),
      ca: caFile(heartbleedCa),
      previous: file(
        "previous.crl",
        () => crlOf(heartbleedCa, "2014-04-16T00:00:00Z", { crlNumber: 4710, ...growing(600) }),
        true,
      ),
      now: "2014-04-17T00:00:00Z",
      expected: [],
    },
  ],
};

/** Incidents about what one CRL does to the one before. */
export const sequenceIncidents = [apple, sheca, reRevoked, microsoftReason, heartbleed];
