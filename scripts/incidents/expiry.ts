import { after, bugzilla, caFile, crlOf, day, file, play, rootCa, tlsCa, week } from "./cast.ts";
import type { Incident, Trial } from "./incident.ts";

/** The same CRL judged behind its nextUpdate and before it. */
function expiring(
  signer: ReturnType<typeof tlsCa>,
  nextUpdate: string,
  now: string,
  more: Partial<Trial> = {},
): Trial[] {
  const at = after(nextUpdate, -week);
  const common = { crl: file("published.crl", () => crlOf(signer, at, { nextUpdate })), ca: caFile(signer), ...more };
  return [
    { title: "the CRL as it was served", ...common, now, expected: ["time/expired"] },
    { title: "the same CRL in its last second", ...common, now: nextUpdate, expected: [] },
  ];
}

const idenTrust: Incident = {
  id: "bz1914067",
  kind: "ca",
  date: "2024-08-18",
  title: "IdenTrust: two CRLs served for hours behind their nextUpdate",
  sources: [bugzilla(1914067)],
  story: `An update of a server's operating system stopped the renewal of two public CRLs, which were served expired from 05:46 to
12:58 UTC. Monitoring saw it, the CA's own and a public one.

The lesson: judge what is served against the clock, and often.`,
  trials: expiring(tlsCa(2020), "2024-08-18T05:46:00Z", "2024-08-18T09:00:00Z"),
};

const sheca: Incident = {
  id: "bz1855997",
  kind: "ca",
  date: "2023-09-29",
  title: "SHECA: two CRLs not renewed, two others forbidden to fetch",
  sources: [bugzilla(1855997)],
  story: `A public monitor found two CRLs past the moment at which they should have been renewed, and got 403 for two others.

The lesson: what is not renewed and what is not served look the same from outside, and both have to be watched.`,
  trials: [
    ...expiring(tlsCa(2020), "2023-09-29T00:00:00Z", "2023-09-29T12:00:00Z"),
    {
      title: "a CRL that the server refuses",
      crl: file("forbidden.html", () => "<html><head><title>403 Forbidden</title></head></html>\n"),
      ca: caFile(tlsCa(2020)),
      now: "2023-09-29T12:00:00Z",
      answer: { url: "http://crl.example.com/ca-2.crl", status: 403, headers: { "content-type": "text/html" } },
      expected: ["transport/unavailable"],
    },
  ],
};

const privateCas: Incident = {
  id: "inc-027",
  kind: "ca-software",
  date: "2017 to 2025",
  title: "Vault, Puppet, easy-rsa: CRL expires because only a revocation makes a new one",
  sources: ["https://github.com/hashicorp/vault/issues/3827", "https://github.com/voxpupuli/puppet-openvpn/issues/236"],
  story: `The software issues a CRL when something is revoked and at no other time. Thirty days or five years later every client
stops at once.

The lesson: a CRL is renewed by the calendar. Lint it daily, and it is the linter that stops first.`,
  trials: expiring(tlsCa(2016), "2017-12-22T09:00:00Z", "2017-12-22T10:00:00Z", { profile: "private" }),
};

const intel: Incident = {
  id: "inc-028",
  kind: "ca",
  date: "2019-05-30",
  title: "Intel SGX: expired CRL, and every attestation failed",
  sources: ["https://github.com/openenclave/openenclave/issues/1842"],
  story: `At 10:23 UTC the CRL of a CA for processors expired, and from one minute to the next all clients refused.

The lesson: where clients fail closed, an expired CRL is an outage.`,
  trials: expiring(tlsCa(2018), "2019-05-30T10:23:00Z", "2019-05-30T10:24:00Z", { profile: "private" }),
};

const gdca: Incident = {
  id: "inc-022",
  kind: "ca",
  date: "not known",
  title: "GDCA: CRL valid for a second more than the limit",
  sources: ["https://thameur.org/ccadb/bugzilla-summary/1772644"],
  story: `The CA set nextUpdate to thisUpdate and the whole limit. Read as a period that holds both of its ends, that is a second too
long. Only the title of the report was at hand.

The lesson: leave a second off. Exactly ten days is a notice, since the text does not say how to count; a second more is
an error.`,
  trials: play({
    signer: tlsCa(2022),
    at: "2024-06-03T00:00:00Z",
    sound: { nextUpdate: after("2024-06-03T00:00:00Z", 10 * day - 1) },
    bad: [
      {
        title: "exactly ten days",
        turn: { nextUpdate: after("2024-06-03T00:00:00Z", 10 * day) },
        expected: ["time/subscriber-next-update-exactly-10-days"],
      },
      {
        title: "ten days and a second",
        name: "published-longer.crl",
        turn: { nextUpdate: after("2024-06-03T00:00:00Z", 10 * day + 1) },
        expected: ["time/subscriber-next-update-beyond-10-days"],
      },
    ],
  }),
};

const certainly: Incident = {
  id: "inc-023",
  kind: "ca",
  date: "not known",
  title: "Certainly: root CRL valid for a second more than twelve months",
  sources: ["https://thameur.org/ccadb/bugzilla-summary/1772644"],
  story: `The same second on a CRL for CA certificates, whose limit is twelve months. Only the title of the report was at hand.

The lesson: months are counted by the calendar, never as 365 days, and the last second is left off.`,
  trials: play({
    signer: rootCa(2021),
    at: "2025-01-01T00:00:00Z",
    sound: { nextUpdate: "2025-12-31T23:59:59Z", entries: [] },
    bad: [
      {
        title: "from midnight to midnight a year later",
        turn: { nextUpdate: "2026-01-01T00:00:00Z" },
        expected: ["time/ca-next-update-exactly-12-months"],
      },
      {
        title: "a second more",
        name: "published-longer.crl",
        turn: { nextUpdate: "2026-01-01T00:00:01Z" },
        expected: ["time/ca-next-update-beyond-12-months"],
      },
    ],
  }),
};

const puppet: Incident = {
  id: "inc-029",
  kind: "ca-software",
  date: "2025-04-22",
  title: "Puppet: nextUpdate five years ahead",
  sources: ["https://github.com/puppetlabs/puppetserver/issues/2904"],
  story: `The CA software gave its CRL five years, and its clients may keep it for as long without asking again.

The lesson: nextUpdate says when a client looks next; no revocation is seen before.`,
  trials: play({
    signer: tlsCa(2024),
    at: "2025-04-22T00:00:00Z",
    profile: "private",
    bad: [{ turn: { nextUpdate: "2030-04-22T00:00:00Z" }, expected: ["time/validity-very-long"] }],
  }),
};

/** Incidents about how long a CRL is good. */
export const expiryIncidents = [idenTrust, sheca, privateCas, intel, gdca, certainly, puppet];
