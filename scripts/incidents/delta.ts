import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import { after, caFile, crlOf, day, entriesAt, file, play, tlsCa } from "./cast.ts";
import type { Incident } from "./incident.ts";

const { extension } = kit;
const at = "2026-05-25T00:00:00Z";
const signer = tlsCa(2024);
const before = after(at, -2 * day);
const entries = entriesAt(before);
const added = { serial: 0x4d02_0001n, date: after(at, -3600), reason: 1 };

/** A delta CRL behind the complete CRL number 4700. */
const delta: CrlKnobs = { entries: [added], extra: [extension.deltaCrlIndicator(4700)] };
const base = file("base.crl", () => crlOf(signer, before, { crlNumber: 4700, entries }));

const taken: Incident = {
  id: "inc-091",
  kind: "reader",
  date: "2026-04-30",
  title: "OpenSSL: delta CRL taken for a complete one",
  sources: ["https://github.com/openssl/openssl/issues/31040"],
  story: `Given a delta CRL and nothing else, the library accepted certificates that only the base CRL lists.

The lesson: where a complete CRL is wanted, a delta CRL is the wrong file. For TLS crllint says that the extension does
not belong there; with its base, and outside TLS, the same file is sound.`,
  trials: [
    ...play({
      signer,
      at,
      sound: delta,
      bad: [
        {
          title: "the delta CRL where a TLS CA's CRL is wanted",
          turn: {},
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
  title: "OpenSSL: expired delta CRL accepted beside a current base",
  sources: ["https://github.com/openssl/openssl/issues/31297"],
  story: `The library looked at the times of the base alone.

The lesson: a delta CRL expires like any other.`,
  trials: [
    {
      title: "the delta CRL behind its nextUpdate",
      crl: file("delta.crl", () => crlOf(signer, at, { ...delta, nextUpdate: after(at, day) })),
      ca: caFile(signer),
      base,
      profile: "private",
      now: after(at, 2 * day),
      expected: ["time/expired"],
    },
    {
      title: "the same before it",
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
  title: "Delta CRLs: indicator not critical, no number, other scope than the base; removeFromCRL in a complete CRL",
  sources: [
    "https://github.com/pyca/cryptography/pull/5283",
    "https://github.com/NeySlim/ultimate-ca-manager/pull/204",
  ],
  story: `Delta CRLs are rarely made, and each program that makes them got another detail wrong.

The lesson: judge a delta CRL with its base.`,
  trials: [
    ...play({
      signer,
      at,
      sound: delta,
      base,
      profile: "private",
      bad: [
        {
          title: "the indicator is not critical",
          name: "not-critical.crl",
          turn: { critical: {}, extra: [{ ...extension.deltaCrlIndicator(4700), critical: false }] },
          expected: ["delta/indicator-not-critical"],
        },
        { title: "no number", name: "no-number.crl", turn: { crlNumber: null }, expected: ["crl-number/missing"] },
        {
          title: "issuingDistributionPoint in the delta CRL alone",
          name: "idp.crl",
          turn: { idp: { uris: ["http://crl.example.com/ca.crl"], onlyUser: true } },
          expected: ["delta/idp-differs"],
        },
      ],
    }),
    ...play({
      signer,
      at,
      profile: "private",
      sound: { entries },
      bad: [
        {
          title: "removeFromCRL in a complete CRL",
          name: "complete.crl",
          turn: { entries: [{ serial: 0x4d01_77a3n, date: before, reason: 8 }] },
          expected: ["reason/remove-from-crl-in-full"],
        },
      ],
    }).slice(0, 1),
  ],
};

/** Incidents about delta CRLs. */
export const deltaIncidents = [taken, expired, slips];
