import { attributesOf, type PlacedAttribute } from "../name/attributes.ts";
import { matchesSubject } from "../given/pair.ts";
import type { BaseContext, Context, Facts, Violation } from "../rule/rule.ts";

/** ASN.1 path of the name that the rules on the issuer check. */
export const issuerPath = "tbsCertList.issuer";

/** Returns the attributes of the CRL's issuer. */
export function issuerAttributes(ctx: Context<"issuer">): readonly PlacedAttribute[] {
  return attributesOf(ctx.issuer, issuerPath);
}

/** Whether the issuer has the same bytes as the subject of a certificate given for the CA, as it must. */
export function repeatsSubject({ crl, anyCa }: Facts): boolean {
  return anyCa?.compared.some(({ certificate }) => matchesSubject(crl, certificate)) === true;
}

/**
 * Returns the limits of the severity of a defect inside the issuer. A CRL must repeat the CA's subject byte for byte.
 * If it does, the defect is in the CA certificate, and a fix in the CRL alone would break the CRL. Without that
 * certificate it is unknown which of the two must be fixed.
 */
export function inherited(ctx: BaseContext): Pick<Violation, "atMost" | "notes" | "help"> {
  const { anyCa } = ctx;
  if (anyCa === undefined || anyCa.isAnother) {
    return {
      atMost: "warning",
      notes: ["the certificate of the issuing CA would show whether the error is inherited from there"],
    };
  }
  if (!repeatsSubject(ctx)) return {};
  return {
    atMost: "notice",
    notes: ["the CA certificate's subject has the same bytes: the error is inherited from there"],
    help: "leave the CRL unchanged: its issuer must repeat the CA's subject byte for byte",
  };
}
