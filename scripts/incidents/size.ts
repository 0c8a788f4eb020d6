import { bugzilla, caFile, crlOf, file, trialsOf, rootCa, tlsCa } from "./cast.ts";
import type { FixtureFile, Incident, Trial, Unbuilt } from "./incident.ts";

const at = "2026-05-11T00:00:00Z";
const signer = tlsCa(2024);

/** Returns a CRL with many entries of about 36 bytes. */
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
    { title: "a short CRL", crl: long("sound.crl", 20, false), ...common, expected: [] },
  ];
}

const chunks: Incident = {
  id: "inc-105",
  kind: "ca-software",
  date: "2024-04-23",
  title: "Boulder: CRLs sent in pieces of one byte",
  sources: ["https://github.com/letsencrypt/boulder/pull/7451"],
  story: `A loop sent a CRL byte by byte. No test detected it, because all CRLs in the tests were smaller than 1 kB.

The lesson: test with a CRL that is larger than every buffer. The CRL below is valid, and the test builds it.`,
  trials: sizeTrials(long("two-thousand.crl", 2000, true), []),
};

const readers: Incident = {
  id: "inc-109",
  kind: "reader",
  date: "2016 to 2026",
  title: "PKI.js, Envoy, Conscrypt and others: huge CRLs take minutes and gigabytes, or end the process",
  sources: [
    "https://github.com/PeculiarVentures/PKI.js/issues/290",
    "https://github.com/envoyproxy/envoy/issues/45894",
    "https://github.com/google/conscrypt/issues/520",
  ],
  story: `A CRL of 17 MB took one minute and 2.5 GB. 5 MB of PEM took 1.1 GB for each of fifty contexts. 20 MB ended the process
on a phone. The cause is one object per entry.

The lesson: every client bears the cost of a large CRL. The test builds the large file.`,
  trials: sizeTrials(huge, ["input/very-large"]),
};

const limits: Incident = {
  id: "inc-110",
  kind: "reader",
  date: "2019 to 2026",
  title: "OpenSSL, curl, Snowflake, Boulder: CRLs larger than a limit fail",
  sources: [
    "https://github.com/openssl/openssl/issues/8581",
    "https://github.com/curl/curl/pull/16724",
    "https://github.com/snowflakedb/snowflake-jdbc/pull/2583",
  ],
  story: `Clients have limits of 100 kB, 20 MB or 200 MB, and reject larger CRLs.

The lesson: publish partitions before the CRL becomes too large for some clients.`,
  trials: sizeTrials(huge, ["input/very-large"]),
};

const rootLimits: Incident = {
  id: "inc-113",
  kind: "linter",
  date: "2025-02-10 to 2026-06-26",
  title: "zlint, pkimetal, Boulder: false alarms for root CRLs, with the limit for subscriber certificates",
  sources: [
    "https://github.com/zmap/zlint/pull/916",
    "https://github.com/letsencrypt/boulder/pull/8368",
    "https://github.com/pkimetal/pkimetal/pull/1658",
  ],
  story: `A CRL does not show whether its limit is 10 days or 12 months. Linters treated all CRLs as CRLs for subscriber
certificates, and CAs started to ignore the linters.

The lesson: the CA certificate shows the limit. The root CRL of 11 months below is valid, and crllint reports nothing.
Without the certificate, crllint lists the rules that it could not check.`,
  trials: trialsOf({
    signer: rootCa(2020),
    at,
    valid: { nextUpdate: "2027-04-10T00:00:00Z", entries: [] },
    bad: [],
  }).map((trial) => ({ ...trial, title: "a root CRL of 11 months" })),
};

const triplyBroken: Unbuilt = {
  id: "inc-114",
  kind: "linter",
  date: "2024-04-16",
  title: "zlint: test file with three defects",
  sources: ["https://github.com/zmap/zlint/pull/832"],
  why: "about the creation of test files: in this project, each file has one defect and a new signature",
};

const openssl: Unbuilt = {
  id: "inc-115",
  kind: "policy",
  date: "2025-05-28",
  title: "OpenSSL: verifiers do not check the requirements of RFC 5280 for CAs",
  sources: ["https://github.com/openssl/openssl/pull/27520"],
  why: "a decision, not a failure: these checks are left to the CAs",
};

const model: Unbuilt = {
  id: "bz1900129",
  kind: "ca",
  date: "2024-06",
  title: "CCADB's example of a good report: invalid or incomplete CRLs served",
  sources: [bugzilla(1900129)],
  why: "only the title was available, which does not state the defect",
};

/** Incidents about size, and about linters. */
export const sizeIncidents = [chunks, readers, limits, rootLimits, triplyBroken, openssl, model];
