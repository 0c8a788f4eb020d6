import { kit } from "../../src/fixture/index.ts";
import { after, bugzilla, certificateFile, crlOf, caFile, day, disclosedFile, file, play, tlsCa } from "./cast.ts";
import type { FixtureFile, Incident, Trial, Unbuilt } from "./incident.ts";

const at = "2026-04-06T00:00:00Z";
const signer = tlsCa(2024);
const profile = ["tls-br", "ccadb"] as const;
const notDisclosed = ["shards/ccadb-json-array"] as const;

function leaf(uri: string, name = "leaf.pem"): FixtureFile {
  return certificateFile(name, () =>
    kit.certificate({
      parent: signer,
      serial: 0x3100n,
      crldp: [uri],
      notBefore: "2026-03-01T00:00:00Z",
      notAfter: "2026-05-30T00:00:00Z",
    }),
  );
}

/** A full CRL and a certificate that looks for it at a URI, with the URLs that were disclosed and those that are right. */
function disclosure(uri: string, was: readonly string[], right: readonly string[], moment = at): readonly Trial[] {
  const common = {
    crl: file("sound.crl", () => crlOf(signer, moment)),
    ca: caFile(signer),
    certificates: [leaf(uri)],
    now: after(moment, day),
    profile,
  };
  return [
    { title: "the URLs as they were disclosed", ...common, disclosed: disclosedFile(...was), expected: notDisclosed },
    {
      title: "the same with the URLs of the certificates",
      ...common,
      disclosed: file("sound-disclosed.json", () => disclosedFile(...right).bytes()),
      expected: [],
    },
  ];
}

const p = (number: number): string => `http://crl.example.com/p${number}.crl`;

const microsoftArray: Unbuilt = {
  id: "bz1990801",
  kind: "ca",
  date: "2025-09-23",
  title: "Microsoft: JSON array of URLs without its brackets",
  sources: [bugzilla(1990801)],
  why: "the field of the CCADB record itself is malformed; crllint is given the URLs, and does not read records yet",
};

const microsoft: Incident = {
  id: "bz2007221",
  kind: "ca",
  date: "2025-12-18",
  title: "Microsoft: full CRL disclosed, partitions in the certificates",
  sources: [bugzilla(2007221)],
  story: `For twelve CAs the URL of a full CRL was disclosed, while the certificates lead to partitions.

The lesson: what is disclosed are the URLs that stand in certificates.`,
  trials: disclosure(p(7), ["http://crl.example.com/full.crl"], [p(6), p(7)], "2026-03-23T00:00:00Z"),
  remark: "judged in March 2026, since when the CCADB Policy demands it",
};

const dTrust: Incident = {
  id: "bz2007116",
  kind: "ca",
  date: "2025-12-18",
  title: "D-Trust: disclosed URLs differ from those of the certificates",
  sources: [bugzilla(2007116)],
  story: `The URLs of four intermediate CAs were not, character by character, those of their certificates.

The lesson: copy the URL from a certificate; do not type it.`,
  trials: disclosure(
    "http://crl.example.com/Example_TLS_CA_1.crl",
    ["http://crl.example.com/example_tls_ca_1.crl"],
    ["http://crl.example.com/Example_TLS_CA_1.crl"],
  ),
};

const eMudhra: Incident = {
  id: "bz2007297",
  kind: "ca",
  date: "2025-12-19",
  title: "eMudhra: disclosed URLs that lead to the same file and are other texts",
  sources: [bugzilla(2007297)],
  story: `A slash before the question mark, and https in place of http: a browser fetches the same octets, a program that compares
texts finds two URLs.

The lesson: to be the same URL is to be the same text.`,
  trials: [
    ...disclosure(
      "http://crl.example.com/?RootCAG3.crl",
      ["http://crl.example.com?RootCAG3.crl"],
      ["http://crl.example.com/?RootCAG3.crl"],
    ),
    {
      title: "https in place of http",
      crl: file("sound.crl", () => crlOf(signer, at)),
      ca: caFile(signer),
      certificates: [leaf("http://crl.example.com/?RootCAG3.crl")],
      profile,
      disclosed: file("https-disclosed.json", () => disclosedFile("https://crl.example.com/?RootCAG3.crl").bytes()),
      now: after(at, day),
      expected: notDisclosed,
    },
  ],
};

