import { kit } from "../../src/fixture/index.ts";
import { after, day, entriesAt, hour, trialsOf, tlsCa } from "./cast.ts";
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
  story: `The field is OPTIONAL in the ASN.1 syntax, but required by the text of RFC 5280. Parsers that relied on it failed.

The lesson: RFC 5280 can require a field that is OPTIONAL in its ASN.1 syntax.`,
  trials: trialsOf({
    signer,
    at,
    bad: [{ change: { nextUpdate: null }, expected: ["time/next-update-missing"] }],
  }),
};

const noSeconds: Incident = {
  id: "inc-031",
  kind: "reader",
  date: "2025-01-17",
  title: "Bouncy Castle: UTCTime without seconds accepted",
  sources: ["https://github.com/bcgit/bc-java/issues/1973", "https://github.com/letsencrypt/boulder"],
  story: `One library accepted a thisUpdate of eleven characters, another rejected it. Test vectors contain related defects:
GeneralizedTime before 2050, UTCTime after 2049.

The lesson: the year of a time determines its only valid form.`,
  trials: trialsOf({
    signer: tlsCa(2000),
    at: "2001-03-01T01:00:00Z",
    valid: { nextUpdate: "2001-03-07T00:00:00Z" },
    bad: [
      {
        title: "thisUpdate without seconds",
        change: { thisUpdate: der.utcTime("0103010100Z") },
        expected: ["der/time-seconds-missing"],
      },
      {
        title: "nextUpdate of 2001 as GeneralizedTime",
        name: "generalized.crl",
        change: { nextUpdate: der.generalizedTime("20010307000000Z") },
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
  story: `Two linters have such a test CRL; no public incident is known.

The lesson: such a CRL is never current for any client.`,
  trials: trialsOf({
    signer,
    at,
    bad: [
      {
        change: { nextUpdate: after(at, -hour) },
        expected: ["time/expired", "time/next-update-not-after-this-update"],
      },
    ],
  }),
};

const invalidityDate: Incident = {
  id: "inc-077",
  kind: "policy",
  date: "2021-11-03",
  title: "CSC-12: backdated revocationDate, and the purpose of invalidityDate",
  sources: ["CA/Browser Forum, ballot CSC-12"],
  story: `Windows ignores invalidityDate, so code signing CAs backdate the revocationDate, contrary to RFC 5280 but by agreement.
The TLS BR allow it for a compromised key.

The lesson: a backdated revocationDate is not a defect. An invalidityDate that is later than the revocation, or has the
wrong type, is a defect.`,
  trials: trialsOf({
    signer,
    at,
    valid: { entries: [{ ...first, date: after(at, -200 * day) }, ...others] },
    bad: [
      {
        title: "invalidityDate later than revocationDate",
        change: { entries: [{ ...first, extensions: [extension.invalidityDate(after(at, -hour))] }, ...others] },
        expected: ["entry-extension/not-recommended", "invalidity-date/after-revocation-date"],
      },
      {
        title: "invalidityDate as UTCTime",
        name: "utc-time.crl",
        change: {
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
  story: `This is a planned test case that readers must accept. No CA is known to have published such a CRL.

The lesson: a revocation date in the future is either a wrong clock or not yet a revocation.`,
  trials: trialsOf({
    signer,
    at,
    bad: [
      {
        change: { entries: [{ ...first, date: "2049-01-01T00:00:00Z" }, ...others] },
        expected: ["entry/revocation-date-after-next-update"],
      },
    ],
  }),
};

/** Incidents about the form and order of times. */
export const timeIncidents = [noNextUpdate, noSeconds, negative, invalidityDate, future];
