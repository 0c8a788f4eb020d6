import type { DocumentId } from "./documents.ts";

/**
 * A body of requirements that stands or falls together: a profile names those that bind a CA. Its documents may be
 * several (`rfc5280` with its algorithm RFCs); the one given here is meant where a requirement names none.
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

/** What every CRL of the Internet PKI is held to, whatever its CA has promised beyond. */
const base: readonly SourceId[] = ["x690", "rfc5280", "rfc7468", "hygiene"];

/**
 * What a CA has promised to follow, as the list of sources that bind it. The CA/Browser Forum's documents and the
 * programs take RFC 5280 in whole ("all normative requirements imposed by RFC 5280 shall apply", TLS BR 7.2).
 */
export const profiles = {
  rfc5280: { title: "RFC 5280 with its algorithm RFCs, and DER", sources: base },
  "tls-br": { title: "CA/Browser Forum TLS Baseline Requirements", sources: [...base, "tls-br"] },
  "smime-br": { title: "CA/Browser Forum S/MIME Baseline Requirements", sources: [...base, "smime-br"] },
  "cs-br": { title: "CA/Browser Forum Code Signing Baseline Requirements", sources: [...base, "cs-br"] },
  mozilla: { title: "Mozilla Root Store Policy, with the TLS BR", sources: [...base, "tls-br", "mozilla"] },
  ccadb: { title: "CCADB Policy", sources: [...base, "ccadb"] },
  chrome: { title: "Chrome Root Program: defers to the TLS BR and CCADB", sources: [...base, "tls-br", "ccadb"] },
  apple: { title: "Apple Root Program: defers to the TLS BR and CCADB", sources: [...base, "tls-br", "ccadb"] },
  microsoft: { title: "Microsoft Trusted Root Program", sources: [...base, "microsoft"] },
  etsi: { title: "ETSI EN 319 411-1 and 411-2", sources: [...base, "x509", "etsi"] },
  fpki: { title: "US Federal PKI", sources: [...base, "fpki"] },
  rpki: { title: "Resource PKI: RFC 6487, 7935, 9829", sources: [...base, "rpki"] },
  icao: { title: "ICAO Doc 9303: travel documents", sources: [...base, "icao"] },
  matter: { title: "CSA Matter", sources: [...base, "matter"] },
  gsma: { title: "GSMA remote SIM provisioning", sources: [...base, "gsma"] },
  opcua: { title: "OPC UA", sources: [...base, "opcua"] },
  cnsa: { title: "CNSA Suite, RFC 8603", sources: [...base, "cnsa"] },
  private: { title: "CAs outside any program: RFC 5280, X.509 and advice", sources: [...base, "x509"] },
} as const satisfies Readonly<Record<string, { readonly title: string; readonly sources: readonly SourceId[] }>>;

/** Name of a profile. */
export type ProfileId = keyof typeof profiles;

/** Whether some text names a profile. */
export function isProfile(name: string): name is ProfileId {
  return Object.hasOwn(profiles, name);
}

/** The sources of several profiles together, each once. */
export function sourcesOf(names: readonly ProfileId[]): ReadonlySet<SourceId> {
  return new Set(names.flatMap((name) => profiles[name].sources));
}

/** The narrowest profile that holds a source: what the examples of a rule are judged under. */
export function profileOf(source: SourceId): ProfileId {
  if (source === "x509") return "private";
  return isProfile(source) ? source : "rfc5280";
}
