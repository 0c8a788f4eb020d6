import { after, bugzilla, caFile, crlOf, day, file, trialsOf, rootCa, tlsCa, week } from "./cast.ts";
import type { Incident, Trial } from "./incident.ts";

/** Returns trials of one CRL, as of a time after its nextUpdate and at its nextUpdate. */
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
    { title: "the same CRL at its nextUpdate", ...common, now: nextUpdate, expected: [] },
  ];
}

const idenTrust: Incident = {
  id: "bz1914067",
  kind: "ca",
  date: "2024-08-18",
  title: "IdenTrust: two CRLs served for hours after their nextUpdate",
  sources: [bugzilla(1914067)],
  story: `An update of a server's operating system stopped the renewal of two public CRLs. The expired CRLs were served from 05:46
to 12:58 UTC. The CA's monitoring and a public monitor detected it.

The lesson: check the served CRLs often, with the current time.`,
  trials: expiring(tlsCa(2020), "2024-08-18T05:46:00Z", "2024-08-18T09:00:00Z"),
};

const sheca: Incident = {
  id: "bz1855997",
  kind: "ca",
  date: "2023-09-29",
  title: "SHECA: two CRLs not renewed, two others not accessible",
  sources: [bugzilla(1855997)],
  story: `A public monitor found that two CRLs had not been renewed in time, and got status 403 for two others.

The lesson: from outside, a CRL that is not renewed and a CRL that is not served have the same effect. Monitor both.`,
  trials: [
    ...expiring(tlsCa(2020), "2023-09-29T00:00:00Z", "2023-09-29T12:00:00Z"),
    {
      title: "a CRL that the server does not deliver",
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
  title: "Vault, Puppet, easy-rsa: CRL expires because only a revocation creates a new one",
  sources: ["https://github.com/hashicorp/vault/issues/3827", "https://github.com/voxpupuli/puppet-openvpn/issues/236"],
  story: `The software issues a CRL only after a revocation. Thirty days or five years later, all clients fail at the same time.

The lesson: renew a CRL on a schedule. Lint it every day, so the linter fails before the clients do.`,
  trials: expiring(tlsCa(2016), "2017-12-22T09:00:00Z", "2017-12-22T10:00:00Z", { profile: "private" }),
};

const intel: Incident = {
  id: "inc-028",
  kind: "ca",
  date: "2019-05-30",
  title: "Intel SGX: expired CRL, and all attestations failed",
  sources: ["https://github.com/openenclave/openenclave/issues/1842"],
  story: `At 10:23 UTC, the CRL of a CA for processors expired, and within one minute all clients rejected the certificates.

The lesson: if clients fail closed, an expired CRL causes an outage.`,
  trials: expiring(tlsCa(2018), "2019-05-30T10:23:00Z", "2019-05-30T10:24:00Z", { profile: "private" }),
};

const gdca: Incident = {
  id: "inc-022",
  kind: "ca",
  date: "not known",
  title: "GDCA: CRL valid for one second more than the limit",
  sources: ["https://thameur.org/ccadb/bugzilla-summary/1772644"],
  story: `The CA set nextUpdate to thisUpdate plus the whole limit. If a period includes both of its ends, this is one second too
long. Only the title of the report was available.

The lesson: subtract one second. Exactly 10 days is a notice, because the text does not state how to count. One second
more is an error.`,
  trials: trialsOf({
    signer: tlsCa(2022),
    at: "2024-06-03T00:00:00Z",
    valid: { nextUpdate: after("2024-06-03T00:00:00Z", 10 * day - 1) },
    bad: [
      {
        title: "exactly 10 days",
        change: { nextUpdate: after("2024-06-03T00:00:00Z", 10 * day) },
        expected: ["time/subscriber-next-update-exactly-10-days"],
      },
      {
        title: "10 days and 1 second",
        name: "published-longer.crl",
        change: { nextUpdate: after("2024-06-03T00:00:00Z", 10 * day + 1) },
        expected: ["time/subscriber-next-update-beyond-10-days"],
      },
    ],
  }),
};

const certainly: Incident = {
  id: "inc-023",
  kind: "ca",
  date: "not known",
  title: "Certainly: root CRL valid for one second more than 12 months",
  sources: ["https://thameur.org/ccadb/bugzilla-summary/1772644"],
  story: `The same second in a CRL for CA certificates, whose limit is 12 months. Only the title of the report was available.

The lesson: count months by the calendar, not as 365 days, and subtract one second.`,
  trials: trialsOf({
    signer: rootCa(2021),
    at: "2025-01-01T00:00:00Z",
    valid: { nextUpdate: "2025-12-31T23:59:59Z", entries: [] },
    bad: [
      {
        title: "exactly 12 months, from midnight to midnight",
        change: { nextUpdate: "2026-01-01T00:00:00Z" },
        expected: ["time/ca-next-update-exactly-12-months"],
      },
      {
        title: "12 months and 1 second",
        name: "published-longer.crl",
        change: { nextUpdate: "2026-01-01T00:00:01Z" },
        expected: ["time/ca-next-update-beyond-12-months"],
      },
    ],
  }),
};

const puppet: Incident = {
  id: "inc-029",
  kind: "ca-software",
  date: "2025-04-22",
  title: "Puppet: nextUpdate five years after thisUpdate",
  sources: ["https://github.com/puppetlabs/puppetserver/issues/2904"],
  story: `The CA software set nextUpdate five years after thisUpdate, so clients may use the CRL for five years without
downloading a new one.

The lesson: clients can miss all revocations until nextUpdate.`,
  trials: trialsOf({
    signer: tlsCa(2024),
    at: "2025-04-22T00:00:00Z",
    profile: "private",
    bad: [{ change: { nextUpdate: "2030-04-22T00:00:00Z" }, expected: ["time/validity-very-long"] }],
  }),
};

/** Incidents about the validity period of a CRL. */
export const expiryIncidents = [idenTrust, sheca, privateCas, intel, gdca, certainly, puppet];
