import { type AuthorityInfoAccess, readAuthorityInfoAccess } from "../extension/authority-info-access.ts";
import { Oid } from "../extension/oids.ts";
import { withoutErrorReports } from "../extension/peek.ts";
import type { Context } from "../rule/rule.ts";

/**
 * Returns the authorityInfoAccess of a CRL (RFC 5280 5.2.7); undefined if it has none, or it cannot be read completely.
 */
export function accessLocations({ crl, crlExtensions }: Context<"crlExtensions">): AuthorityInfoAccess | undefined {
  const extension = crlExtensions.list.find(({ oid }) => oid === Oid.authorityInfoAccess);
  // Its framing was checked when the CRL was read.
  const read = extension && readAuthorityInfoAccess(withoutErrorReports(crl.source), extension);
  return read?.whole === true ? read : undefined;
}
