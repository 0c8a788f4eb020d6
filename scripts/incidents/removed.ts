import { type KitCa, kit } from "../../src/fixture/index.ts";
import { after, bugzilla, certificateFile, crlOf, day, entriesAt, file, hour, play, tlsCa } from "./cast.ts";
import type { FixtureFile, Incident, Trial } from "./incident.ts";

/** A CRL that lists a certificate, the next one, and the certificate. */
interface Pair {
  readonly signer: KitCa;
  readonly before: string;
  readonly at: string;
  readonly notAfter: string;
  readonly expected: readonly string[];
  /** The number of the later CRL. */
  readonly number?: number;
}

const serial = 0x4d01_77a3n;

function leafFile({ signer, before, notAfter }: Pair): FixtureFile {
  return certificateFile("leaf.pem", () =>
    kit.certificate({ parent: signer, serial, notBefore: after(before, -60 * day), notAfter }),
  );
}

/** The first entry is gone from the later CRL, or is not. */
function removed(pair: Pair): readonly Trial[] {
  const { signer, before, at, expected, number = 4711 } = pair;
  const entries = entriesAt(before);
  return play({
    signer,
    at,
    now: after(at, hour),
    sound: { entries },
    previous: file("previous.crl", () => crlOf(signer, before, { entries, crlNumber: 4710 })),
    certificates: [leafFile(pair)],
    bad: [{ turn: { entries: entries.slice(1), crlNumber: number }, expected }],
  });
}

const gtsBatch: Incident = {
  id: "bz1634795",
  kind: "ca",
  date: "2020-04-08 to 2020-04-17",
  title: "Google Trust Services: revocation data of an older batch served for Y3 and Y4",
  sources: [bugzilla(1634795)],
  story: `CRLs signed ahead of time, in September 2019, took the place of what had been published since. That entries went with it is
what the report lets one infer.

The lesson: what was signed ahead does not know what happened since. Its number, lower than the last, gives it away.`,
  trials: play({
    signer: tlsCa(2018),
    at: "2020-04-08T00:00:00Z",
    sound: { entries: entriesAt("2020-03-20T00:00:00Z"), crlNumber: 21 },
    previous: file("previous.crl", () =>
      crlOf(tlsCa(2018), "2020-04-02T00:00:00Z", { crlNumber: 20, entries: entriesAt("2020-03-20T00:00:00Z") }),
    ),
    bad: [
      {
        turn: { entries: entriesAt("2020-03-20T00:00:00Z").slice(1), crlNumber: 19 },
        expected: ["sequence/entry-removed-early", "sequence/number-not-increasing"],
      },
    ],
  }),
};

const early = ["sequence/entry-removed-early"] as const;

const letsEncrypt: Incident = {
  id: "bz1954861",
  kind: "ca",
  date: "2025-03-18",
  title: "Let's Encrypt: two revoked certificates dropped before they expired",
  sources: [bugzilla(1954861), "https://github.com/letsencrypt/boulder/pull/8072"],
  story: `A window that looks back was added to the clock in place of taken from it, and two entries were gone from two partitions
while their certificates were good. A monitor of the CA's own told it at once.

The lesson: an entry goes only when its certificate has expired, and once more was listed.`,
  trials: removed({
    signer: tlsCa(2024),
    before: "2025-03-18T09:00:00Z",
    at: "2025-03-18T15:05:00Z",
    notAfter: "2025-04-20T00:00:00Z",
    expected: early,
  }),
};

const certainly: Incident = {
  id: "bz1954889",
  kind: "ca",
  date: "2025-02-13 to 2025-03-18",
  title: "Certainly: the same dropped entries, for five weeks",
  sources: [bugzilla(1954889)],
  story: `The same software with the same slip ran for five weeks at another CA, which had no such monitor and learnt it from the
first.

The lesson: compare each CRL with the one before, in production.`,
  trials: removed({
    signer: tlsCa(2024, { key: "p384" }),
    before: "2025-02-13T00:00:00Z",
    at: "2025-02-14T00:00:00Z",
    notAfter: "2025-03-10T00:00:00Z",
    expected: early,
  }),
};

const gtsExpired: Incident = {
  id: "inc-062",
  kind: "ca",
  date: "2019-08-16",
  title: "Google Trust Services: entries gone as soon as their certificate expired",
  sources: ["dev-security-policy, message 12493 at mail-archive.com"],
  story: `A job listed only certificates that had not expired, so that an entry was missing from the first CRL behind the end of its
certificate, where it has to stand once more.

The lesson: the last CRL that lists a certificate is one from after its end.`,
  trials: removed({
    signer: tlsCa(2018),
    before: "2019-08-15T00:00:00Z",
    at: "2019-08-16T00:00:00Z",
    notAfter: "2019-08-15T12:00:00Z",
    expected: early,
  }),
};

const cacertCa = tlsCa(2005);
const cacertEntries = [{ serial, date: "2008-03-01T00:00:00Z" }, ...entriesAt("2014-09-10T00:00:00Z").slice(1)];

const cacert: Incident = {
  id: "inc-112",
  kind: "ca",
  date: "2014-09-15",
  title: "CAcert: entries of expired certificates never removed",
  sources: ["http://bugs.cacert.org/view.php?id=1306"],
  story: `Everything revoked since 2003 was still listed: 6.5 MB for each client, 130 GB a day, and timeouts.

The lesson: an entry has done its work once a CRL listed it behind the end of its certificate. The requirement that it
then should go is younger than the incident: hence \`--all-dates\`.`,
  remark: "with `--all-dates`: the recommendation is of 2024",
  trials: play({
    signer: cacertCa,
    at: "2014-09-15T00:00:00Z",
    allDates: true,
    profile: "tls-br",
    sound: { entries: cacertEntries.slice(1) },
    previous: file("previous.crl", () =>
      crlOf(cacertCa, "2014-09-14T00:00:00Z", { crlNumber: 4710, entries: cacertEntries }),
    ),
    certificates: [
      certificateFile("leaf.pem", () =>
        kit.certificate({
          parent: cacertCa,
          serial,
          notBefore: "2007-06-01T00:00:00Z",
          notAfter: "2009-06-01T00:00:00Z",
          crldp: ["http://crl.example.com/ca.crl"],
        }),
      ),
    ],
    bad: [{ turn: { entries: cacertEntries }, expected: ["sequence/expired-entry-kept"] }],
  }),
};

/** Incidents about entries that went too early, or too late. */
export const removalIncidents = [gtsBatch, letsEncrypt, certainly, gtsExpired, cacert];
