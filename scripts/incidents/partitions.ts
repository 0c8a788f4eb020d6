import { type IdpKnobs, kit } from "../../src/fixture/index.ts";
import { after, bugzilla, caFile, certificateFile, crlOf, file, tlsCa } from "./cast.ts";
import type { FixtureFile, Incident, Trial } from "./incident.ts";

const at = "2024-05-06T00:00:00Z";
const signer = tlsCa(2022);

/** Returns the issuingDistributionPoint of the partition with a number. */
export function partition(number: number): IdpKnobs {
  return { uris: [`http://c.example.com/${number}.crl`], onlyUser: true };
}

/** Returns a server certificate whose distribution point is a URI. */
export function leafFile(name: string, uri: string, serial: number | bigint = 0x4d01_77a3n): FixtureFile {
  return certificateFile(name, () =>
    kit.certificate({
      parent: signer,
      serial,
      crldp: [uri],
      notBefore: "2024-04-01T00:00:00Z",
      notAfter: "2024-06-30T00:00:00Z",
    }),
  );
}

function shard(name: string, idp: IdpKnobs | null, serial: number): FixtureFile {
  return file(name, () => crlOf(signer, at, { idp, entries: [{ serial, date: after(at, -7200), reason: 4 }] }));
}

function shardTrial(title: string, shards: readonly FixtureFile[], expected: readonly string[]): Trial {
  const [crl, ...rest] = shards.toReversed();
  if (crl === undefined) throw new Error("a set of partitions must have a CRL");
  return { title, crl, shards: rest.toReversed(), ca: caFile(signer), now: after(at, 3600), expected };
}

const replaced: Incident = {
  id: "inc-033",
  kind: "policy",
  date: "2022-10-12 to 2023-01-15",
  title: "SC-58: partitions without their own URI can be exchanged for each other",
  sources: ["https://github.com/cabforum/servercert/pull/396", "https://github.com/mozilla/pkipolicy/issues/256"],
  story: `If a partition does not contain its own URI, an attacker on the network can return another partition that does not list
the certificate. The TLS BR have required the URI since January 2023.

The lesson: a partition must contain its URI in a critical issuingDistributionPoint.`,
  trials: [
    shardTrial(
      "two partitions without issuingDistributionPoint",
      [shard("published-1.crl", null, 101), shard("published-2.crl", null, 102)],
      ["idp/missing-on-partition"],
    ),
    shardTrial(
      "the same partitions without the defect",
      [shard("sound-1.crl", partition(1), 101), shard("sound-2.crl", partition(2), 102)],
      [],
    ),
  ],
};

const fetchUrl: Incident = {
  id: "inc-034",
  kind: "reader",
  date: "2025-06-27",
  title: "CRLite: issuingDistributionPoint not compared with the URL the CRL came from",
  sources: ["https://github.com/mozilla/crlite/issues/356"],
  story: `CRLite accepted any partition that a URL returned. It now requires that the CRL contains this URL and not that of
another partition.

The lesson: only the URL of a partition shows whether it is the right one.`,
  trials: [
    {
      title: "partition 2 at the URL of partition 1",
      crl: shard("sound-2.crl", partition(2), 102),
      ca: caFile(signer),
      now: after(at, 3600),
      answer: {
        url: "http://c.example.com/1.crl",
        onlyAsData: true,
        status: 200,
        headers: { "content-type": "application/pkix-crl" },
      },
      expected: ["transport/idp-url-differs"],
    },
    {
      title: "partition 2 at its own URL",
      crl: shard("sound-2.crl", partition(2), 102),
      ca: caFile(signer),
      now: after(at, 3600),
      answer: {
        url: "http://c.example.com/2.crl",
        onlyAsData: true,
        status: 200,
        headers: { "content-type": "application/pkix-crl" },
      },
      expected: [],
    },
  ],
};

const critical: Incident = {
  id: "bz133191",
  kind: "reader",
  date: "2002-03",
  title: "NSS and Mbed TLS: CRLs with a critical issuingDistributionPoint rejected",
  sources: [bugzilla(133191), "https://github.com/Mbed-TLS/mbedtls/issues/10560"],
  story: `The CRLs were valid, but these clients could not use them. One of the clients still rejects every critical extension.

The lesson: the CRL below is valid, and crllint reports nothing.`,
  trials: [
    {
      title: "a valid CRL with a critical issuingDistributionPoint",
      crl: shard("sound-1.crl", partition(1), 101),
      ca: caFile(signer),
      now: after(at, 3600),
      expected: [],
    },
  ],
};

const awsLc: Incident = {
  id: "inc-041",
  kind: "reader",
  date: "2026-03-19",
  title: "AWS-LC: CRLs with issuingDistributionPoint always out of scope",
  sources: ["https://github.com/aws/aws-lc/pull/3105"],
  story: `A client never reached the comparison of the two names, and treated every such CRL as out of scope. It therefore
accepted revoked certificates.

The lesson: the CRL below lists the certificate and contains its distribution point. The CRL is valid; a client that
accepts the certificate is wrong.`,
  trials: [
    {
      title: "a valid CRL that lists the certificate",
      crl: file("sound.crl", () => crlOf(signer, at, { idp: partition(1) })),
      ca: caFile(signer),
      revoked: [leafFile("leaf.pem", "http://c.example.com/1.crl")],
      now: after(at, 3600),
      expected: [],
    },
  ],
};

const prober: Incident = {
  id: "inc-053",
  kind: "ca-software",
  date: "2026-03 to 2026-08",
  title: "Boulder: monitor of all partitions of a CA",
  sources: ["https://github.com/letsencrypt/boulder/pull/8644"],
  story: `The monitor was written after several incidents. It checks properties of the set that no single partition shows: no
partition is missing, and no serial is in two partitions.

The lesson: check the partitions of a CA as a set.`,
  trials: [
    shardTrial(
      "one serial in two partitions",
      [
        shard("sound-1.crl", partition(1), 101),
        shard("sound-2.crl", partition(2), 102),
        shard("twice-3.crl", partition(3), 101),
      ],
      ["shards/serial-in-two"],
    ),
    {
      ...shardTrial(
        "partition 2, which a certificate names, is missing",
        [shard("sound-1.crl", partition(1), 101), shard("sound-3.crl", partition(3), 103)],
        ["shards/shards-must-cover-all"],
      ),
      certificates: [leafFile("leaf.pem", "http://c.example.com/2.crl")],
    },
    {
      ...shardTrial(
        "the same partitions without the defect",
        [
          shard("sound-1.crl", partition(1), 101),
          shard("sound-2.crl", partition(2), 102),
          shard("sound-3.crl", partition(3), 103),
        ],
        [],
      ),
      certificates: [leafFile("leaf.pem", "http://c.example.com/2.crl")],
    },
  ],
};

/** Incidents about partitions. */
export const partitionIncidents = [replaced, fetchUrl, critical, awsLc, prober];
