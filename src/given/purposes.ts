import type { Certificate } from "../cert/certificate.ts";
import { CertificateOid } from "../cert/kind.ts";
import { hasBaseline, type IssuedPurposes } from "../sources/profiles.ts";
import type { CertificatesInScope } from "./certificates.ts";
import type { GivenCa } from "./given.ts";

/**
 * Finds the key purposes for which a CA issues certificates. extKeyUsage of a CA certificate limits them (TLS BR
 * 7.1.2.10.6, MRSP 5.3.1). Without such a limit, the certificates given as issued by the CA show them.
 */
export function findPurposes(ca: GivenCa | undefined, certificates: CertificatesInScope | undefined): IssuedPurposes {
  const own = ca?.isAnother === false ? ca.sameKey.map(({ certificate }) => certificate) : [];
  if (own.length > 0 && own.every(isLimited)) {
    return { oids: purposesOf(own), evidence: "extKeyUsage of the CA certificate" };
  }
  const issued = purposesOf((certificates?.issued ?? []).map(({ certificate }) => certificate));
  if ([...issued].some(hasBaseline)) return { oids: issued, evidence: "extKeyUsage of the certificates in scope" };
  const evidence =
    own.length > 0 ? "extKeyUsage of the CA certificate has no limit" : "no certificate of the issuing CA";
  return { oids: undefined, evidence };
}

/** Whether extKeyUsage of a CA certificate limits the purposes of the certificates below it. */
function isLimited({ extKeyUsage }: Certificate): boolean {
  return extKeyUsage !== undefined && !extKeyUsage.includes(CertificateOid.anyExtKeyUsage);
}

function purposesOf(certificates: readonly Certificate[]): ReadonlySet<string> {
  return new Set(certificates.flatMap(({ extKeyUsage }) => extKeyUsage ?? []));
}
