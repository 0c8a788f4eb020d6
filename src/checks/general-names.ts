import type { Crl } from "../crl/crl.ts";
import type { Source } from "../der/cursor.ts";
import type { Extension } from "../extension/extension.ts";
import { type GeneralName, readGeneralNames } from "../extension/general-name.ts";
import { Oid } from "../extension/oids.ts";
import { withoutErrorReports, peekValue } from "../extension/peek.ts";
import type { Span } from "../der/span.ts";
import type { BaseContext, EntryVisitor, Requirement } from "../rule/rule.ts";

/** The use of a general name in a CRL. */
export type NamePlace =
  | "distributionPoint"
  | "freshestCRL"
  | "cRLIssuer"
  | "accessLocation"
  | "issuerAltName"
  | "authorityCertIssuer"
  | "certificateIssuer";

/** The defect of one general name. */
export interface NameFault {
  readonly message: string;
  /** The bytes of the name that are wrong; default: the whole name. */
  readonly at?: Span;
}

/** A check of the names of a CRL. */
export interface NameCheck {
  /** Returns the defect of a name; undefined if it has none. */
  readonly check: (name: GeneralName, place: NamePlace) => NameFault | undefined;
  /** The defect, after "has a certificateIssuer with". */
  readonly what: string;
  /** The rule's requirements that are violated; default: all. */
  readonly violates?: readonly Requirement[];
}

/** Returns every general name in the extensions of a CRL, with its use. */
export function crlNames(crl: Crl): readonly (readonly [GeneralName, NamePlace])[] {
  const names: (readonly [GeneralName, NamePlace])[] = [];
  const add = (list: readonly GeneralName[] | undefined, place: NamePlace): void => {
    for (const name of list ?? []) names.push([name, place]);
  };
  add(crl.issuingDistributionPoint?.distributionPoint?.fullName, "distributionPoint");
  for (const point of crl.freshestCrl?.list ?? []) {
    add(point.distributionPoint?.fullName, "freshestCRL");
    add(point.crlIssuer?.names, "cRLIssuer");
  }
  for (const { location } of crl.authorityInfoAccess?.descriptions ?? []) {
    if (location !== undefined) names.push([location, "accessLocation"]);
  }
  add(crl.issuerAltName?.names, "issuerAltName");
  add(crl.authorityKeyIdentifier?.issuerNames, "authorityCertIssuer");
  return names;
}

/** Checks all general names of a CRL: those of its own extensions at once, those of entries in a visit. */
export function checkNames(ctx: BaseContext, { check, what, violates }: NameCheck): EntryVisitor | undefined {
  const requirements = violates === undefined ? {} : { violates };
  for (const [name, place] of crlNames(ctx.crl)) {
    const fault = check(name, place);
    if (fault === undefined) continue;
    ctx.report({ at: fault.at ?? name, path: name.path, message: fault.message, ...requirements });
  }
  if (ctx.entries.extensions.get(Oid.certificateIssuer) === undefined) return undefined;
  const tally = ctx.tally({
    what: (count) => `${count === 1 ? "has" : "have"} a certificateIssuer with ${what}`,
    ...requirements,
  });
  return {
    entry(entry): void {
      for (const extension of entry.extensions()) {
        if (extension.oid !== Oid.certificateIssuer) continue;
        const names = readQuietly(ctx.crl.source, extension);
        if (names.some((name) => check(name, "certificateIssuer") !== undefined)) tally.add(entry);
      }
    },
  };
}

/** The last certificateIssuer: all rules on names read that of one entry before the next entry is visited. */
let last: { readonly extension: Extension; readonly names: readonly GeneralName[] } | undefined;

/** Returns the names of a certificateIssuer. Errors in their encoding were reported when the CRL was read. */
function readQuietly(source: Source, extension: Extension): readonly GeneralName[] {
  if (last?.extension === extension) return last.names;
  const value = peekValue(source, extension);
  const names = value === undefined ? [] : readGeneralNames(withoutErrorReports(source), value, extension.path, false);
  last = { extension, names };
  return names;
}

/**
 * Returns the text of a uniformResourceIdentifier if it is not empty and is ASCII: other defects have their own rules.
 */
export function uriText({ kind, text }: GeneralName): string | undefined {
  if (kind !== "uniformResourceIdentifier" || text === undefined || text === "") return undefined;
  // oxlint-disable-next-line no-control-regex -- control characters are for general-name/uri-invalid-characters
  return /^[\u{0}-\u{7f}]*$/u.test(text) ? text : undefined;
}
