import { escapeText } from "../name/escape.ts";

/** A certificate, its chain and the CRLs that a client has. */
export interface Trial {
  /** The trust anchor, the CA below it, and the certificate that the CA issued to localhost with `leafKey`, in DER. */
  readonly root: Uint8Array;
  readonly ca: Uint8Array;
  readonly leaf: Uint8Array;
  /** The CRL of the root: some clients check the whole chain. */
  readonly rootCrl: Uint8Array;
  /** The CRL of the CA as it is published: DER, or PEM text. */
  readonly crl: Uint8Array;
  /** Further CRLs of the CA, in DER; nearly always none. */
  readonly further: readonly Uint8Array[];
}

/** What a client says of the leaf. `crl-refused`: it does not even load the CRL. */
export type Outcome = "accepted" | "revoked" | "rejected" | "crl-refused" | "no-answer";

/** The answer of a client. */
export interface Answer {
  readonly outcome: Outcome;
  /** What the client wrote, escaped; empty if it accepts. */
  readonly reason: string;
}

/** Software that checks certificates against CRLs, in one mode. */
export interface Client {
  readonly id: string;
  readonly name: string;
  /** How it is called, in a few words. */
  readonly mode: string;
  /** Its version; undefined if it is not on this machine. */
  version(): Promise<string | undefined>;
  /** The answers to some trials, in their order. */
  verify(trials: readonly Trial[]): Promise<readonly Answer[]>;
}

/** The longest that a client may take for one trial, in seconds. */
export const patience = 30;

/** The answer of a client that took too long. */
export const noAnswer: Answer = { outcome: "no-answer", reason: `no answer in ${patience} s` };

/** An answer with the words of the client, which may repeat text of the CRL, on one line. */
export function answer(outcome: Outcome, words = ""): Answer {
  const reason = outcome === "accepted" ? "" : escapeText(words.trim().replaceAll(/\s+/gu, " "), { max: 160 });
  return { outcome, reason };
}
