import { stablePath } from "../rule/location.ts";
import type { Finding, Run } from "../rule/report.ts";

const offsetBasis = 0x6c62272e07bb014262b821756295c58dn;
const prime = 0x0000000001000000000000000000013bn;

/**
 * Returns the 128-bit FNV-1a hash (Fowler, Noll and Vo) of the UTF-8 bytes of a text, as 32 hexadecimal digits. It
 * distinguishes texts, but is not a cryptographic hash.
 */
export function fnv128(text: string): string {
  let hash = offsetBasis;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * prime);
  return hash.toString(16).padStart(32, "0");
}

/**
 * Returns the fingerprint by which trackers recognize each finding in the next run: rule, ASN.1 path and name of the
 * CRL. Offsets, counts and texts are not part of it, because they change with every CRL that the CA issues. An entry is
 * identified by its serial, because its index changes. Equal fingerprints are numbered.
 */
export function fingerprintsOf(run: Run): ReadonlyMap<Finding, string> {
  const occurrences = new Map<string, number>();
  const fingerprints = new Map<Finding, string>();
  for (const finding of run.findings) {
    const { rule, location, entries } = finding;
    // A finding about several entries stays the same finding if some of them change.
    const serial = entries === undefined ? (location.serial ?? "") : "";
    const key = [rule, stablePath(location.path), serial, location.file].join("\n");
    const number = (occurrences.get(key) ?? 0) + 1;
    occurrences.set(key, number);
    fingerprints.set(finding, fnv128(number === 1 ? key : `${key}\n${number}`));
  }
  return fingerprints;
}
