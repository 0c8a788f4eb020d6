import { Oid } from "../extension/oids.ts";
import type { CrlCase, Kit } from "../fixture/index.ts";
import { entryExtension, markedExtension } from "../rule/aspects.ts";
import { ccadbPartition, partitionEvidence } from "../checks/completeness.ts";
import { rpkiNoOtherExtension } from "../checks/not-allowed.ts";
import { type AnyRule, type BaseContext, defineRule, type Example, type Requirement, type Rule } from "../rule/rule.ts";

/** A row of the rules on the criticality of one extension, with everything in which the rules differ. */
interface Row extends Pick<Rule, "requirements" | "why"> {
  readonly id: string;
  readonly oid: string;
  /** Name of the extension. */
  readonly name: string;
  /** Whether the extension must be critical; otherwise it must not be critical. */
  readonly mustBeCritical: boolean;
  /** The fix. Default: set `critical` as required. */
  readonly fix?: string;
  /** Returns the CRL of both examples. */
  readonly make: (kit: Kit, critical: boolean) => CrlCase;
  /** Further bad examples. */
  readonly bad?: readonly Example[];
  /** Further properties of the good example. */
  readonly good?: Pick<Example, "also" | "profile">;
}

/** A row about an extension of crlExtensions. */
interface CrlRow extends Row {
  /** The requirement of a rule that reports the extension itself. */
  readonly leftTo?: Requirement;
  /** Whether a requirement applies to a CRL. Default: all requirements apply. */
  readonly applies?: (requirement: Requirement, ctx: BaseContext) => boolean;
}

/** The column "Critical" of the table "CRL Extensions", which has no sentence to quote. */
const tlsTable: Requirement = { source: "tls-br", section: "7.2.2", severity: "error", from: "2024-03-15" };

/** RFC 5280 5.2, for extensions that it does not define. */
const unprocessed = {
  source: "rfc5280",
  section: "5.2",
  severity: "error",
  quote:
    "If a CRL contains a critical extension that the application cannot process, then the application MUST NOT use that CRL",
} as const;

