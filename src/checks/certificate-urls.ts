import { identifySameKey } from "../extension/authority-key-identifier.ts";
import type { GivenCertificate } from "../given/given.ts";
import type { BaseContext, RelatedPlace } from "../rule/rule.ts";
import { urisOf } from "./near-names.ts";

/** A certificate, its first distribution point, and all http URLs in its distribution points. */
export interface CertificateUrls extends GivenCertificate, RelatedPlace {
  readonly urls: readonly string[];
}

/**
 * Returns the given certificates whose URLs CCADB Policy 6.2 requires in the record of the CA: the unexpired ones with
 * HTTP URLs. Omits certificates of another key of the same CA name, because their URLs belong in another record.
 */
export function certificatesWithUrls(ctx: BaseContext): readonly CertificateUrls[] {
  const now = ctx.anyNow ?? ctx.crl.thisUpdate?.seconds ?? Number.NEGATIVE_INFINITY;
  return (ctx.anyCertificates?.issued ?? []).flatMap((given) => {
    const { certificate } = given;
    const point = certificate.crlDistributionPoints?.list[0];
    const expires = certificate.notAfter.seconds ?? Number.POSITIVE_INFINITY;
    if (point === undefined || expires < now || identifySameKey(ctx.crl, certificate) === false) return [];
    const urls = urisOf(certificate).filter((uri) => /^http:/iu.test(uri));
    return urls.length === 0 ? [] : [{ ...given, urls, at: point, path: point.path }];
  });
}
