import type { DocumentId } from "./documents.ts";

/**
 * Bodies of requirements that each apply as a whole: a profile lists those that bind a CA. A body may consist of
 * several documents (`rfc5280` with its algorithm RFCs). This is the document of a requirement that does not specify
 * one.
 */
export const sources = {
  x690: "x690",
  rfc5280: "rfc5280",
  rfc7468: "rfc7468",
  x509: "x509",
  "tls-br": "tls-br",
  "smime-br": "smime-br",
  "cs-br": "cs-br",
  mozilla: "mozilla",
  ccadb: "ccadb",
  microsoft: "microsoft",
  etsi: "etsi-411-1",
  fpki: "fpki",
  rpki: "rfc6487",
  icao: "icao",
  matter: "matter",
  gsma: "gsma",
  opcua: "opcua",
  cnsa: "rfc8603",
  hygiene: "advice",
} as const satisfies Readonly<Record<string, DocumentId>>;

/** Id of a body of requirements. */
export type SourceId = keyof typeof sources;

/** The sources that apply to every CRL of the Internet PKI. */
const base: readonly SourceId[] = ["x690", "rfc5280", "rfc7468", "hygiene"];

/** The Baseline Requirements, with the key purposes of the certificates that they apply to. */
const baselinePurposes = {
  "tls-br": ["1.3.6.1.5.5.7.3.1"],
  "smime-br": ["1.3.6.1.5.5.7.3.4"],
  // Code signing, and the timestamps that are used with it (CS BR 1.1).
  "cs-br": ["1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.8"],
} as const satisfies Partial<Readonly<Record<SourceId, readonly string[]>>>;

/** Id of one of the Baseline Requirements. */
export type BaselineId = keyof typeof baselinePurposes;

/** A set of requirements that a CA has promised to follow. */
export interface Profile {
  readonly title: string;
  /** Sources that bind every CA of the profile. */
  readonly sources: readonly SourceId[];
  /** Baseline Requirements that bind a CA if it issues certificates for their purposes. */
  readonly byCa?: readonly BaselineId[];
}

/**
 * Sets of requirements that a CA has promised to follow, as lists of the sources that bind it. The CA/Browser Forum's
 * documents and the root programs include all of RFC 5280 ("all normative requirements imposed by RFC 5280 shall
 * apply", TLS BR 7.2). A root program for several kinds of certificates includes the Baseline Requirements for the kind
 * that the CA issues (MRSP 2.3, Microsoft TRP 2.1.14).
 */
export const profiles = {
  rfc5280: { title: "RFC 5280 with its algorithm RFCs, and DER", sources: base },
  "tls-br": { title: "CA/Browser Forum TLS Baseline Requirements", sources: [...base, "tls-br"] },
  "smime-br": { title: "CA/Browser Forum S/MIME Baseline Requirements", sources: [...base, "smime-br"] },
  "cs-br": { title: "CA/Browser Forum Code Signing Baseline Requirements", sources: [...base, "cs-br"] },
  mozilla: {
    title: "Mozilla Root Store Policy, with the CCADB Policy and the TLS or S/MIME BR",
    sources: [...base, "mozilla", "ccadb"],
    byCa: ["tls-br", "smime-br"],
  },
  ccadb: { title: "CCADB Policy", sources: [...base, "ccadb"] },
  chrome: { title: "Chrome Root Program: defers to the TLS BR and CCADB", sources: [...base, "tls-br", "ccadb"] },
  apple: {
    title: "Apple Root Program: defers to the CCADB Policy and the TLS or S/MIME BR",
    sources: [...base, "ccadb"],
    byCa: ["tls-br", "smime-br"],
  },
  microsoft: {
    title: "Microsoft Trusted Root Program, with the CCADB Policy and the TLS, S/MIME or Code Signing BR",
    sources: [...base, "microsoft", "ccadb"],
    byCa: ["tls-br", "smime-br", "cs-br"],
  },
  etsi: { title: "ETSI EN 319 411-1 and 411-2", sources: [...base, "x509", "etsi"] },
  fpki: { title: "US Federal PKI", sources: [...base, "fpki"] },
  rpki: { title: "Resource PKI: RFC 6487, 7935, 9829", sources: [...base, "rpki"] },
  icao: { title: "ICAO Doc 9303: travel documents", sources: [...base, "icao"] },
  matter: { title: "CSA Matter", sources: [...base, "matter"] },
  gsma: { title: "GSMA remote SIM provisioning", sources: [...base, "gsma"] },
  opcua: { title: "OPC UA", sources: [...base, "opcua"] },
  cnsa: { title: "CNSA Suite, RFC 8603", sources: [...base, "cnsa"] },
  private: { title: "CAs outside any program: RFC 5280, X.509 and advice", sources: [...base, "x509"] },
} as const satisfies Readonly<Record<string, Profile>>;

