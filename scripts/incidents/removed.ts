import { type KitCa, kit } from "../../src/fixture/index.ts";
import { after, bugzilla, certificateFile, crlOf, day, entriesAt, file, hour, trialsOf, tlsCa } from "./cast.ts";
import type { FixtureFile, Incident, Trial } from "./incident.ts";

/** A CRL that lists a certificate, the next CRL, and the certificate. */
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

/** Returns trials of a later CRL without and with the first entry. */
function removed(pair: Pair): readonly Trial[] {
  const { signer, before, at, expected, number = 4711 } = pair;
  const entries = entriesAt(before);
  return trialsOf({
    signer,
    at,
    now: after(at, hour),
    valid: { entries },
    previous: file("previous.crl", () => crlOf(signer, before, { entries, crlNumber: 4710 })),
    certificates: [leafFile(pair)],
    bad: [{ change: { entries: entries.slice(1), crlNumber: number }, expected }],
  });
}

const gtsBatch: Incident = {
  id: "bz1634795",
  kind: "ca",
  date: "2020-04-08 to 2020-04-17",
  title: "Google Trust Services: revocation data of an older batch served for Y3 and Y4",
  sources: [bugzilla(1634795)],
  story: `CRLs that had been signed in advance, in September 2019, replaced the CRLs that had been published later. The loss of
entries is inferred from the report.

The lesson: a CRL that was signed in advance lacks later revocations. Its number, lower than the last, shows this.`,
  trials: trialsOf({
    signer: tlsCa(2018),
    at: "2020-04-08T00:00:00Z",
    valid: { entries: entriesAt("2020-03-20T00:00:00Z"), crlNumber: 21 },
    previous: file("previous.crl", () =>
      crlOf(tlsCa(2018), "2020-04-02T00:00:00Z", { crlNumber: 20, entries: entriesAt("2020-03-20T00:00:00Z") }),
    ),
    bad: [
      {
        change: { entries: entriesAt("2020-03-20T00:00:00Z").slice(1), crlNumber: 19 },
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
  story: `A time window was added to the current time instead of subtracted from it. Two entries were removed from two partitions
before their certificates had expired. The CA's own monitor reported it immediately.

The lesson: an entry may be removed only after its certificate has expired and one more CRL has listed it.`,
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
  title: "Certainly: entries dropped by the same defect, for five weeks",
  sources: [bugzilla(1954889)],
  story: `Another CA used the same software with the same defect for five weeks. It had no such monitor, and was informed by the
first CA.

The lesson: compare each CRL with the previous CRL, in production.`,
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
  title: "Google Trust Services: entries removed as soon as their certificate expired",
  sources: ["dev-security-policy, message 12493 at mail-archive.com"],
  story: `A job listed only certificates that had not expired. Entries were therefore missing from the first CRL after the expiry
of their certificate, which must still list them.

The lesson: the last CRL that lists a certificate must be issued after the certificate's notAfter.`,
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
  story: `All revocations since 2003 were still listed. The result was 6.5 MB per client, 130 GB per day, and timeouts.

The lesson: an entry is no longer needed after one CRL has listed it after the certificate's notAfter. The requirement
to remove it then took effect after the incident, so the command uses \`--all-dates\`.`,
  remark: "with `--all-dates`: the recommendation took effect in 2024",
  trials: trialsOf({
    signer: cacertCa,
    at: "2014-09-15T00:00:00Z",
    allDates: true,
    profile: "tls-br",
    valid: { entries: cacertEntries.slice(1) },
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
    bad: [{ change: { entries: cacertEntries }, expected: ["sequence/expired-entry-kept"] }],
  }),
};

/** Incidents about entries that were removed too early or too late. */
export const removalIncidents = [gtsBatch, letsEncrypt, certainly, gtsExpired, cacert];
