import type { LintCrlOptions } from "../../src/index.ts";

/** A command to try on the files of an incident, and what it must find. */
export interface Trial {
  /** What it shows: "the CRL as it was published". */
  readonly title: string;
  /** The CRL's file, and that of the CA certificate. */
  readonly crl: string;
  readonly ca: string;
  readonly options: Partial<Omit<LintCrlOptions, "crl" | "issuer">>;
  /** Ids of the rules that must find something, and no others; empty for a sound twin. */
  readonly expected: readonly string[];
}

/** A real CRL failure, built anew from what its report says. */
export interface Incident {
  /** Name of its folder below `fixtures/incidents`. */
  readonly id: string;
  readonly title: string;
  /** Where it was reported. */
  readonly source: string;
  /** What happened, and what is learnt from it; Markdown. */
  readonly story: string;
  /** Files by name: DER, or text. */
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  readonly trials: readonly Trial[];
}
