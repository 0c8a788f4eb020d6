import type { Certificate } from "../cert/certificate.ts";
import { countOf } from "../checks/certificate-findings.ts";
import { type Crl, findExtension } from "../crl/crl.ts";
import { compareIntegers } from "../der/integer.ts";
import { contents, hex, octets, sameOctets } from "../der/span.ts";
import { latin1 } from "../der/strings.ts";
import { Oid } from "../extension/oids.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import { formatName } from "../name/format.ts";
import { locate } from "../rule/location.ts";
import type { Finding } from "../rule/report.ts";

/** Something about the CRLs of a call together, which no single one of them shows. */
export type SetFinding = Pick<Finding, "rule" | "severity" | "message" | "location" | "related" | "notes" | "help">;

/** The least size in bytes of a serial that two CAs do not use by accident: sequential numbers are shorter. */
const longSerial = 8;

/**
 * Reports what the CRLs of a call show together: a CA of the chain without a CRL, delta CRLs that nothing leads to, and
 * serials that are in CRLs of several CAs.
 *
 * @param all all CRLs of the call
 * @param certificates all certificates of the call
 */
export function findInSet(all: readonly GivenCrl[], certificates: readonly GivenCertificate[]): readonly SetFinding[] {
  // The order in which the files were given does not matter.
  const crls = inOrder(all);
  return [...findUncoveredCas(crls, inOrder(certificates)), ...findLooseDeltas(crls), ...findSharedSerials(crls)];
}

/**
 * Finds the complete CRL of the same call that a delta CRL updates: the same issuer and scope, and a number from
 * BaseCRLNumber up to that of the delta CRL (RFC 5280 5.2.4). The highest number is the one to use.
 */
export function findBase(delta: Crl, crls: readonly GivenCrl[]): GivenCrl | undefined {
  const { deltaCrlIndicator, source } = delta;
  if (deltaCrlIndicator === undefined) return undefined;
  const from = contents(source.bytes, deltaCrlIndicator);
  let best: GivenCrl | undefined;
  for (const given of crls) {
    const { crl } = given;
    if (isDelta(crl) || crl.crlNumber === undefined || !isSameSeries(crl, delta)) continue;
    if (compareIntegers(numberOf(crl), from) < 0 || compareIntegers(numberOf(crl), numberOf(delta)) >= 0) continue;
    if (best === undefined || compareIntegers(numberOf(crl), numberOf(best.crl)) > 0) best = given;
  }
  return best;
}

/** Clients that check a whole chain need a CRL of each CA in it. */
function findUncoveredCas(crls: readonly GivenCrl[], certificates: readonly GivenCertificate[]): readonly SetFinding[] {
  const withCrl = new Set(
    crls.flatMap(({ crl }) => (crl.issuer === undefined ? [] : [keyOf(crl.source.bytes, crl.issuer)])),
  );
  const bySubject = new Map(certificates.map((given) => [subjectKey(given.certificate), given] as const));
  const reported = new Set<string>();
  return certificates.flatMap(({ certificate, artefact }): readonly SetFinding[] => {
    // A certificate of a CA whose CRL is there, below a CA that is there without one.
    const issuer = keyOf(certificate.source.bytes, certificate.issuer);
    const above = bySubject.get(issuer);
    if (certificate.selfIssued || !withCrl.has(subjectKey(certificate)) || withCrl.has(issuer)) return [];
    if (above === undefined || reported.has(issuer)) return [];
    reported.add(issuer);
    const name = formatName(above.certificate.subject, above.certificate.source.bytes);
    return [
      {
        rule: "crllint/ca-without-crl",
        severity: "warning",
        message: `no CRL of ${name}, which issued ${artefact.name}, was given`,
        location: locate(above.artefact, above.certificate.subject, "tbsCertificate.subject"),
        related: [locate(artefact, certificate.issuer, "tbsCertificate.issuer")],
        notes: ["clients that check the whole chain reject it: OpenSSL with -crl_check_all reports error 3 at depth 1"],
        help: "add the CRL of this CA to the CRLs that clients are given",
      },
    ];
  });
}

function findLooseDeltas(crls: readonly GivenCrl[]): readonly SetFinding[] {
  if (crls.length < 2) return [];
  return crls.flatMap(({ crl, artefact }): readonly SetFinding[] => {
    const { deltaCrlIndicator } = crl;
    if (deltaCrlIndicator === undefined) return [];
    const base = findBase(crl, crls);
    const common = {
      severity: "notice" as const,
      location: locate(artefact, deltaCrlIndicator, "tbsCertList.crlExtensions"),
      notes: [],
    };
    if (base === undefined) {
      return [
        {
          ...common,
          rule: "crllint/delta-without-base",
          message: "none of the CRLs given is the complete CRL that this delta CRL updates",
          related: [],
          help: "give the complete CRL too: the same issuer and scope, and a cRLNumber of at least BaseCRLNumber",
        },
      ];
    }
    if (findExtension(base.crl, Oid.freshestCrl) !== undefined) return [];
    return [
      {
        ...common,
        rule: "crllint/delta-not-linked",
        message: `the complete CRL ${base.artefact.name} has no freshestCRL that leads to this delta CRL`,
        related: [locate(base.artefact, base.crl.whole, "")],
        help: "add freshestCRL to the complete CRL, or to the certificates",
      },
    ];
  });
}