/** Name of a profile. */
export type ProfileId = keyof typeof profiles;

/** Whether some text is the name of a profile. */
export function isProfile(name: string): name is ProfileId {
  return Object.hasOwn(profiles, name);
}

/** Returns a profile as the type that all of them have. */
export function profileNamed(name: ProfileId): Profile {
  return profiles[name];
}

/** Returns the sources that several profiles together may apply, without duplicates. */
export function sourcesOf(names: readonly ProfileId[]): ReadonlySet<SourceId> {
  return new Set(names.map(profileNamed).flatMap(({ sources: fixed, byCa = [] }) => [...fixed, ...byCa]));
}

/** The key purposes for which a CA issues certificates. */
export interface IssuedPurposes {
  /** Dotted OIDs; undefined if no input shows them. */
  readonly oids: ReadonlySet<string> | undefined;
  /** Evidence for them, or the reason why there is none. */
  readonly evidence: string;
}

/** Baseline Requirements that profiles apply to a CA because of what it issues. */
export interface FittingBaselines {
  readonly sources: readonly BaselineId[];
  readonly evidence: string;
}

/**
 * Returns the Baseline Requirements that profiles apply to one CA; undefined if none of them depends on the CA. If it
 * is not known which certificates the CA issues, returns those that are also given as profiles, else those for TLS.
 *
 * @param findPurposes called only if a profile depends on it
 */
export function fitBaselines(
  names: readonly ProfileId[],
  findPurposes: () => IssuedPurposes,
): FittingBaselines | undefined {
  if (names.every((name) => profileNamed(name).byCa === undefined)) return undefined;
  const possible = [...new Set(names.flatMap((name) => profileNamed(name).byCa ?? []))];
  const { oids, evidence } = findPurposes();
  if (oids !== undefined) {
    return { sources: possible.filter((id) => baselinePurposes[id].some((purpose) => oids.has(purpose))), evidence };
  }
  const named = possible.filter((id) => names.includes(id));
  return named.length > 0
    ? { sources: named, evidence: `${evidence}; named as a profile` }
    : { sources: ["tls-br"], evidence: `${evidence}; TLS assumed` };
}

/** Whether one of the Baseline Requirements applies to certificates for a key purpose. */
export function hasBaseline(purpose: string): boolean {
  return Object.values(baselinePurposes).some((purposes: readonly string[]) => purposes.includes(purpose));
}

/** Returns the sources that several profiles apply to a CA for which `fitBaselines` found these, without duplicates. */
export function sourcesFor(names: readonly ProfileId[], fitting: FittingBaselines | undefined): ReadonlySet<SourceId> {
  const fitted = fitting?.sources ?? [];
  const fixed = names.flatMap((name) => {
    const { sources: own, byCa } = profileNamed(name);
    // MRSP 1.1: it does not apply to CAs that can issue neither server nor email certificates.
    const isInScope = fitting === undefined || byCa?.some((id) => fitted.includes(id)) !== false;
    return own.filter((id) => id !== "mozilla" || isInScope);
  });
  return new Set([...fixed, ...fitted]);
}

/** Returns the narrowest profile that contains a source. The examples of a rule are linted with it. */
export function profileOf(source: SourceId): ProfileId {
  if (source === "x509") return "private";
  return isProfile(source) ? source : "rfc5280";
}
