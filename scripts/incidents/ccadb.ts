import { kit } from "../../src/fixture/index.ts";
import type { CcadbKnobs } from "../../src/fixture/knobs.ts";
import { after, bugzilla, caFile, certificateFile, crlOf, day, file, tlsCa } from "./cast.ts";
import type { FixtureFile, Incident, Trial } from "./incident.ts";

const at = "2026-04-06T00:00:00Z";
const signer = tlsCa(2024);

/** The CCADB Policy of which the rules are came into force; the reports are older. */
const inForce = "2026-03-20";
const olderThanPolicy = "with `--all-dates`: the policy that the rule cites is of March 2026";

/** Records that differ, in turn, from those that are right. */
interface Disclosure {
  readonly at?: string;
  readonly was: readonly CcadbKnobs[];
  readonly right: readonly CcadbKnobs[];
  readonly expected: readonly string[];
  /** URI at which a certificate of the CA looks for its CRL; without it no certificate is given. */
  readonly leaf?: string;
  /** Name of the file of the former, and what it shows. */
  readonly name?: string;
  readonly title?: string;
}

function leafFile(uri: string): FixtureFile {
  const validity = { notBefore: "2025-03-31T00:00:00Z", notAfter: "2026-04-30T00:00:00Z" };
  return certificateFile("leaf.pem", () =>
    kit.certificate({ parent: signer, serial: 0x3100n, crldp: [uri], ...validity }),
  );
}

function ccadbFile(name: string, records: readonly CcadbKnobs[]): FixtureFile {
  // git gives text files its own line ends.
  const write = (): string =>
    new TextDecoder().decode(kit.ccadb(...records.map((record) => ({ ca: signer, ...record }))));
  return file(name, () => write().replaceAll("\r\n", "\n"));
}

/** A sound full CRL with the records as they were, and as they should have been. */
function disclose({
  at: moment = at,
  was,
  right,
  expected,
  leaf,
  name = "ccadb.csv",
  title = "the URLs as they were disclosed",
}: Disclosure): readonly Trial[] {
  const common = {
    crl: file("sound.crl", () => crlOf(signer, moment)),
    ca: caFile(signer),
    ...(leaf !== undefined && { certificates: [leafFile(leaf)] }),
    ...(moment < inForce && { allDates: true as const }),
    now: after(moment, day),
    profile: ["tls-br", "ccadb"] as const,
  };
  return [
    { title, ...common, ccadb: ccadbFile(name, was), expected },
    {
      title: "the URLs as they should have been",
      ...common,
      ccadb: ccadbFile("sound-ccadb.csv", right),
      expected: [],
    },
  ];
}

const p = (number: number): string => `http://crl.example.com/p${number}.crl`;
const notOfCertificates = ["shards/ccadb-json-array"] as const;

const microsoftArray: Incident = {
  id: "bz1990801",
  kind: "ca",
  date: "2025-09-23",
  title: "Microsoft: JSON array of URLs without its brackets",
  sources: [bugzilla(1990801)],
  story: `The field that holds a JSON array of the URLs of partitions had the URLs, and no brackets around them. It was mended by
putting the URL of a full CRL in its place, which was wrong again.

The lesson: parse what you disclose as those parse it who read it.`,
  trials: disclose({
    at: "2025-09-22T00:00:00Z",
    was: [{ partitioned: `"${p(1)}","${p(2)}"` }],
    right: [{ partitioned: [p(1), p(2)] }],
    expected: ["ccadb/array-malformed"],
  }),
};

const microsoft: Incident = {
  id: "bz2007221",
  kind: "ca",
  date: "2025-12-18",
  title: "Microsoft: full CRL disclosed, partitions in the certificates",
  sources: [bugzilla(2007221)],
  story: `For twelve CAs the URL of a full CRL was disclosed, while the certificates lead to partitions.

The lesson: what is disclosed are the URLs that stand in certificates.`,
  trials: disclose({
    at: "2025-12-18T00:00:00Z",
    was: [{ full: "http://crl.example.com/full.crl" }],
    right: [{ partitioned: [p(6), p(7)] }],
    leaf: p(7),
    expected: notOfCertificates,
  }),
  remark: olderThanPolicy,
};

const dTrust: Incident = {
  id: "bz2007116",
  kind: "ca",
  date: "2025-12-18",
  title: "D-Trust: disclosed URLs differ from those of the certificates",
  sources: [bugzilla(2007116)],
  story: `The URLs of four intermediate CAs were not, character by character, those of their certificates.

The lesson: copy the URL from a certificate; do not type it.`,
  trials: disclose({
    at: "2025-12-18T00:00:00Z",
    was: [{ full: "http://crl.example.com/example_tls_ca_1.crl" }],
    right: [{ full: "http://crl.example.com/Example_TLS_CA_1.crl" }],
    leaf: "http://crl.example.com/Example_TLS_CA_1.crl",
    expected: notOfCertificates,
  }),
  remark: olderThanPolicy,
};

