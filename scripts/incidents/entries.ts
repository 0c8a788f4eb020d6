import { type EntryKnobs, kit } from "../../src/fixture/index.ts";
import { after, bugzilla, entriesAt, play, tlsCa } from "./cast.ts";
import type { Incident } from "./incident.ts";

const { der, extension } = kit;
const at = "2025-05-19T00:00:00Z";
const signer = tlsCa(2024);
const entries = entriesAt(at);
const [first, second, third] = entries;

/** The sound entries, with the first one changed. */
function withFirst(knobs: EntryKnobs): { readonly entries: readonly EntryKnobs[] } {
  return { entries: [{ ...first, ...knobs }, ...entries.slice(1)] };
}

const dfn: Incident = {
  id: "bz2011238",
  kind: "ca",
  date: "2023-07-03 to 2026-01-22",
  title: "Telekom Security / DFN: empty revokedCertificates",
  sources: [bugzilla(2011238), "https://github.com/zmap/zlint/pull/831"],
  story: `For two and a half years two CAs that had revoked nothing published an empty SEQUENCE where the field has to be absent.

The lesson: the CRL of a CA that has revoked nothing is a case of its own, and the first that each CA publishes.`,
  trials: play({
    signer: tlsCa(2020),
    at: "2023-07-03T00:00:00Z",
    sound: { entries: [] },
    bad: [{ turn: { revokedCertificates: der.seq() }, expected: ["entry/list-empty"] }],
  }),
};

const xipki: Incident = {
  id: "inc-070",
  kind: "reader",
  date: "not known",
  title: "XiPKI: CRL without revokedCertificates refused",
  sources: ["https://github.com/xipki/xipki/issues/147"],
  story: `The right form of a CRL that lists nothing broke a reader. Only the title of the report was at hand.

The lesson: the CRL below is sound, and crllint says so.`,
  trials: play({ signer, at, sound: { entries: [] }, bad: [] }).map((trial) => ({
    ...trial,
    title: "a sound CRL that lists nothing",
  })),
};

const serials: Incident = {
  id: "inc-071",
  kind: "reader",
  date: "2013-11-06 to 2025-04-18",
  title: "RPKI and Go: zero, negative and overlong serials of entries",
  sources: ["https://github.com/dragonresearch/rpki.net/issues/662", "https://github.com/golang/go/issues/73433"],
  story: `Those who read such CRLs do not agree on whether to refuse them.

The lesson: the finding names the entry and its serial, so that the CA finds the certificate.`,
  trials: play({
    signer,
    at,
    bad: [
      { title: "0", name: "zero.crl", turn: withFirst({ serial: 0 }), expected: ["entry/serial-not-positive"] },
      {
        title: "-24",
        name: "negative.crl",
        turn: withFirst({ serial: "e8" }),
        expected: ["entry/serial-not-positive"],
      },
      {
        title: "21 octets",
        name: "too-long.crl",
        turn: withFirst({ serial: `01${"00".repeat(20)}` }),
        expected: ["entry/serial-too-long"],
      },
    ],
  }),
};

const duplicates: Incident = {
  id: "inc-068",
  kind: "policy",
  date: "2021-07-23 to 2025-05-01",
  title: "Puppet and readers: one serial twice in a CRL",
  sources: [
    "https://github.com/cabforum/servercert/issues/589",
    "https://github.com/puppetlabs/puppetserver/pull/2561",
    "https://github.com/openssl/openssl/issues/27444",
  ],
  story: `A certificate was revoked twice, with two reasons. Readers take the first entry or the last.

The lesson: one certificate, one entry.`,
  trials: play({
    signer,
    at,
    bad: [
      {
        turn: { entries: [...entries, { ...first, reason: 4 }] },
        expected: ["entry/serial-listed-twice"],
      },
    ],
  }),
};

const undecodable: Incident = {
  id: "inc-079",
  kind: "reader",
  date: "2026-08-26",
  title: "OpenSSL: reasonCode that cannot be read hides a critical extension of a later entry",
  sources: ["https://github.com/openssl/openssl/issues/32366"],
  story: `A malformed extension of one entry ended the search for critical extensions of those behind it.

The lesson: every extension of every entry is read, and each fault is told where it is.`,
  trials: play({
    signer,
    at,
    bad: [
      {
        turn: {
          entries: [
            { ...first, reason: der.int(1) },
            { ...second, extensions: [extension.extension("1.3.6.1.4.1.99999.1", der.nul(), true)] },
            ...(third ? [third] : []),
          ],
        },
        expected: ["entry-extension/unknown-critical", "reason/not-enumerated"],
      },
    ],
  }),
};

const phantom: Incident = {
  id: "inc-080",
  kind: "reader",
  date: "2026-07-12",
  title: "Mbed TLS: what stands behind the fields of an entry becomes an entry",
  sources: ["https://github.com/Mbed-TLS/mbedtls/pull/10827"],
  story: `The parser took up what an entry had beyond its fields as one more entry.

The lesson: a SEQUENCE ends where its fields do.`,
  trials: play({
    signer,
    at,
    bad: [
      {
        turn: withFirst({
          raw: der.seq(
            der.int(0x4d01_77a3n),
            der.time(after(at, -3600)),
            der.seq(extension.extensionDer(extension.reasonCode(1))),
            der.seq(der.int(0x666), der.time(after(at, -3600))),
          ),
        }),
        expected: ["der/unexpected-element"],
      },
    ],
  }),
};

const certificateIssuer: Incident = {
  id: "inc-081",
  kind: "reader",
  date: "2025-04-22, 2026-09-08",
  title: "pyca and Bouncy Castle: certificateIssuer in a CRL that is not indirect",
  sources: ["https://github.com/pyca/cryptography/issues/12788", "https://github.com/bcgit/bc-java/issues/2425"],
  story: `The extension says that an entry is about another CA's certificate, which only an indirect CRL may do.

The lesson: it is critical, so that clients which do not know it refuse the whole CRL.`,
  trials: play({
    signer,
    at,
    profile: "rfc5280",
    bad: [
      {
        turn: withFirst({ extensions: [extension.certificateIssuer(kit.otherCa.subject)] }),
        expected: ["certificate-issuer/without-indirect"],
      },
    ],
  }),
};

/** Incidents about which certificates a CRL lists, and how. */
export const entryIncidents = [dfn, xipki, serials, duplicates, undecodable, phantom, certificateIssuer];
