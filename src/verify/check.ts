import { curveName, type SignatureAlgorithm } from "../algorithm/signature-algorithm.ts";
import type { Crypto } from "./hasher.ts";
import type { Identifier } from "./identifier.ts";
import type { Key } from "./key.ts";
import type { SignatureCheck, Verdict } from "./verifier.ts";

/** A signature check with the objects for it. */
export interface Check extends SignatureCheck {
  readonly crypto: Crypto;
  readonly identifier: Identifier;
  readonly key: Key;
  readonly scheme: SignatureAlgorithm;
}

/** Returns the verdict of a check that was made. */
export function outcome(isValid: boolean): Verdict {
  return isValid ? { verdict: "valid" } : { verdict: "invalid", why: "the CA's key does not verify the signature" };
}

/** Returns the verdict of a check that crllint or this Node.js cannot make. */
export function notChecked(why: string): Verdict {
  return { verdict: "not-checked", why };
}

/** Returns the verdict on an algorithm with which no software can verify. */
export function malformed(why: string): Verdict {
  return { verdict: "not-checked", why, isMalformed: true };
}

/** Returns the verdict if Node.js cannot import the key. */
export function unreadableKey({ key: { curve, parameters }, scheme: { name, family } }: Check): Verdict {
  // RFC 3279 2.3.2.
  if (family === "dsa" && parameters === undefined) {
    return notChecked("the CA's DSA key has no parameters: it inherits those of the CA's issuer");
  }
  const on = curve === undefined ? "" : ` on curve ${curveName(curve)}`;
  return notChecked(`this Node.js cannot read the CA's key${on} for ${name}`);
}

/** Returns the verdict if OpenSSL rejects the key because of its size. */
export function unusableSize({ scheme: { name } }: Check): Verdict {
  return notChecked(`this Node.js cannot verify ${name} with a key of this size`);
}

/** Returns the verdict if a package that is needed cannot be loaded. */
export function notLoaded({ scheme: { name } }: Check, module: string): Verdict {
  return notChecked(`this Node.js cannot verify ${name}, and the package ${module} cannot be loaded`);
}
