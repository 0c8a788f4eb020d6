import type { Finding, Run } from "../rule/report.ts";

const offsetBasis = 0x6c62272e07bb014262b821756295c58dn;
const prime = 0x0000000001000000000000000000013bn;

/**
 * FNV-1a of 128 bits (Fowler, Noll and Vo) over the UTF-8 octets of some text, as 32 hexadecimal digits. It tells texts
 * apart and proves nothing.
 */
export function fnv128(text: string): string {
  let hash = offsetBasis;
  for (const octet of new TextEncoder().encode(text)) hash = BigInt.asUintN(128, (hash ^ BigInt(octet)) * prime);
  return hash.toString(16).padStart(32, "0");
}

/**
 * What each finding of a run is recognised by in the next run, so that trackers keep its history: rule, ASN.1 path and
 * name of the CRL. Offsets, counts and texts are no part of it: they change with every CRL that the CA issues. An entry
 * is known by its serial, since its index moves; findings that are alike are numbered.
 */
export function fingerprintsOf(run: Run): ReadonlyMap<Finding, string> {
  const alike = new Map<string, number>();
  const fingerprints = new Map<Finding, string>();
  for (const finding of run.findings) {
    const { rule, location, entries } = finding;
    const path = location.path.replace(/\brevokedCertificates\[\d+\]/u, "revokedCertificates[]");
    // A finding about several entries is about whichever are there.
    const serial = entries === undefined ? (location.serial ?? "") : "";
    const key = [rule, path, serial, location.file].join("\n");
    const number = (alike.get(key) ?? 0) + 1;
    alike.set(key, number);
    fingerprints.set(finding, fnv128(number === 1 ? key : `${key}\n${number}`));
  }
  return fingerprints;
}