const inCrl: readonly CrlRow[] = [
  {
    id: "aia/critical",
    oid: Oid.authorityInfoAccess,
    name: "authorityInfoAccess",
    mustBeCritical: false,
    requirements: [
      {
        source: "rfc5280",
        section: "5.2.7",
        severity: "error",
        quote: "This CRL extension MUST be marked as non-critical.",
      },
    ],
    why: "Most clients do not know the extension in CRLs. If it is critical, they must reject the CRL.",
    make(kit, critical) {
      const {
        oids,
        der,
        extension: { extension: encode, uri },
      } = kit;
      const access = der.seq(der.seq(der.oid(oids.caIssuers), uri("http://ca.example.com/ca.cer")));
      return kit.crl({ extra: [encode(oids.authorityInfoAccess, access, critical)] });
    },
  },
  {
    id: "aki/critical",
    oid: Oid.authorityKeyIdentifier,
    name: "authorityKeyIdentifier",
    mustBeCritical: false,
    requirements: [
      {
        source: "rfc5280",
        section: "4.2.1.1",
        severity: "error",
        quote: "Conforming CAs MUST mark this extension as non-critical.",
      },
      tlsTable,
    ],
    why: "The extension only helps to find a key. If it is critical, a client that does not know it must reject the CRL.",
    make: (kit, critical) => kit.crl({ critical: { [kit.oids.authorityKeyIdentifier]: critical } }),
  },
  {
    id: "crl-number/critical",
    oid: Oid.crlNumber,
    name: "cRLNumber",
    mustBeCritical: false,
    requirements: [
      { source: "rfc5280", section: "5.2.3", severity: "error", quote: "MUST mark this extension as non-critical" },
      { source: "rpki", document: "rfc9829", section: "3.1", severity: "error" },
      tlsTable,
    ],
    why: "Clients that do not know the extension must reject a CRL in which it is critical. OpenSSL 3.0, Node 20 and Java 17 with hard fail reject every certificate. RFC 5280 makes it non-critical so that all clients can read the CRL.",
    make: (kit, critical) => kit.crl({ critical: { [kit.oids.crlNumber]: critical } }),
  },
  {
    id: "delta/indicator-not-critical",
    oid: Oid.deltaCrlIndicator,
    name: "deltaCRLIndicator",
    mustBeCritical: true,
    requirements: [
      {
        source: "rfc5280",
        section: "5.2.4",
        severity: "error",
        quote: "the delta CRL MUST include a critical delta CRL indicator extension",
      },
    ],
    why: "A client that does not know the extension treats the delta CRL as the full CRL. Every certificate that was revoked earlier then looks good.",
    make: (kit, critical) => kit.crl({ extra: [{ ...kit.extension.deltaCrlIndicator(4700), critical }] }),
  },
  {
    id: "expired-certs/critical",
    oid: Oid.expiredCertsOnCrl,
    name: "expiredCertsOnCRL",
    mustBeCritical: false,
    leftTo: rpkiNoOtherExtension,
    requirements: [
      // The text was not read; the requirement of X.509 also follows from RFC 5280.
      { source: "x509", section: "8.5.2.12 (2005)", severity: "warning" },
      unprocessed,
    ],
    why: "The extension only adds information. If it is critical, every client that does not know it must reject the CRL.",
    make: (kit, critical) =>
      kit.crl({ extra: [{ ...kit.extension.expiredCertsOnCrl("2024-01-01T00:00:00Z"), critical }] }),
    bad: [
      {
        title: "critical TRUE, by RFC 5280 alone",
        profile: "rfc5280",
        make: (kit) =>
          kit.crl({ extra: [{ ...kit.extension.expiredCertsOnCrl("2024-01-01T00:00:00Z"), critical: true }] }),
      },
    ],
  },
  {
    id: "freshest-crl/critical",
    oid: Oid.freshestCrl,
    name: "freshestCRL",
    mustBeCritical: false,
    requirements: [
      {
        source: "rfc5280",
        section: "5.2.6",
        severity: "error",
        quote: "Conforming CRL issuers MUST mark this extension as non-critical.",
      },
    ],
    why: "Clients without support for delta CRLs must then reject the full CRL, although they do not need the extension.",
    make: (kit, critical) =>
      kit.crl({ extra: [{ ...kit.extension.freshestCrl("http://crl.example.com/delta.crl"), critical }] }),
  },
  {
    id: "idp/not-critical",
    oid: Oid.issuingDistributionPoint,
    name: "issuingDistributionPoint",
    mustBeCritical: true,
    requirements: [
      {
        source: "rfc5280",
        section: "5.2.5",
        severity: "error",
        quote: "The issuing distribution point is a critical CRL extension",
      },
      tlsTable,
      ccadbPartition,
    ],
    // CCADB Policy 6.2 states this only for partitioned CRLs.
    applies: ({ source }, { stated }) => source !== "ccadb" || partitionEvidence(stated) !== undefined,
    why: "A client that does not know the extension treats the CRL as the full CRL. Certificates that the CRL does not cover then look good.",
    make: (kit, critical) =>
      kit.crl({
        idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
        critical: { [kit.oids.issuingDistributionPoint]: critical },
      }),
  },
  {
    id: "issuer-alt-name/critical",
    oid: Oid.issuerAltName,
    name: "issuerAltName",
    mustBeCritical: false,
    requirements: [
      {
        source: "rfc5280",
        section: "5.2.2",
        severity: "warning",
        quote: "Conforming CRL issuers SHOULD mark the issuerAltName extension as non-critical.",
      },
      { source: "icao", section: "7.1.4, table 10", severity: "error" },
    ],
    why: "Clients that do not process the extension must then reject the CRL because of names that they do not need.",
    make(kit, critical) {
      const names = kit.der.seq(kit.extension.uri("http://ca.example.com/"));
      return kit.crl({ extra: [kit.extension.extension(kit.oids.issuerAltName, names, critical)] });
    },
  },
  {
    id: "other-extension/crl-scope-critical",
    oid: "2.5.29.44",
    name: "crlScope",
    mustBeCritical: true,
    // The text was not read.
    requirements: [{ source: "x509", section: "8.5.2.5 (2005)", severity: "warning" }],
    why: "A client that ignores crlScope treats the CRL as one that covers every certificate of the CA.",
    fix: "mark crlScope critical, or omit it: clients of RFC 5280 do not know it",
    make: (kit, critical) => kit.crl({ extra: [kit.extension.extension("2.5.29.44", kit.der.seq(), critical)] }),
    good: { also: ["extension/unknown-critical"], profile: "private" },
  },
  {
    id: "other-extension/delta-info",
    oid: "2.5.29.53",
    name: "deltaInfo",
    mustBeCritical: false,
    leftTo: rpkiNoOtherExtension,
    requirements: [
      // The text was not read; the requirement of X.509 also follows from RFC 5280.
      { source: "x509", section: "8.5.2.10", severity: "warning" },
      unprocessed,
    ],
    why: "The extension only gives the time and place of the next delta CRL. If it is critical, every client that does not know it must reject the full CRL.",
    make(kit, critical) {
      const value = kit.der.seq(kit.extension.uri("http://crl.example.com/delta.crl"));
      return kit.crl({ extra: [kit.extension.extension("2.5.29.53", value, critical)] });
    },
  },
  {
    id: "other-extension/status-referrals-critical",
    oid: "2.5.29.45",
    name: "statusReferrals",
    mustBeCritical: true,
    // The text was not read.
    requirements: [{ source: "x509", section: "8.5.2.6", severity: "warning" }],
    why: "A CRL with statusReferrals lists no revocations; it shows where they are listed. A client that ignores the extension treats every certificate as good.",
    fix: "mark statusReferrals critical, or omit it: clients of RFC 5280 do not know it",
    make: (kit, critical) => kit.crl({ extra: [kit.extension.extension("2.5.29.45", kit.der.seq(), critical)] }),
    good: { also: ["extension/unknown-critical"], profile: "private" },
  },
];

