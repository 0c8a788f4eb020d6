import {
  findForbidden,
  findHash,
  hashOid,
  isLength,
  maskHashOid,
  mgf1 as mgf1Oid,
  type PssField,
  type PssParameters,
  readPssParameters,
  saltLengthOf,
} from "../algorithm/pss-parameters.ts";
import { rsassaPss } from "../algorithm/signature-algorithm.ts";
import { compareBytes } from "../der/span.ts";
import { type Check, malformed, notChecked, outcome, unreadableKey, unusableSize } from "./check.ts";
import { type Crypto, hasher, shakeLength } from "./hasher.ts";
import { isBeyondOpenssl, type Key, type KeyObject } from "./key.ts";
import { findSaltLength, mgf1, type PssScheme } from "./pss.ts";
import type { Invalid, Verdict } from "./verifier.ts";

/** The values that a signature by RSASSA-PSS was made with: names of hashes, and a number of bytes. */
export interface PssValues {
  readonly hash: string;
  readonly maskHash: string;
  readonly saltLength: number;
}

/**
 * Verifies RSASSA-PSS (RFC 8017 8.1.2). The padding is decoded here, because Node.js uses the same hash for the message
 * and for MGF1.
 */
export function verifyPss(check: Check): Verdict {
  const { key, scheme: algorithm, data } = check;
  const { object } = key;
  if (object === undefined) return unreadableKey(check);
  if (isBeyondOpenssl(object)) return unusableSize(check);
  const stated = algorithm.hash === undefined ? readStated(check) : undefined;
  if (stated !== undefined && "verdict" in stated) return stated;
  const scheme = stated === undefined ? pssWithShake(check) : pssWith(check.crypto, stated.hash, stated.maskHash);
  const saltLength = stated === undefined ? scheme.length : stated.saltLength;
  let found: number | undefined;
  try {
    const message = decrypt(check, object);
    found = message && findSaltLength(message, bitsOf(object), data, scheme);
  } catch {
    return notChecked(`this Node.js cannot verify ${algorithm.name} with these parameters`);
  }
  if (found === undefined) return outcome(false);
  if (found !== saltLength) {
    if (stated !== undefined) return describeMisstated({ ...stated, saltLength: found }, stated);
    const why = `the signature was made with a salt of ${found} bytes; ${algorithm.name} requires ${saltLength}`;
    return { verdict: "invalid", why, apartFrom: "algorithm", misstated: ["algorithm"] };
  }
  const forbidden = stated && findForbiddenByKey(key, stated.read);
  return forbidden === undefined ? outcome(true) : { verdict: "invalid", why: forbidden, apartFrom: "key-parameters" };
}

/**
 * Decrypts an RSA signature, with its padding.
 *
 * @returns undefined if it is not as long as the modulus, or not less than it (RFC 8017 8.1.2 step 1, 8.2.2 and 5.2.2)
 * @throws if OpenSSL cannot use the key
 */
export function decrypt({ crypto, signature }: Check, object: KeyObject): Uint8Array | undefined {
  const modulus = Buffer.from(object.export({ format: "jwk" }).n ?? "", "base64url");
  if (signature.length !== modulus.length || compareBytes(signature, modulus) >= 0) return undefined;
  return crypto.publicDecrypt({ key: object, padding: crypto.constants.RSA_NO_PADDING }, signature);
}

/** Returns the length of the modulus of an RSA key in bits. */
export function bitsOf(object: KeyObject): number {
  return object.asymmetricKeyDetails?.modulusLength ?? 0;
}

/** The parameters of id-RSASSA-PSS: their values, and the fields that are encoded. */
export interface StatedPss extends PssValues {
  readonly read: PssParameters;
}