/** One database that writes the entries of several CAs into each of their CRLs. */
function findSharedSerials(crls: readonly GivenCrl[]): readonly SetFinding[] {
  const direct = crls.filter(({ crl }) => crl.issuer !== undefined && crl.entries.serials.issuers === undefined);
  const issuers = new Set(direct.map(({ crl }) => crl.issuer && keyOf(crl.source.bytes, crl.issuer)));
  if (issuers.size < 2) return [];
  const first = new Map<string, GivenCrl>();
  const shared = new Map<string, { readonly one: GivenCrl; readonly other: GivenCrl; serials: string[] }>();
  for (const given of direct) {
    const { crl } = given;
    crl.entries.visit(({ serialContent, serialEnd }) => {
      if (serialEnd - serialContent < longSerial) return;
      const serial = hex(crl.source.bytes.subarray(serialContent, serialEnd));
      const one = first.get(serial);
      if (one === undefined) first.set(serial, given);
      else if (areOfTwoCas(one.crl, crl)) {
        const pair = `${one.artefact.name}\n${given.artefact.name}`;
        const known = shared.get(pair);
        if (known === undefined) shared.set(pair, { one, other: given, serials: [serial] });
        else known.serials.push(serial);
      }
    });
  }
  return Array.from(shared.values(), ({ one, other, serials }): SetFinding => {
    const list = (given: GivenCrl) =>
      locate(given.artefact, given.crl.revokedCertificates ?? given.crl.whole, "tbsCertList.revokedCertificates");
    return {
      rule: "crllint/serial-in-several-cas",
      severity: "warning",
      message: `${countOf(serials.length, "serial is", "serials are")} also in ${one.artefact.name}, the CRL of another CA; ${serials.length === 1 ? "it is" : "the first is"} ${serials[0] ?? ""}`,
      location: list(other),
      related: [list(one)],
      notes: [
        `serials of ${longSerial} bytes or more are not equal by accident: one database may write the CRLs of both CAs`,
      ],
      help: "list in each CRL only certificates of its own issuer",
    };
  });
}

function inOrder<T extends Pick<GivenCrl, "artefact">>(objects: readonly T[]): readonly T[] {
  return objects.toSorted((a, b) => compare(placeOf(a), placeOf(b)));
}

/** A text by which objects of files are sorted. */
function placeOf({ artefact }: Pick<GivenCrl, "artefact">): string {
  return `${artefact.name} ${String(artefact.origin?.offset ?? 0).padStart(12, "0")}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isDelta(crl: Crl): boolean {
  return findExtension(crl, Oid.deltaCrlIndicator) !== undefined;
}

function numberOf({ crlNumber, source }: Crl): Uint8Array {
  return crlNumber === undefined ? new Uint8Array() : contents(source.bytes, crlNumber);
}

function haveSameIssuer(a: Crl, b: Crl): boolean {
  if (a.issuer === undefined || b.issuer === undefined) return false;
  return sameOctets(octets(a.source.bytes, a.issuer), octets(b.source.bytes, b.issuer));
}

/** Whether two CRLs are of two CAs: another name alone may be a wrong issuer. */
function areOfTwoCas(a: Crl, b: Crl): boolean {
  const [mine, other] = [a.authorityKeyIdentifier?.keyIdentifier, b.authorityKeyIdentifier?.keyIdentifier];
  if (mine === undefined || other === undefined || haveSameIssuer(a, b)) return false;
  return !sameOctets(contents(a.source.bytes, mine), contents(b.source.bytes, other));
}

function isSameSeries(a: Crl, b: Crl): boolean {
  if (!haveSameIssuer(a, b)) return false;
  const [mine, other] = [a, b].map((crl) => findExtension(crl, Oid.issuingDistributionPoint)?.value);
  if (mine === undefined || other === undefined) return mine === other;
  return sameOctets(contents(a.source.bytes, mine), contents(b.source.bytes, other));
}

function subjectKey({ source, subject }: Certificate): string {
  return keyOf(source.bytes, subject);
}

function keyOf(bytes: Uint8Array, name: Parameters<typeof octets>[1]): string {
  return latin1(octets(bytes, name));
}