const inEntries: readonly Row[] = [
  {
    id: "certificate-issuer/critical",
    oid: Oid.certificateIssuer,
    name: "certificateIssuer",
    mustBeCritical: true,
    requirements: [
      {
        source: "rfc5280",
        section: "5.3.3",
        severity: "error",
        quote: "CRL issuers MUST mark this extension as critical",
      },
    ],
    why: "A client that ignores the extension treats the entry as one for a certificate of the CRL issuer. The wrong certificate is then revoked, and the right one looks good.",
    fix: "mark certificateIssuer critical in every entry that has it",
    make: (kit, critical) =>
      kit.crl({
        idp: { uris: ["http://crl.example.com/1.crl"], indirect: true },
        entries: [{ reason: 1, extensions: [{ ...kit.extension.certificateIssuer(kit.otherCa.subject), critical }] }],
      }),
    bad: [
      {
        title: "critical omitted, next to an entry with it and entries without the extension",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], indirect: true },
            entries: [
              { reason: 1, extensions: [{ ...kit.extension.certificateIssuer(kit.otherCa.subject), critical: false }] },
              { reason: 1, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] },
              { reason: 1 },
              {},
            ],
          }),
        also: ["certificate-issuer/redundant"],
      },
    ],
  },
  {
    id: "invalidity-date/critical",
    oid: Oid.invalidityDate,
    name: "invalidityDate",
    mustBeCritical: false,
    requirements: [
      {
        source: "rfc5280",
        section: "5.3.2",
        severity: "error",
        quote: "The invalidity date is a non-critical CRL entry extension",
      },
    ],
    why: "Most clients do not process invalidityDate. They must reject a CRL with a critical entry extension that they cannot process.",
    make: (kit, critical) =>
      kit.crl({
        entries: [{ reason: 1, extensions: [{ ...kit.extension.invalidityDate("2026-05-01T00:00:00Z"), critical }] }],
      }),
    bad: [
      {
        title: "critical TRUE, next to entries with another critical extension, a non-critical one, and none",
        make: (kit) =>
          kit.crl({
            entries: [
              { extensions: [{ ...kit.extension.invalidityDate("2026-05-01T00:00:00Z"), critical: true }] },
              {
                extensions: [
                  { ...kit.extension.reasonCode(1), critical: true },
                  kit.extension.invalidityDate("2026-05-01T00:00:00Z"),
                ],
              },
              { reason: 1 },
              {},
            ],
          }),
        also: ["reason/critical"],
      },
    ],
  },
  {
    id: "reason/critical",
    oid: Oid.reasonCode,
    name: "reasonCode",
    mustBeCritical: false,
    requirements: [
      {
        source: "rfc5280",
        section: "5.3.1",
        severity: "error",
        quote: "The reasonCode is a non-critical CRL entry extension",
      },
      {
        source: "tls-br",
        section: "7.2.2",
        severity: "error",
        from: "2020-09-30",
        quote: "MUST NOT be marked critical",
      },
      {
        source: "smime-br",
        section: "7.2.2",
        severity: "error",
        from: "2023-09-01",
        quote: "extension SHALL NOT be marked critical",
      },
    ],
    why: "A client that does not process reasonCode must reject a CRL in which it is critical. OpenSSL 3.0 and Node 20 reject every certificate.",
    make: (kit, critical) => kit.crl({ entries: [{ extensions: [{ ...kit.extension.reasonCode(1), critical }] }] }),
    bad: [
      {
        title: "critical TRUE, next to entries with another critical extension, a non-critical one, and none",
        make: (kit) => {
          const date = kit.extension.invalidityDate("2026-05-01T00:00:00Z");
          return kit.crl({
            entries: [
              { extensions: [{ ...kit.extension.reasonCode(1), critical: true }, date] },
              { extensions: [kit.extension.reasonCode(1), { ...date, critical: true }] },
              { reason: 1 },
              {},
            ],
          });
        },
        also: ["invalidity-date/critical"],
      },
    ],
  },
];