const rootG3 = "http://crl.example.com/?RootCAG3.crl";

const eMudhra: Incident = {
  id: "bz2007297",
  kind: "ca",
  date: "2025-12-19",
  title: "eMudhra: disclosed URLs that lead to the same file and are other texts",
  sources: [bugzilla(2007297)],
  story: `A slash before the question mark, and https in place of http: a browser fetches the same octets, a program that compares
texts finds two URLs.

The lesson: to be the same URL is to be the same text.`,
  trials: ["http://crl.example.com?RootCAG3.crl", "https://crl.example.com/?RootCAG3.crl"].flatMap((full, i) =>
    disclose({
      at: "2025-12-19T00:00:00Z",
      was: [{ full }],
      right: [{ full: rootG3 }],
      leaf: rootG3,
      expected: notOfCertificates,
      name: `ccadb-${i + 1}.csv`,
      title: `${full} in place of ${rootG3}`,
    }).slice(0, i + 1),
  ),
  remark: olderThanPolicy,
};

const vikingCloud: Incident = {
  id: "bz1964167",
  kind: "ca",
  date: "2025-03-31 to 2025-05-02",
  title: "VikingCloud: no URL disclosed after the first certificate",
  sources: [bugzilla(1964167)],
  story: `Seven days behind the first certificate of a CA the record in the CCADB still named no CRL. A root program found it.

The lesson: the first CRL of a CA is not done before its URL is disclosed.`,
  trials: disclose({
    at: "2025-04-14T00:00:00Z",
    was: [{}],
    right: [{ full: "http://crl.example.com/tls-ca-1.crl" }],
    expected: ["ccadb/url-missing"],
  }),
};

const netlock: Incident = {
  id: "bz2001327",
  kind: "ca",
  date: "2025-11",
  title: "NETLOCK: no URL disclosed for a CA with subordinate CAs",
  sources: [bugzilla(2001327)],
  story: `The record of a CA that had issued subordinate CAs named no CRL.

The lesson: CAs whose only certificates are those of other CAs have CRLs too.`,
  trials: disclose({
    at: "2025-11-10T00:00:00Z",
    was: [{ partitioned: [""] }],
    right: [{ full: "http://crl.example.com/ca-1.crl" }],
    expected: ["ccadb/url-missing"],
  }),
};

const gtsRoots: Incident = {
  id: "bz2031164",
  kind: "ca",
  date: "2026-04-03",
  title: "Google Trust Services: only the older URLs of roots disclosed",
  sources: [bugzilla(2031164)],
  story: `Newer certificates have shorter URLs, which were not disclosed; for one root a URL was that no certificate has ever had.

The lesson: the set of disclosed URLs is that of all certificates that are still good. That a URL is in no certificate
does not show with some of the certificates: crllint does not judge it.`,
  trials: disclose({
    was: [{ full: "http://crl.example.com/long/path/root1.crl" }],
    right: [{ full: "http://c.example.com/r1.crl" }],
    leaf: "http://c.example.com/r1.crl",
    expected: notOfCertificates,
  }),
};

const crossCertified: Incident = {
  id: "bz2034360",
  kind: "ca",
  date: "2026-03-20 to 2026-04-20",
  title: "GlobalSign: records of cross-certificates name fewer URLs than that of the root",
  sources: [bugzilla(2034360)],
  story: `Six records of cross-certificates listed a part of the URLs that the record of the self-signed certificate has, though
name and key are the same, and so are the CRLs.

The lesson: a CA is a name and a key, however many certificates it has.`,
  trials: disclose({
    was: [
      { name: "Example Root", partitioned: [p(1), p(2)] },
      { name: "Example Root, cross-certificate", partitioned: [p(1)] },
    ],
    right: [
      { name: "Example Root", partitioned: [p(1), p(2)] },
      { name: "Example Root, cross-certificate", partitioned: [p(1), p(2)] },
    ],
    expected: ["ccadb/records-of-one-key-differ"],
  }),
};

/** Incidents about URLs in certificates and in the CCADB. */
export const ccadbIncidents = [
  microsoftArray,
  microsoft,
  dTrust,
  eMudhra,
  vikingCloud,
  netlock,
  gtsRoots,
  crossCertified,
];
