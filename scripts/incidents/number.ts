import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import { after, caFile, crlOf, day, entriesAt, file, trialsOf, tlsCa } from "./cast.ts";
import type { FixtureFile, Incident, Trial } from "./incident.ts";

const { der, oids } = kit;
const signer = tlsCa(2017);

/** Returns the CRL of the day before. */
function previousFile(thisUpdate: string, knobs: CrlKnobs): FixtureFile {
  return file("previous.crl", () => crlOf(signer, thisUpdate, knobs));
}

/** Returns trials of a faulty and a valid CRL after the CRL of the day before with the same entries. */
function behind(
  at: string,
  previous: CrlKnobs,
  bad: CrlKnobs,
  valid: CrlKnobs,
  expected: readonly string[],
): readonly Trial[] {
  const before = after(at, -day);
  const entries = entriesAt(before);
  return trialsOf({
    signer,
    at,
    profile: "private",
    valid: { entries, ...valid },
    previous: previousFile(before, { entries, ...previous }),
    bad: [{ change: bad, expected }],
  });
}

const dogtag: Incident = {
  id: "inc-054",
  kind: "ca-software",
  date: "2019-01-09",
  title: "Dogtag: cRLNumber decreases when another clone issues CRLs",
  sources: ["https://github.com/dogtagpki/pki/pull/138"],
  story: `Each clone of the CA kept the number in memory. When another clone took over the issuance of CRLs, it continued with its
own old number.

The lesson: compare the number with that of the published CRL.`,
  trials: behind("2019-01-09T00:00:00Z", { crlNumber: 42 }, { crlNumber: 17 }, { crlNumber: 43 }, [
    "sequence/number-not-increasing",
  ]),
};

const boulder: Incident = {
  id: "inc-055",
  kind: "ca-software",
  date: "2024-07-12",
  title: "Boulder: parallel processes issue numbers that do not increase",
  sources: ["https://github.com/letsencrypt/boulder/issues/7590", "https://github.com/letsencrypt/boulder/pull/8791"],
  story: `The number is derived from the time, and two processes issued CRLs at the same time. The storage process rejects a
number that is not higher than the last, but a correct and atomic comparison took years.

The lesson: one number for two different CRLs is worse than a missing number.`,
  trials: behind(
    "2024-07-12T00:00:00Z",
    { crlNumber: 1_720_742_400 },
    {
      crlNumber: 1_720_742_400,
      entries: [...entriesAt("2024-07-11T00:00:00Z"), { serial: 0x7001, date: "2024-07-11T12:00:00Z" }],
    },
    { crlNumber: 1_720_828_800 },
    ["sequence/number-not-increasing"],
  ),
};

const constant: Incident = {
  id: "inc-056",
  kind: "ca-software",
  date: "2026-03-31",
  title: "rustgate and other home-made tools: the number is always 1",
  sources: ["https://github.com/rchiofalo/rustgate/issues/314"],
  story: `The number is a constant. A test with a single CRL does not detect this.

The lesson: test with two CRLs.`,
  trials: behind("2026-03-31T00:00:00Z", { crlNumber: 1 }, { crlNumber: 1 }, { crlNumber: 2 }, [
    "sequence/number-not-increasing",
  ]),
};

const missing: Incident = {
  id: "inc-057",
  kind: "reader",
  date: "2020-01-31, 2026-06-02",
  title: "Go created CRLs without cRLNumber, OpenSSL accepts them",
  sources: ["https://github.com/golang/go/pull/36945", "https://github.com/rustls/webpki/pull/500"],
  story: `An older function of the library created version 2 CRLs without the extensions that RFC 5280 requires. Readers have only
recently started to require them.

The lesson: a version 2 CRL must have an authorityKeyIdentifier and a cRLNumber.`,
  trials: trialsOf({
    signer: tlsCa(2018),
    at: "2020-01-31T00:00:00Z",
    profile: "rfc5280",
    bad: [
      { change: { crlNumber: null }, expected: ["crl-number/missing"] },
      {
        title: "no extensions",
        name: "without-extensions.crl",
        change: { crlExtensions: null },
        expected: ["extension/list-missing"],
      },
    ],
  }),
};