/** The rules on the criticality of extensions in crlExtensions. Each reports the extension itself. */
const ofCrl = inCrl.map(({ leftTo, applies, ...row }) =>
  defineRule({
    ...textsOf(row),
    looksAt: [markedExtension(row.oid, row.mustBeCritical ? "non-critical" : "critical")],
    create(ctx) {
      if (leftTo !== undefined && ctx.hasInForce([leftTo])) return;
      const violates = ctx.requirements.filter((requirement) => applies?.(requirement, ctx) !== false);
      for (const { oid, critical, isCut, path, start, end } of ctx.crlExtensions.list) {
        // An Extension that ends early does not prove that `critical` is missing; structure/extension reports it.
        const isWrong = oid === row.oid && critical !== row.mustBeCritical && !(isCut && !critical);
        if (isWrong) ctx.report({ at: { start, end }, path, violates });
      }
    },
  }),
);

/** The rules on the criticality of extensions in crlEntryExtensions. Each counts the entries. */
const ofEntries = inEntries.map((row) =>
  defineRule({
    ...textsOf(row),
    looksAt: [entryExtension(row.oid, row.mustBeCritical ? "non-critical" : "critical")],
    create(ctx) {
      const what = row.mustBeCritical ? `with a ${row.name} that is not critical` : `with a critical ${row.name}`;
      const tally = ctx.tally({ what });
      return {
        entry(entry) {
          const isWrong = entry
            .extensions()
            .some(({ oid, critical }) => oid === row.oid && critical !== row.mustBeCritical);
          if (isWrong) tally.add(entry);
        },
      };
    },
  }),
);

/** All rules on the criticality of an extension. */
export default [...ofCrl, ...ofEntries] as readonly AnyRule[];

/** Returns all properties of a rule except its check. */
function textsOf({ id, name, mustBeCritical, requirements, why, fix, make, bad = [], good }: Row) {
  const set = "critical TRUE";
  const unset = "critical omitted";
  return {
    id,
    title: `${name} is ${mustBeCritical ? "not critical" : "critical"}`,
    requirements,
    why,
    fix: fix ?? (mustBeCritical ? `mark ${name} critical` : `omit critical (its DEFAULT is FALSE) in ${name}`),
    examples: () => ({
      bad: [{ title: mustBeCritical ? unset : set, make: (kit: Kit) => make(kit, !mustBeCritical) }, ...bad],
      good: [{ title: mustBeCritical ? set : unset, make: (kit: Kit) => make(kit, mustBeCritical), ...good }],
    }),
  };
}
