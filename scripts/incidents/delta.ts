import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import { after, caFile, crlOf, day, entriesAt, file, trialsOf, tlsCa } from "./cast.ts";
import type { Incident } from "./incident.ts";

const { extension } = kit;
const at = "2026-05-25T00:00:00Z";
const signer = tlsCa(2024);
const before = after(at, -2 * day);
const entries = entriesAt(before);
const added = { serial: 0x4d02_0001n, date: after(at, -3600), reason: 1 };

/** A delta CRL for the complete CRL with number 4700. */
const delta: CrlKnobs = { entries: [added], extra: [extension.deltaCrlIndicator(4700)] };
const base = file("base.crl", () => crlOf(signer, before, { crlNumber: 4700, entries }));

const taken: Incident = {
  id: "inc-091",
  kind: "reader",
  date: "2026-04-30",
  title: "OpenSSL: delta CRL treated as a complete CRL",
  sources: ["https://github.com/openssl/openssl/issues/31040"],
  story: `Given only a delta CRL, the library accepted certificates that only the base CRL lists.

The lesson: a delta CRL does not replace a complete CRL. For TLS, crllint reports that the extension is not recommended.
With its base, and outside TLS, the same file is valid.`,
  trials: [
    ...trialsOf({
      signer,
      at,
      valid: delta,
      bad: [
        {
          title: "the delta CRL instead of the CRL of a TLS CA",
          change: {},
          expected: ["extension/not-recommended"],
          name: "delta.crl",
        },
      ],
    }).slice(0, 1),
    {
      title: "the delta CRL with its base",
      crl: file("delta.crl", () => crlOf(signer, at, delta)),
      ca: caFile(signer),
      base,
      profile: "private",
      now: after(at, day),
      expected: [],
    },
  ],
};

const expired: Incident = {
  id: "inc-092",
  kind: "reader",
  date: "2026-05-26",
  title: "OpenSSL: expired delta CRL accepted with a current base",
  sources: ["https://github.com/openssl/openssl/issues/31297"],
  story: `The library checked only the times of the base.

The lesson: a delta CRL expires like any other CRL.`,
  trials: [
    {
      title: "the delta CRL after its nextUpdate",
      crl: file("delta.crl", () => crlOf(signer, at, { ...delta, nextUpdate: after(at, day) })),
      ca: caFile(signer),
      base,
      profile: "private",
      now: after(at, 2 * day),
      expected: ["time/expired"],
    },
    {
      title: "the same CRL before its nextUpdate",
      crl: file("delta.crl", () => crlOf(signer, at, { ...delta, nextUpdate: after(at, day) })),
      ca: caFile(signer),
      base,
      profile: "private",
      now: after(at, 3600),
      expected: [],
    },
  ],
};

const slips: Incident = {
  id: "inc-093",
  kind: "ca-software",
  date: "2020-06-24, 2026-07-17",
  title: "Delta CRLs: indicator not critical, no number, scope differs from the base; removeFromCRL in a complete CRL",
  sources: [
    "https://github.com/pyca/cryptography/pull/5283",
    "https://github.com/NeySlim/ultimate-ca-manager/pull/204",
  ],
  story: `Delta CRLs are rare, and each program that makes them had a different defect.

The lesson: lint a delta CRL with its base.`,
  trials: [
    ...trialsOf({
      signer,
      at,
      valid: delta,
      base,
      profile: "private",
      bad: [
        {
          title: "the indicator is not critical",
          name: "not-critical.crl",
          change: { critical: {}, extra: [{ ...extension.deltaCrlIndicator(4700), critical: false }] },
          expected: ["delta/indicator-not-critical"],
        },
        { title: "no number", name: "no-number.crl", change: { crlNumber: null }, expected: ["crl-number/missing"] },
        {
          title: "issuingDistributionPoint only in the delta CRL",
          name: "idp.crl",
          change: { idp: { uris: ["http://crl.example.com/ca.crl"], onlyUser: true } },
          expected: ["delta/idp-differs"],
        },
      ],
    }),
    ...trialsOf({
      signer,
      at,
      profile: "private",
      valid: { entries },
      bad: [
        {
          title: "removeFromCRL in a complete CRL",
          name: "complete.crl",
          change: { entries: [{ serial: 0x4d01_77a3n, date: before, reason: 8 }] },
          expected: ["reason/remove-from-crl-in-full"],
        },
      ],
    }).slice(0, 1),
  ],
};

/** Incidents about delta CRLs. */
export const deltaIncidents = [taken, expired, slips];