/** Returns the parameters of id-RSASSA-PSS (RFC 4055 3.1), or the verdict if crllint cannot verify with them. */
export function readStated({ identifier: { source, parameters } }: Check): StatedPss | Verdict {
  const read = parameters && readPssParameters(source, parameters, "parameters");
  // RFC 4055 3.1: only the parameters name the hash.
  if (read?.whole !== true) return malformed("id-RSASSA-PSS without readable parameters");
  const hash = findHash(hashOid(read) ?? "");
  const maskHash = findHash(maskHashOid(read) ?? "");
  if (hash === undefined) return notChecked("RSASSA-PSS with a hash that is not known to crllint");
  if (maskHash === undefined || (read.mask !== undefined && read.mask.oid !== mgf1Oid)) {
    return notChecked("RSASSA-PSS with a mask generation function that is not known to crllint");
  }
  const saltLength = saltLengthOf(read);
  if (!isLength(saltLength)) return malformed("RSASSA-PSS with a saltLength that is not the length of a salt");
  if (read.trailerField !== undefined && read.trailerField.value !== 1) {
    return notChecked("RSASSA-PSS with a trailerField other than 1, which no document defines");
  }
  return { hash: hash.name, maskHash: maskHash.name, saltLength, read };
}

/** Returns RSASSA-PSS with a hash, and with MGF1 over the same or another hash. */
export function pssWith(crypto: Crypto, hash: string, maskHash: string): PssScheme {
  const hashed = hasher(crypto, hash);
  const ofMask = hasher(crypto, maskHash);
  return { hash: hashed, length: hashed().length, mask: (seed, length) => mgf1(ofMask, seed, length) };
}

/**
 * Returns RSASSA-PSS with SHAKE (RFC 8692 4.1.1). The SHAKE is used for the hash, which is as long as the salt, and for
 * the mask.
 */
function pssWithShake({ crypto, scheme: { hash = "" } }: Check): PssScheme {
  const length = shakeLength(hash);
  return {
    hash: hasher(crypto, hash, length),
    length,
    mask: (seed, maskLength) => hasher(crypto, hash, maskLength)(seed),
  };
}

/** Describes the values of a signature that differ from its parameters. */
export function describeMisstated(made: PssValues, stated: StatedPss): Invalid {
  const { read } = stated;
  const differing = fields.filter(({ valueOf }) => valueOf(made) !== valueOf(stated));
  const told = differing.map(({ field, isEncoded, valueOf }) => {
    return `${field} is ${valueOf(stated)}${isEncoded(read) ? "" : " (DEFAULT)"}`;
  });
  return {
    verdict: "invalid",
    why: `the signature was made with ${listOf(differing.map(({ textOf }) => textOf(made)))}; ${told.join(", ")}`,
    apartFrom: "algorithm",
    misstated: differing.map(({ field }) => field),
  };
}

/** Describes the values of a signature: `sha256, MGF1 with sha256 and a salt of 32 bytes`. */
export function describePss(made: PssValues): string {
  return listOf(fields.map(({ textOf }) => textOf(made)));
}

/** The fields of RSASSA-PSS-params, their values and how a message names these. */
const fields: readonly {
  readonly field: PssField;
  readonly valueOf: (values: PssValues) => string | number;
  readonly textOf: (values: PssValues) => string;
  readonly isEncoded: (read: PssParameters) => boolean;
}[] = [
  {
    field: "hashAlgorithm",
    valueOf: ({ hash }) => hash,
    textOf: ({ hash }) => hash,
    isEncoded: ({ hash }) => hash !== undefined,
  },
  {
    field: "maskGenAlgorithm",
    valueOf: ({ maskHash }) => `MGF1 with ${maskHash}`,
    textOf: ({ maskHash }) => `MGF1 with ${maskHash}`,
    isEncoded: ({ mask }) => mask !== undefined,
  },
  {
    field: "saltLength",
    valueOf: ({ saltLength }) => saltLength,
    textOf: ({ saltLength }) => `a salt of ${saltLength} bytes`,
    isEncoded: ({ saltLength }) => saltLength !== undefined,
  },
];

function listOf(texts: readonly string[]): string {
  return [texts.slice(0, -1).join(", "), ...texts.slice(-1)].filter((text) => text !== "").join(" and ");
}

/** Returns, in words, the parameter of a signature that the parameters of an id-RSASSA-PSS key forbid. */
function findForbiddenByKey({ oid, source, parameters }: Key, own: PssParameters): string | undefined {
  const ofKey = oid === rsassaPss && parameters ? readPssParameters(source, parameters, "") : undefined;
  return ofKey?.whole === true ? findForbidden(own, ofKey) : undefined;
}
