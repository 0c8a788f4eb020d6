import { type CertificateFault, findEncodingFault } from "../cert/fault.ts";
import type { Crl } from "../crl/crl.ts";
import { unreadableReason } from "../crl/entry-reader.ts";
import { issuerPath, repeatsSubject } from "../checks/issuer-faults.ts";
import type { DerFault, FaultCode } from "../der/fault.ts";
import { extensionName, Oid } from "../extension/oids.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { GivenCrl } from "../given/other-crl.ts";
import type { Artefact } from "../input/read.ts";
import { type Input, type Occasion, otherCrlRole, type OtherCrlRole, valuesIn } from "../rule/aspects.ts";
import type { SelectedRule } from "./select.ts";
import type { Subject } from "./subject.ts";

/** Faults that hide a part of the element that contains them. After any other fault, rules see the value. */
const hiding: ReadonlySet<FaultCode> = new Set<FaultCode>([
  "der/bit-string-unused-count",
  "der/bmp-universal-teletex-malformed",
  "der/boolean-length",
  "der/constructed-string",
  "der/high-tag-form",
  "der/indefinite-length",
  "der/integer-empty",
  "der/length-past-parent",
  "der/reserved-length-octet",
  "der/sequence-set-must-be-constructed",
  "der/time-invalid-calendar",
  "der/unexpected-element",
  "der/utf8-string-invalid",
  "input/over-limit",
  "structure/entry",
  "structure/extension",
  "time/generalized-time-form",
  "time/utc-time-form",
]);

/**
 * Faults after which fields of another CRL are unknown. Faults in its text do not matter: names are compared as bytes.
 */
const hidingFields: readonly FaultCode[] = [
  ...[...hiding].filter((code) => code !== "der/utf8-string-invalid" && code !== "der/bmp-universal-teletex-malformed"),
  "input/truncated",
  "structure/certificate-list",
  "structure/tbs-cert-list",
];

/** The extensions that are separate inputs. */
const extensionInputs: Partial<Readonly<Record<Input, string>>> = {
  crlNumber: Oid.crlNumber,
  deltaCrlIndicator: Oid.deltaCrlIndicator,
  authorityKeyIdentifier: Oid.authorityKeyIdentifier,
  issuingDistributionPoint: Oid.issuingDistributionPoint,
};

/** The extensions with general names. */
const withNames: readonly string[] = [
  Oid.issuingDistributionPoint,
  Oid.freshestCrl,
  Oid.authorityInfoAccess,
  Oid.issuerAltName,
  Oid.authorityKeyIdentifier,
];

/** Inputs that the issuer is compared with, byte for byte. */
const comparands: ReadonlySet<Input> = new Set(["certificates", "previous", "base", "shards"]);

/** Inputs that are entries. */
const entryInputs: ReadonlySet<Input> = new Set(["revokedCertificates", "replacedEntries", "predecessorEntries"]);

/** Inputs that are certificates of the CA. */
const certificateInputs: ReadonlySet<Input> = new Set(["certificates", "expectedRevoked", "expectedGood"]);

/**
 * Returns the certificates in the scope of the CRL with an error after which other software may read them differently.
 * Rules may have missed something in them.
 */
export function findMalformed({ anyCertificates, expected }: Subject) {
  const found = new Map<Artefact, GivenCertificate & { readonly fault: CertificateFault }>();
  for (const given of [anyCertificates, expected?.revoked, expected?.good]) {
    for (const { certificate, artefact } of given?.issued ?? []) {
      const fault = findEncodingFault(certificate);
      if (fault !== undefined) found.set(artefact, { certificate, artefact, fault });
    }
  }
  return [...found.values()];
}

/** A CRL to compare with, and the first error that hides a part of it. */
export interface UnreadCrl extends GivenCrl {
  readonly role: OtherCrlRole;
  readonly fault: DerFault;
}

/** Returns the CRLs given to compare with that cannot be read in full. */
export function findUnreadCrls({ anyPrevious, anyBase }: Subject): readonly UnreadCrl[] {
  const given = [
    { role: "previous", other: anyPrevious },
    { role: "base", other: anyBase },
  ] as const;
  return given.flatMap(({ role, other }) => {
    const fault = other && findFault(other.crl);
    return other === undefined || fault === undefined
      ? []
      : [{ role, crl: other.crl, artefact: other.artefact, fault }];
  });
}

