import { escapeText } from "../name/escape.ts";

/** Input of a client: a certificate, its chain, and CRLs. */
export interface Trial {
  /**
   * The trust anchor in DER. `ca` is the CA below it, and `leaf` the certificate that the CA issued to localhost with
   * `leafKey`.
   */
  readonly root: Uint8Array;
  readonly ca: Uint8Array;
  readonly leaf: Uint8Array;
  /** The CRL of the root: some clients check the whole chain. */
  readonly rootCrl: Uint8Array;
  /** The CRL of the CA as published: DER, or PEM text. */
  readonly crl: Uint8Array;
  /** Further CRLs of the CA, in DER; usually none. */
  readonly further: readonly Uint8Array[];
}

/** Verdict of a client on the leaf. `crl-refused`: the client does not load the CRL. */
export type Outcome = "accepted" | "revoked" | "rejected" | "crl-refused" | "no-answer";

/** The answer of a client. */
export interface Answer {
  readonly outcome: Outcome;
  /** Message of the client, escaped; empty if it accepts the leaf. */
  readonly reason: string;
}

/** Software that checks certificates against CRLs, in one mode. */
export interface Client {
  readonly id: string;
  readonly name: string;
  /** Short description of how it is called. */
  readonly mode: string;
  /** Returns its version; undefined if it is not on this machine. */
  version(): Promise<string | undefined>;
  /** Returns the answers to trials, in the same order. */
  verify(trials: readonly Trial[]): Promise<readonly Answer[]>;
}

/** Maximum time that a client may take for one trial, in seconds. */
export const timeoutSeconds = 30;

/** The answer of a client that took too long. */
export const noAnswer: Answer = { outcome: "no-answer", reason: `no answer in ${timeoutSeconds} s` };

/** Returns an answer. The words of the client, which may repeat text of the CRL, become one line. */
export function answer(outcome: Outcome, words = ""): Answer {
  const reason = outcome === "accepted" ? "" : escapeText(words.trim().replaceAll(/\s+/gu, " "), { max: 160 });
  return { outcome, reason };
}
