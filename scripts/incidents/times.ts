import { kit } from "../../src/fixture/index.ts";
import { after, day, entriesAt, hour, play, tlsCa } from "./cast.ts";
import type { Incident } from "./incident.ts";

const { der, extension } = kit;
const at = "2025-05-19T00:00:00Z";
const signer = tlsCa(2024);
const [first, ...others] = entriesAt(at);

const noNextUpdate: Incident = {
  id: "inc-030",
  kind: "reader",
  date: "2017-05-17 to 2025-11-03",
  title: "Botan, asn1crypto, Envoy: CRLs without nextUpdate",
  sources: ["https://github.com/randombit/botan/issues/4722", "https://github.com/wbond/asn1crypto/pull/51"],
  story: `The field is optional in the syntax and mandatory for those who conform. Parsers that relied on it broke.

The lesson: what the ASN.1 lets out, RFC 5280 may still demand.`,
  trials: play({
    signer,
    at,
    bad: [{ turn: { nextUpdate: null }, expected: ["time/next-update-missing"] }],
  }),
};

const noSeconds: Incident = {
  id: "inc-031",
  kind: "reader",
  date: "2025-01-17",
  title: "Bouncy Castle: UTCTime without seconds accepted",
  sources: ["https://github.com/bcgit/bc-java/issues/1973", "https://github.com/letsencrypt/boulder"],
  story: `One library read a thisUpdate of eleven characters, another refused it. Test vectors hold the neighbours of the fault:
GeneralizedTime before 2050, UTCTime behind.

The lesson: each time has one form, by its year.`,
  trials: play({
    signer: tlsCa(2000),
    at: "2001-03-01T01:00:00Z",
    sound: { nextUpdate: "2001-03-07T00:00:00Z" },
    bad: [
      {
        title: "thisUpdate without seconds",
        turn: { thisUpdate: der.utcTime("0103010100Z") },
        expected: ["der/time-seconds-missing"],
      },
      {
        title: "nextUpdate of 2001 as GeneralizedTime",
        name: "generalized.crl",
        turn: { nextUpdate: der.generalizedTime("20010307000000Z") },
        expected: ["time/next-update-time-type"],
      },
    ],
  }),
};

const negative: Incident = {
  id: "inc-032",
  kind: "linter",
  date: "2024-03",
  title: "pkilint and Boulder: vectors with nextUpdate before thisUpdate",
  sources: ["https://github.com/digicert/pkilint", "https://github.com/letsencrypt/boulder"],
  story: `Two linters carry such a CRL; no public incident is known.

The lesson: no client ever takes such a CRL for current.`,
  trials: play({
    signer,
    at,
    bad: [
      { turn: { nextUpdate: after(at, -hour) }, expected: ["time/expired", "time/next-update-not-after-this-update"] },
    ],
  }),
};

const invalidityDate: Incident = {
  id: "inc-077",
  kind: "policy",
  date: "2021-11-03",
  title: "CSC-12: revocationDate set back, and what invalidityDate is for",
  sources: ["CA/Browser Forum, ballot CSC-12"],
  story: `Windows does not look at invalidityDate, so that CAs for code signing set revocationDate back, against RFC 5280 and by
agreement. The TLS BR allow it for a lost key.

The lesson: a date set back is no fault. An invalidityDate behind the revocation, or in the wrong type, is.`,
  trials: play({
    signer,
    at,
    sound: { entries: [{ ...first, date: after(at, -200 * day) }, ...others] },
    bad: [
      {
        title: "invalidityDate behind revocationDate",
        turn: { entries: [{ ...first, extensions: [extension.invalidityDate(after(at, -hour))] }, ...others] },
        expected: ["entry-extension/not-recommended", "invalidity-date/after-revocation-date"],
      },
      {
        title: "invalidityDate as UTCTime",
        name: "utc-time.crl",
        turn: {
          entries: [
            {
              ...first,
              extensions: [extension.extension(kit.oids.invalidityDate, der.utcTime(new Date(after(at, -day))))],
            },
            ...others,
          ],
        },
        expected: ["entry-extension/not-recommended", "invalidity-date/form"],
      },
    ],
  }),
};

const future: Incident = {
  id: "inc-078",
  kind: "linter",
  date: "2025-05-21",
  title: "x509-limbo: revocationDate in the future",
  sources: ["https://github.com/C2SP/x509-limbo/pull/439"],
  story: `A planned test case, which readers are to accept. No CA is known to have published one.

The lesson: a revocation that lies ahead is either a slip of the clock or not yet one.`,
  trials: play({
    signer,
    at,
    bad: [
      {
        turn: { entries: [{ ...first, date: "2049-01-01T00:00:00Z" }, ...others] },
        expected: ["entry/revocation-date-after-next-update"],
      },
    ],
  }),
};

/** Incidents about the form and order of times. */
export const timeIncidents = [noNextUpdate, noSeconds, negative, invalidityDate, future];
