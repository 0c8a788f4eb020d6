import { type EntryKnobs, kit } from "../../src/fixture/index.ts";
import { after, bugzilla, day, entriesAt, trialsOf, rootCa, tlsCa } from "./cast.ts";
import type { Incident, Unbuilt } from "./incident.ts";

const at = "2024-08-19T00:00:00Z";
const signer = tlsCa(2022);
const [first, ...others] = entriesAt(at);
const unexplained = { serial: 0x4d01_77a3n, date: after(at, -day) };

function withReason(reason: number): { readonly entries: readonly EntryKnobs[] } {
  return { entries: [{ ...first, reason }, ...others] };
}

const actalis: Incident = {
  id: "bz1914419",
  kind: "ca",
  date: "2024",
  title: "Actalis: unspecified and cessationOfOperation instead of superseded",
  sources: [bugzilla(1914419)],
  story: `Certificates that had been replaced were revoked without a reason, or with the wrong reason.

The lesson: only the CA knows whether the reason is correct. The CRL shows that unspecified(0) is encoded; the extension
must then be absent.`,
  trials: trialsOf({
    signer,
    at,
    bad: [{ change: withReason(0), expected: ["reason/unspecified"] }],
  }),
};

const gts: Incident = {
  id: "inc-066",
  kind: "ca",
  date: "not known",
  title: "Google Trust Services: reason code that is not allowed",
  sources: ["https://thameur.org/ccadb/bugzilla-summary/1773556"],
  story: `Only the title of the report was available. Below is one CRL for each code that a TLS CA must not use for a subscriber
certificate.

The lesson: for TLS server certificates, only five of the codes of X.509 are allowed.`,
  trials: trialsOf({
    signer,
    at,
    bad: [
      { title: "certificateHold", name: "reason-6.crl", change: withReason(6), expected: ["reason/certificate-hold"] },
      { title: "7, which is not defined", name: "reason-7.crl", change: withReason(7), expected: ["reason/value-7"] },
      {
        title: "removeFromCRL in a complete CRL",
        name: "reason-8.crl",
        change: withReason(8),
        expected: ["reason/remove-from-crl-in-full"],
      },
      {
        title: "11, not defined in RFC 5280",
        name: "reason-11.crl",
        change: withReason(11),
        expected: ["reason/weak-algorithm"],
      },
    ],
  }),
};

const sheca: Unbuilt = {
  id: "inc-067",
  kind: "ca",
  date: "not known",
  title: "SHECA: privilegeWithdrawn for other cases than intended",
  sources: ["https://github.com/SHECA-Alvin/reply"],
  why: "the code is allowed; no file shows whether it was correct for the certificate",
};

const critical: Incident = {
  id: "inc-082",
  kind: "linter",
  date: "2022-07",
  title: "Boulder: vector with a critical reasonCode",
  sources: ["https://github.com/letsencrypt/boulder"],
  story: `The extension must not be critical, so clients that do not support it can use the entry.

The lesson: the definition of an extension determines whether it is critical.`,
  trials: trialsOf({
    signer,
    at,
    bad: [
      {
        change: {
          entries: [{ ...unexplained, extensions: [{ ...kit.extension.reasonCode(1), critical: true }] }, ...others],
        },
        expected: ["reason/critical"],
      },
    ],
  }),
};

const missing: Incident = {
  id: "inc-083",
  kind: "policy",
  date: "since 2020",
  title: "TLS BR and CCADB: revoked CA certificate without a reason",
  sources: ["https://www.ccadb.org/policy"],
  story: `The entry of a CA certificate must have a reason. No public incident is known.

The lesson: root programs use the reason to decide whether a revoked CA is a danger.`,
  trials: trialsOf({
    signer: rootCa(2020),
    at: "2026-01-12T00:00:00Z",
    profile: ["tls-br", "ccadb"],
    valid: {
      nextUpdate: "2026-12-11T00:00:00Z",
      entries: [{ serial: 0x77, date: "2026-01-11T18:00:00Z", reason: 5 }],
      idp: { onlyCa: true, uris: ["http://crl.example.com/root.crl"] },
    },
    bad: [
      {
        change: { entries: [{ serial: 0x77, date: "2026-01-11T18:00:00Z" }] },
        expected: ["reason/missing-on-ca-entry"],
      },
    ],
  }),
};

/** Incidents about reasons. */
export const reasonIncidents = [actalis, gts, sheca, critical, missing];
