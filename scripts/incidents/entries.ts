import { type EntryKnobs, kit } from "../../src/fixture/index.ts";
import { after, bugzilla, entriesAt, trialsOf, tlsCa } from "./cast.ts";
import type { Incident } from "./incident.ts";

const { der, extension } = kit;
const at = "2025-05-19T00:00:00Z";
const signer = tlsCa(2024);
const entries = entriesAt(at);
const [first, second, third] = entries;

/** Returns the valid entries, with the first one changed. */
function withFirst(knobs: EntryKnobs): { readonly entries: readonly EntryKnobs[] } {
  return { entries: [{ ...first, ...knobs }, ...entries.slice(1)] };
}

const dfn: Incident = {
  id: "bz2011238",
  kind: "ca",
  date: "2023-07-03 to 2026-01-22",
  title: "Telekom Security / DFN: empty revokedCertificates",
  sources: [bugzilla(2011238), "https://github.com/zmap/zlint/pull/831"],
  story: `For two and a half years, two CAs without revocations published an empty SEQUENCE, but the field must be absent.

The lesson: a CRL without revocations is a special case, and the first CRL that each CA publishes.`,
  trials: trialsOf({
    signer: tlsCa(2020),
    at: "2023-07-03T00:00:00Z",
    valid: { entries: [] },
    bad: [{ change: { revokedCertificates: der.seq() }, expected: ["entry/list-empty"] }],
  }),
};

const xipki: Incident = {
  id: "inc-070",
  kind: "reader",
  date: "not known",
  title: "XiPKI: CRL without revokedCertificates rejected",
  sources: ["https://github.com/xipki/xipki/issues/147"],
  story: `A reader failed on the correct form of a CRL without entries. Only the title of the report was available.

The lesson: the CRL below is valid, and crllint reports nothing.`,
  trials: trialsOf({ signer, at, valid: { entries: [] }, bad: [] }).map((trial) => ({
    ...trial,
    title: "a valid CRL without entries",
  })),
};

const serials: Incident = {
  id: "inc-071",
  kind: "reader",
  date: "2013-11-06 to 2025-04-18",
  title: "RPKI and Go: zero, negative and overlong serials of entries",
  sources: ["https://github.com/dragonresearch/rpki.net/issues/662", "https://github.com/golang/go/issues/73433"],
  story: `Some readers reject such CRLs and others accept them.

The lesson: the finding shows the entry and its serial, so the CA can find the certificate.`,
  trials: trialsOf({
    signer,
    at,
    bad: [
      { title: "0", name: "zero.crl", change: withFirst({ serial: 0 }), expected: ["entry/serial-not-positive"] },
      {
        title: "-24",
        name: "negative.crl",
        change: withFirst({ serial: "e8" }),
        expected: ["entry/serial-not-positive"],
      },
      {
        title: "21 bytes",
        name: "too-long.crl",
        change: withFirst({ serial: `01${"00".repeat(20)}` }),
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
  story: `A certificate was revoked twice, with two reasons. Some readers use the first entry, others the last.

The lesson: a CRL must list a certificate only once.`,
  trials: trialsOf({
    signer,
    at,
    bad: [
      {
        change: { entries: [...entries, { ...first, reason: 4 }] },
        expected: ["entry/serial-listed-twice"],
      },
    ],
  }),
};

const undecodable: Incident = {
  id: "inc-079",
  kind: "reader",
  date: "2026-08-26",
  title: "OpenSSL: malformed reasonCode hides a critical extension of a later entry",
  sources: ["https://github.com/openssl/openssl/issues/32366"],
  story: `A malformed extension of one entry ended the search for critical extensions in later entries.

The lesson: crllint reads every extension of every entry, and reports each error at its position.`,
  trials: trialsOf({
    signer,
    at,
    bad: [
      {
        change: {
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
  title: "Mbed TLS: bytes after the fields of an entry become another entry",
  sources: ["https://github.com/Mbed-TLS/mbedtls/pull/10827"],
  story: `The parser treated extra data after the fields of an entry as another entry.

The lesson: a SEQUENCE must end after its fields.`,
  trials: trialsOf({
    signer,
    at,
    bad: [
      {
        change: withFirst({
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
  story: `With this extension, an entry revokes a certificate of another CA. Only an indirect CRL may have it.

The lesson: the extension is critical, so clients that do not support it reject the whole CRL.`,
  trials: trialsOf({
    signer,
    at,
    profile: "rfc5280",
    bad: [
      {
        change: withFirst({ extensions: [extension.certificateIssuer(kit.otherCa.subject)] }),
        expected: ["certificate-issuer/without-indirect"],
      },
    ],
  }),
};

/** Incidents about the entries of a CRL. */
export const entryIncidents = [dfn, xipki, serials, duplicates, undecodable, phantom, certificateIssuer];
