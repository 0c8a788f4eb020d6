import { type CrlKnobs } from "../../src/fixture/index.ts";
import { after, bugzilla, caFile, crlOf, entriesAt, file, hour, trialsOf, rootCa, tlsCa } from "./cast.ts";
import type { Incident, Unbuilt } from "./incident.ts";

const apple: Incident = {
  id: "bz1772644",
  kind: "ca",
  date: "2022",
  title: "Apple: CRLs every 37.5 hours instead of the 24 hours in the practice statement",
  sources: [bugzilla(1772644)],
  story: `CRLs that the CA intended to issue every 24 hours were sometimes issued 37.5 hours after the last one.

The lesson: compare with the previous CRL. The Baseline Requirements require a CRL every 7 days, so the pair passes
under their profile. ETSI requires 24 hours for CRLs with end user certificates.`,
  remark: "with `--profile tls-br,etsi`, whose limit of 24 hours the CA had set itself",
  trials: trialsOf({
    signer: tlsCa(2020),
    at: "2022-05-24T13:30:00Z",
    valid: { entries: entriesAt("2022-05-20T00:00:00Z"), thisUpdate: "2022-05-24T00:00:00Z" },
    profile: ["tls-br", "etsi"],
    now: "2022-05-24T18:00:00Z",
    previous: file("previous.crl", () =>
      crlOf(tlsCa(2020), "2022-05-23T00:00:00Z", { crlNumber: 4710, entries: entriesAt("2022-05-20T00:00:00Z") }),
    ),
    bad: [{ change: { thisUpdate: "2022-05-24T13:30:00Z" }, expected: ["sequence/etsi-interval-24-hours"] }],
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
  story: `To revoke two cross-certificates, the CA ran a faulty routine, which revoked all subordinate CAs of two roots in the
CA's system. The next CRL was issued three days later, but it must be issued within 24 hours.

The lesson: a revocation date that is days earlier than the first CRL with the entry shows that this CRL was late.`,
  trials: trialsOf({
    signer: shecaRoot,
    at: shecaAt,
    valid: { nextUpdate: "2027-01-31T00:00:00Z", ...subordinates(after(shecaAt, -6 * hour)) },
    previous: file("previous.crl", () =>
      crlOf(shecaRoot, "2025-12-01T00:00:00Z", { crlNumber: 4710, nextUpdate: "2026-11-01T00:00:00Z", entries: [] }),
    ),
    bad: [{ change: subordinates("2026-02-06T06:00:00Z"), expected: ["sequence/revocation-published-late"] }],
  }),
};

const reRevoked: Unbuilt = {
  id: "inc-063",
  kind: "ca-software",
  date: "2025-04-02",
  title: "Boulder: a reason changed to keyCompromise did not reach the CRL",
  sources: ["https://github.com/letsencrypt/boulder/pull/8096"],
  why: "the CRL kept the old reason, which is valid in itself: only the CA's database shows that it had changed",
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
  story: `25,000 certificates were revoked with affiliationChanged instead of superseded. The CA noticed it two hours later.

The lesson: each entry is valid, but the number of new entries is unusual. Below, there are 115.`,
  trials: trialsOf({
    signer: tlsCa(2024),
    at: "2025-06-05T09:00:00Z",
    valid: manyWith(4, 2),
    previous: file("previous.crl", () =>
      crlOf(tlsCa(2024), "2025-06-04T09:00:00Z", { crlNumber: 4710, ...manyWith(4, 0) }),
    ),
    bad: [{ change: manyWith(3, 115), expected: ["sequence/many-entries-added"] }],
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
  story: `After Heartbleed, one customer had its certificates revoked, and all clients downloaded the CRL: 40 Gbit/s.

The lesson: check sudden growth before you publish the CRL. The test builds the large file.`,
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

/** Incidents about changes since the previous CRL. */
export const sequenceIncidents = [apple, sheca, reRevoked, microsoftReason, heartbleed];
