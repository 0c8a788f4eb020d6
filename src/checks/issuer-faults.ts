import { eachAttribute, type PlacedAttribute } from "../name/attributes.ts";
import { matchesSubject } from "../given/pair.ts";
import type { BaseContext, Context, Facts, Violation } from "../rule/rule.ts";

/** ASN.1 path of the name that rules on the issuer judge. */
export const issuerPath = "tbsCertList.issuer";

/** The attributes of the CRL's issuer. */
export function issuerAttributes(ctx: Context<"issuer">): Iterable<PlacedAttribute> {
  return eachAttribute(ctx.issuer, issuerPath);
}

/** Whether the issuer holds the same octets as the subject of a certificate given for the CA, as it must. */
export function repeatsSubject({ crl, anyCa }: Facts): boolean {
  return anyCa?.sameKey.some(({ certificate }) => matchesSubject(crl, certificate)) === true;
}

/**
 * How gravely a fault inside the issuer may be told. A CRL must repeat the CA's subject octet by octet: where it does,
 * the fault is the CA certificate's, and mending it in the CRL alone would break the CRL. Without that certificate it
 * cannot be known whose fault it is.
 */
export function inherited(ctx: BaseContext): Pick<Violation, "atMost" | "notes" | "help"> {
  const { anyCa } = ctx;
  if (anyCa === undefined || anyCa.isAnother) {
    return {
      atMost: "warning",
      notes: ["with the certificate of the issuing CA it could be told whether the fault is inherited from there"],
    };
  }
  if (!repeatsSubject(ctx)) return {};
  return {
    atMost: "notice",
    notes: ["the CA certificate's subject holds the same octets: the fault is inherited from there"],
    help: "leave the CRL as it is: its issuer must repeat the CA's subject byte for byte",
  };
}