const vikingCloud: Incident = {
  id: "bz1964167",
  kind: "ca",
  date: "2025-03-31 to 2025-05-02",
  title: "VikingCloud: no URL disclosed after the first certificate",
  sources: [bugzilla(1964167)],
  story: `Seven days behind the first certificate of a CA the record in the CCADB still named no CRL. A root program found it.

The lesson: the first CRL of a CA is not done before its URL is disclosed.`,
  trials: disclosure("http://crl.example.com/tls-ca-1.crl", [], ["http://crl.example.com/tls-ca-1.crl"]),
};

const netlock: Incident = {
  id: "bz2001327",
  kind: "ca",
  date: "2025-11",
  title: "NETLOCK: no URL disclosed for a CA with subordinate CAs",
  sources: [bugzilla(2001327)],
  story: `The record of a CA that had issued subordinate CAs named no CRL.

The lesson: CAs whose only certificates are those of other CAs have CRLs too.`,
  trials: disclosure("http://crl.example.com/ca-1.crl", [], ["http://crl.example.com/ca-1.crl"]),
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
  trials: disclosure(
    "http://c.example.com/r1.crl",
    ["http://crl.example.com/long/path/root1.crl"],
    ["http://crl.example.com/long/path/root1.crl", "http://c.example.com/r1.crl"],
  ),
};

const crossCertified: Incident = {
  id: "bz2034360",
  kind: "ca",
  date: "2026-03-20 to 2026-04-20",
  title: "GlobalSign: records of cross-certificates name fewer URLs than that of the root",
  sources: [bugzilla(2034360)],
  story: `Six records of cross-certificates listed a part of the URLs that the record of the self-signed certificate has, though
name and key are the same, and so are the CRLs.

The lesson: a CA is a name and a key, however many certificates it has. Below, the URLs are those of the record of a
cross-certificate.`,
  trials: disclosure(p(2), [p(1)], [p(1), p(2)]),
};

const blank = tlsCa(2024, { pathLen: null });

function subordinate(uri: string, name: string): FixtureFile {
  return certificateFile(name, () =>
    kit.certificate({ cA: true, parent: blank, crldp: [uri], notBefore: "2025-01-01T00:00:00Z" }),
  );
}

const crldpHygiene: Incident = {
  id: "inc-052",
  kind: "ca",
  date: "2026-08-21",
  title: "Entrust, LAWtrust and others: URIs in CA certificates that cannot be fetched as they stand",
  sources: ["https://github.com/crtsh/ccadb_data"],
  story: `Among the CA certificates in the CCADB one has a distribution point that begins with a blank, three name a file on a
server of the CA's, some use https or ldap.

The lesson: a certificate cannot be mended; look at its URIs before it is signed.`,
  trials: [
    ...play({
      signer: blank,
      at: "2026-08-21T00:00:00Z",
      certificates: [subordinate(" http://crl.example.com/g4ca.crl", "leading-blank.pem")],
      bad: [{ title: "a blank before the URI", name: "sound.crl", turn: {}, expected: ["certs/crldp-not-http"] }],
    }).slice(0, 1),
    ...play({
      signer: blank,
      at: "2026-08-21T00:00:00Z",
      certificates: [subordinate("file://server/pki/ca.crl", "file-uri.pem")],
      bad: [{ title: "a file URI", name: "sound.crl", turn: {}, expected: ["certs/crldp-not-http"] }],
    }).slice(0, 1),
    ...play({
      signer: blank,
      at: "2026-08-21T00:00:00Z",
      certificates: [subordinate("http://crl.example.com/g4ca.crl", "sound.pem")],
      bad: [],
    }),
  ],
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
  crldpHygiene,
];