function findFault({ source: { faults } }: Crl): DerFault | undefined {
  for (const code of hidingFields) {
    const fault = faults.of(code)?.first.find(({ path }) => !path.startsWith(issuerPath));
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The parts of one CRL in which a fault hides something. A rule that found nothing in them has not passed. */
export class UnreadParts {
  readonly #extensions = new Set<string>();
  #issuer = false;
  #entries = false;
  #entryExtensions = false;
  readonly #reasons: boolean;
  readonly #certificates: boolean;
  readonly #others: readonly UnreadCrl[];

  constructor(subject: Subject) {
    const { crl, entries } = subject;
    const { source, crlExtensions } = crl;
    this.#certificates = findMalformed(subject).length > 0;
    this.#others = findUnreadCrls(subject);
    this.#reasons = entries.reasons.has(unreadableReason);
    for (const { code, first } of source.faults.groups()) {
      if (!hiding.has(code)) continue;
      for (const { path, start } of first) {
        // An issuer that repeats the CA's subject is correct, even with errors in it.
        if (path.startsWith(issuerPath)) this.#issuer = !repeatsSubject(subject);
        else if (path.startsWith("tbsCertList.revokedCertificates[")) {
          if (path.includes("].crlEntryExtensions")) this.#entryExtensions = true;
          else this.#entries = true;
        } else {
          const inside = crlExtensions?.list.find((extension) => start >= extension.start && start < extension.end);
          if (inside?.oid !== undefined) this.#extensions.add(inside.oid);
        }
      }
    }
  }

  /** Whether there are such parts. */
  get isAny(): boolean {
    const inCrl = this.#extensions.size > 0 || this.#issuer || this.#entries || this.#entryExtensions || this.#reasons;
    return inCrl || this.#certificates || this.#others.length > 0;
  }

  /** Returns the reason why a rule may have missed something; undefined if nothing that it looks at is hidden. */
  whyBlind({ head, inputs, occasions }: SelectedRule): string | undefined {
    // The core checks compare and verify bytes.
    if (head.core !== undefined) return undefined;
    if (this.#certificates && inputs.some((input) => certificateInputs.has(input))) {
      return "a certificate given cannot be read in full";
    }
    const other = this.#others.find(({ role }) => inputs.some((input) => otherCrlRole(input) === role));
    if (other !== undefined) return `the ${other.role} CRL given cannot be read in full`;
    const hidden = extensionsOf(inputs, occasions).find((oid) => this.#extensions.has(oid));
    if (hidden !== undefined) return `the value of ${extensionName(hidden)} cannot be read in full`;
    if (this.#issuer && inputs.includes("issuer") && !inputs.some((input) => comparands.has(input))) {
      return "issuer cannot be read in full";
    }
    if (this.#reasons && occasions.some((occasion) => occasion.startsWith("entries with reason "))) {
      return "a reasonCode cannot be read";
    }
    const cannotSeeEntries =
      (this.#entries && (occasions.some(isAboutEntries) || inputs.some((input) => entryInputs.has(input)))) ||
      (this.#entryExtensions && occasions.some(isAboutEntryExtensions));
    return cannotSeeEntries ? "entries with errors cannot be read in full" : undefined;
  }
}

/** Returns the OIDs of the extensions whose values a rule looks at. */
function extensionsOf(inputs: readonly Input[], occasions: readonly Occasion[]): readonly string[] {
  return [
    ...inputs.map((input) => extensionInputs[input] ?? ""),
    ...occasions.flatMap((occasion) => {
      if (occasion === "uncommon general names") return withNames;
      return occasion.startsWith("extension ") && !isAboutCriticality(occasion) ? valuesIn(occasion) : [];
    }),
  ];
}

/** Whether an occasion is only about the presence and the criticality of an extension. */
function isAboutCriticality(occasion: Occasion): boolean {
  return occasion.endsWith("critical");
}

function isAboutEntries(occasion: Occasion): boolean {
  return (occasion.startsWith("entries") || occasion === "uncommon entry extensions") && !isAboutCriticality(occasion);
}

/** Counts of entries that do not depend on their extensions. */
const apartFromExtensions: ReadonlySet<Occasion> = new Set([
  "entries: serialsNotPositive",
  "entries: repeatedSerials",
  "entries: wrongTimeTypes",
]);

function isAboutEntryExtensions(occasion: Occasion): boolean {
  if (occasion === "uncommon general names") return true;
  return isAboutEntries(occasion) && !apartFromExtensions.has(occasion);
}