const malformed: Incident = {
  id: "inc-058",
  kind: "reader",
  date: "2022-06-24 to 2026-02-16",
  title: "Go, Bouncy Castle, OpenSSL: negative, text and overlong numbers accepted",
  sources: [
    "https://github.com/golang/go/issues/73029",
    "https://github.com/golang/go/issues/53543",
    "https://github.com/bcgit/bc-java/issues/2056",
    "https://github.com/openssl/openssl/pull/30024",
  ],
  story: `Parsers accepted any value in the extension, or ignored it silently.

The lesson: a CRL number must be an INTEGER from 0 to 2^159 - 1, in the minimum number of bytes.`,
  trials: trialsOf({
    signer: tlsCa(2022),
    at: "2026-02-16T00:00:00Z",
    bad: [
      {
        title: "-36",
        name: "negative.crl",
        change: { crlNumber: der.raw("0201dc") },
        expected: ["crl-number/negative"],
      },
      {
        title: "21 bytes",
        name: "too-long.crl",
        change: { crlNumber: der.intBytes(der.raw(`0080${"00".repeat(19)}`)) },
        expected: ["crl-number/too-long"],
      },
      {
        title: "text",
        name: "text.crl",
        change: { crlNumber: der.printable("G63287510") },
        expected: ["structure/extension"],
      },
    ],
  }),
};

const critical: Incident = {
  id: "inc-059",
  kind: "linter",
  date: "2025-05",
  title: "x509-limbo and Boulder: vectors with a critical cRLNumber",
  sources: ["https://github.com/C2SP/x509-limbo"],
  story: `The extension must not be critical, so clients that do not support it can use the CRL.

The lesson: the definition of an extension determines whether it is critical.`,
  trials: trialsOf({
    signer: tlsCa(2022),
    at: "2025-05-19T00:00:00Z",
    bad: [{ change: { critical: { [oids.crlNumber]: true } }, expected: ["crl-number/critical"] }],
  }),
};

const dodged = tlsCa(2018);

const goDaddy: Incident = {
  id: "inc-025",
  kind: "ca",
  date: "2020-07-10",
  title: "GoDaddy: a URL serves an older CRL than on the day before",
  sources: ["https://github.com/mozilla/crlite/pull/105"],
  story: `CRLite, the CRL aggregator for Firefox, downloaded two CRLs whose thisUpdate was a day earlier than that of its copies.

The lesson: an old copy on the way undoes revocations. Compare the CRL with the copy that is known.`,
  trials: [
    {
      title: "the CRL as it was served, with the copy that was downloaded earlier",
      crl: file("day-7.crl", () =>
        crlOf(dodged, "2020-07-08T18:37:00Z", { crlNumber: 7, entries: entriesAt("2020-07-06T00:00:00Z") }),
      ),
      ca: caFile(dodged),
      previous: file("day-8.crl", () =>
        crlOf(dodged, "2020-07-09T18:37:00Z", { crlNumber: 8, entries: entriesAt("2020-07-06T00:00:00Z") }),
      ),
      now: "2020-07-10T06:00:00Z",
      expected: ["sequence/this-update-decreased"],
    },
    {
      title: "both CRLs in the order of their issuance",
      crl: file("day-8.crl", () =>
        crlOf(dodged, "2020-07-09T18:37:00Z", { crlNumber: 8, entries: entriesAt("2020-07-06T00:00:00Z") }),
      ),
      ca: caFile(dodged),
      previous: file("day-7.crl", () =>
        crlOf(dodged, "2020-07-08T18:37:00Z", { crlNumber: 7, entries: entriesAt("2020-07-06T00:00:00Z") }),
      ),
      now: "2020-07-10T06:00:00Z",
      expected: [],
    },
  ],
};

/** Incidents about cRLNumber and the order of CRLs. */
export const numberIncidents = [goDaddy, dogtag, boulder, constant, missing, malformed, critical];
