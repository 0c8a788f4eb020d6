import type { Crl } from "../crl/crl.ts";
import { readCrl } from "../crl/read.ts";
import type { Limits } from "../der/limits.ts";
import type { InputObject } from "../input/read.ts";

/** The form in which a CRL is linted: signed, or the bare TBSCertList. */
export type Form = "crl" | "tbs";

/**
 * Reads the CRL that is linted. Of an object of another kind it returns an empty CRL.
 *
 * @param maxFindings number of faults of one kind that are kept with their place; 0 keeps all
 */
export function readLinted(
  { kind, artefact }: InputObject,
  form: Form,
  { maxFindings, limits }: { readonly maxFindings: number; readonly limits: Limits },
): Crl {
  const keep = maxFindings === 0 ? Number.POSITIVE_INFINITY : maxFindings;
  return readCrl(kind === form ? artefact.bytes : new Uint8Array(0), form, { keep, limits });
}
