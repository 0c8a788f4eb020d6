import { bugzilla, caFile, crlOf, file, play, rootCa, tlsCa } from "./cast.ts";
import type { FixtureFile, Incident, Trial, Unbuilt } from "./incident.ts";

const at = "2026-05-11T00:00:00Z";
const signer = tlsCa(2024);

/** A CRL with many entries; some 36 octets each. */
function long(name: string, count: number, isLarge: boolean): FixtureFile {
  const date = "2026-05-10T00:00:00Z";
  const entry = (_: unknown, i: number) => ({ serial: 0x4d_0000_0000_0000n + BigInt(i), date, reason: 4 });
  return file(name, () => crlOf(signer, at, { entries: Array.from({ length: count }, entry) }), isLarge);
}

const huge = long("huge.crl", 300_000, true);

function sizeTrials(crl: FixtureFile, expected: readonly string[]): readonly Trial[] {
  const common = { ca: caFile(signer), now: "2026-05-12T00:00:00Z" };
  return [
    { title: "a long CRL", crl, ...common, expected },
    { title: "a short one", crl: long("sound.crl", 20, false), ...common, expected: [] },
  ];
}

const chunks: Incident = {
  id: "inc-105",
  kind: "ca-software",
  date: "2024-04-23",
  title: "Boulder: CRLs sent in pieces of one octet",
  sources: ["https://github.com/letsencrypt/boulder/pull/7451"],
  story: `A loop sent a CRL octet by octet. No test showed it, because all CRLs of the tests were shorter than a kilobyte.

The lesson: test with a CRL that no buffer holds. It is sound, and built by the test.`,
  trials: sizeTrials(long("two-thousand.crl", 2000, true), []),
};

const readers: Incident = {
  id: "inc-109",
  kind: "reader",
  date: "2016 to 2026",
  title: "PKI.js, Envoy, Conscrypt and others: huge CRLs take minutes, gigabytes, or the process",
  sources: [
    "https://github.com/PeculiarVentures/PKI.js/issues/290",
    "https://github.com/envoyproxy/envoy/issues/45894",
    "https://github.com/google/conscrypt/issues/520",
  ],
  story: `17 MB took a minute and 2.5 GB; 5 MB of PEM took 1.1 GB, once for each of fifty contexts; 20 MB ended the process on a
telephone. An object for each entry is what costs.

The lesson: the size of a CRL is paid by each client. The large file is built by the test.`,
  trials: sizeTrials(huge, ["input/very-large"]),
};

const limits: Incident = {
  id: "inc-110",
  kind: "reader",
  date: "2019 to 2026",
  title: "OpenSSL, curl, Snowflake, Boulder: CRLs above a limit fail",
  sources: [
    "https://github.com/openssl/openssl/issues/8581",
    "https://github.com/curl/curl/pull/16724",
    "https://github.com/snowflakedb/snowflake-jdbc/pull/2583",
  ],
  story: `Clients stop at 100 kB, 20 MB, 200 MB; what is larger is no CRL to them.

The lesson: publish partitions before the CRL is too large for somebody.`,
  trials: sizeTrials(huge, ["input/very-large"]),
};

const rootLimits: Incident = {
  id: "inc-113",
  kind: "linter",
  date: "2025-02-10 to 2026-06-26",
  title: "zlint, pkimetal, Boulder: root CRLs accused by the limit for subscriber certificates",
  sources: [
    "https://github.com/zmap/zlint/pull/916",
    "https://github.com/letsencrypt/boulder/pull/8368",
    "https://github.com/pkimetal/pkimetal/pull/1658",
  ],
  story: `A CRL does not say whether it is for ten days or for twelve months. Linters took each for one with subscriber certificates,
and CAs learnt to ignore them.

The lesson: the CA certificate tells. The root CRL of eleven months below is sound, and crllint says so; without the
certificate it is told by name what could not be judged.`,
  trials: play({
    signer: rootCa(2020),
    at,
    sound: { nextUpdate: "2027-04-10T00:00:00Z", entries: [] },
    bad: [],
  }).map((trial) => ({ ...trial, title: "a root CRL of eleven months" })),
};

const triplyBroken: Unbuilt = {
  id: "inc-114",
  kind: "linter",
  date: "2024-04-16",
  title: "zlint: test file that was broken in three ways at once",
  sources: ["https://github.com/zmap/zlint/pull/832"],
  why: "about how test files are made: here each has one defect and is signed anew",
};

const openssl: Unbuilt = {
  id: "inc-115",
  kind: "policy",
  date: "2025-05-28",
  title: "OpenSSL: what RFC 5280 demands of CAs is not for the verifier to check",
  sources: ["https://github.com/openssl/openssl/pull/27520"],
  why: "a decision, not a failure: it leaves these checks to the CA's side",
};

const model: Unbuilt = {
  id: "bz1900129",
  kind: "ca",
  date: "2024-06",
  title: "CCADB's model of a good report: invalid or incomplete CRLs served",
  sources: [bugzilla(1900129)],
  why: "only the title was at hand, which does not say what was wrong with the CRLs",
};

/** Incidents about size, and about linters. */
export const sizeIncidents = [chunks, readers, limits, rootLimits, triplyBroken, openssl, model];
