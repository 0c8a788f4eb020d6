import { kit } from "../../src/fixture/index.ts";
import type { CcadbKnobs } from "../../src/fixture/knobs.ts";
import { after, bugzilla, caFile, certificateFile, crlOf, day, file, tlsCa } from "./cast.ts";
import type { FixtureFile, Incident, Trial } from "./incident.ts";

const at = "2026-04-06T00:00:00Z";
const signer = tlsCa(2024);

/** Effective date of the CCADB Policy that the rules cite; the reports are older. */
const inForce = "2026-03-20";
const olderThanPolicy = "with `--all-dates`: the policy that the rule cites took effect in March 2026";

/** Wrong CCADB records, and the correct ones. */
interface Disclosure {
  readonly at?: string;
  readonly was: readonly CcadbKnobs[];
  readonly right: readonly CcadbKnobs[];
  readonly expected: readonly string[];
  /** URI of the distribution point in a certificate of the CA; without it, no certificate is given. */
  readonly leaf?: string;
  /** Name of the file of the wrong records. */
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
  // git changes the line ends of text files.
  const write = (): string =>
    new TextDecoder().decode(kit.ccadb(...records.map((record) => ({ ca: signer, ...record }))));
  return file(name, () => write().replaceAll("\r\n", "\n"));
}

/** Returns trials of a valid full CRL with the wrong records and with the correct records. */
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
  story: `The field for the JSON array of partition URLs contained the URLs without brackets. In the first fix, the URL of a full
CRL replaced them, which was also wrong.

The lesson: parse the disclosed data in the same way as its readers do.`,
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
  story: `For twelve CAs, the URL of a full CRL was disclosed, but the certificates contain URLs of partitions.

The lesson: disclose the URLs that are in the certificates.`,
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
  story: `The disclosed URLs of four intermediate CAs were not identical, character for character, to those in their certificates.

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
  title: "eMudhra: disclosed URLs of the same file that are different texts",
  sources: [bugzilla(2007297)],
  story: `The URLs differed in a slash before the question mark, and in https instead of http. A browser downloads the same bytes,
but software that compares texts finds two URLs.

The lesson: two URLs are the same only if their texts are identical.`,
  trials: ["http://crl.example.com?RootCAG3.crl", "https://crl.example.com/?RootCAG3.crl"].flatMap((full, i) =>
    disclose({
      at: "2025-12-19T00:00:00Z",
      was: [{ full }],
      right: [{ full: rootG3 }],
      leaf: rootG3,
      expected: notOfCertificates,
      name: `ccadb-${i + 1}.csv`,
      title: `${full} instead of ${rootG3}`,
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
  story: `Seven days after the first certificate of a CA, its CCADB record still had no CRL URL. A root program found it.

The lesson: disclose the URL together with the first CRL of a CA.`,
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
  story: `The CCADB record of a CA that had issued certificates for subordinate CAs had no CRL URL.

The lesson: a CA that issues only CA certificates also has a CRL.`,
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
  story: `Newer certificates have shorter URLs, which were not disclosed. For one root, a disclosed URL was in no certificate.

The lesson: the disclosed URLs must be those of all unexpired certificates. crllint does not check whether a disclosed
URL is in no certificate, because this cannot be seen from some of the certificates.`,
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
  title: "GlobalSign: records of cross-certificates have fewer URLs than that of the root",
  sources: [bugzilla(2034360)],
  story: `Six records of cross-certificates listed only some of the URLs in the record of the self-signed certificate. Name, key
and CRLs are the same.

The lesson: a CA is a name and a key, regardless of the number of its certificates.`,
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
