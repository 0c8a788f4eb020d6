import { findSignatureAlgorithm, rsassaPss, type SignatureAlgorithm } from "../algorithm/signature-algorithm.ts";
import { findHash, mgf1, readPssParameters } from "../algorithm/pss-parameters.ts";
import { Cursor, newSource, readOutermost, type Source } from "../der/cursor.ts";
import { readOid } from "../der/oid.ts";
import type { Tlv } from "../der/span.ts";
import { latin1 } from "../der/strings.ts";
import { Tag } from "../der/tag.ts";
import type { SignatureCheck, Verdict, Verifier } from "./verifier.ts";

type Crypto = typeof import("node:crypto");
type KeyObject = ReturnType<Crypto["createPublicKey"]>;

/**
 * The verifier on Node: RSA PKCS#1 v1.5, RSASSA-PSS, ECDSA, DSA, Ed25519 and Ed448, and ML-DSA and SLH-DSA where the
 * OpenSSL inside Node has them. `node:crypto` is asked for when first needed, so that bundlers for browsers do not
 * meet it and a start that verifies nothing does not load it.
 *
 * @returns undefined where there is no Node
 */
export function nodeVerifier(): Verifier | undefined {
  const crypto = globalThis.process?.getBuiltinModule?.("node:crypto");
  if (crypto === undefined) return undefined;
  return {
    verify: (check) => verify(crypto, check),
    sha256: (bytes) => crypto.createHash("sha256").update(bytes).digest("hex"),
    sha1: (bytes) => crypto.createHash("sha1").update(bytes).digest(),
  };
}

function verify(crypto: Crypto, check: SignatureCheck): Verdict {
  const identifier = readAlgorithm(check.algorithm);
  if (identifier === undefined) return notChecked("the algorithm cannot be read");
  const { oid, parameters, source } = identifier;
  const algorithm = findSignatureAlgorithm(oid);
  if (algorithm === undefined) return notChecked(`algorithm ${oid} is not known`);
  const key = importKey(crypto, check.publicKey);
  if (key === undefined) return notChecked(`this Node cannot read the CA's key for ${algorithm.name}`);
  if (!fits(algorithm, key.asymmetricKeyType ?? "")) {
    return { verdict: "invalid", why: `${algorithm.name} cannot be made with a key of type ${key.asymmetricKeyType}` };
  }
  if (oid === rsassaPss) return verifyPss(crypto, check, key, parameters, source);
  if (algorithm.family === "gost" || algorithm.family === "sm2")
    return notChecked(`${algorithm.name} is not supported`);
  if (
    algorithm.hash !== undefined &&
    (algorithm.hash.startsWith("shake") || !crypto.getHashes().includes(algorithm.hash))
  ) {
    return notChecked(`this Node cannot check ${algorithm.name}`);
  }
  return attempt(algorithm.name, () => crypto.verify(algorithm.hash ?? null, check.data, key, check.signature));
}

/** RFC 8017 8.1.2: the hash, the mask's hash and the length of the salt come from the parameters. */
function verifyPss(
  crypto: Crypto,
  check: SignatureCheck,
  key: KeyObject,
  parameters: Tlv | undefined,
  source: Source,
): Verdict {
  const read = parameters && readPssParameters(source, parameters, "parameters");
  // RFC 4055 3.1 wants parameters with every signature; without them nothing says what was hashed.
  if (read === undefined) return notChecked("id-RSASSA-PSS without parameters");
  const hash = read.hash === undefined ? findHash("1.3.14.3.2.26") : findHash(read.hash.oid ?? "");
  const maskHash = read.mask === undefined ? findHash("1.3.14.3.2.26") : findHash(read.mask.hash?.oid ?? "");
  if (hash === undefined || (read.mask !== undefined && read.mask.oid !== mgf1)) {
    return notChecked("RSASSA-PSS with a hash or mask generation function that is not known");
  }
  if (maskHash?.name !== hash.name)
    return notChecked("RSASSA-PSS with another hash in MGF1: this Node cannot check it");
  const saltLength = read.saltLength === undefined ? 20 : read.saltLength.value;
  if (saltLength === undefined || saltLength < 0) return notChecked("RSASSA-PSS with an unreadable saltLength");
  const padding = crypto.constants.RSA_PKCS1_PSS_PADDING;
  return attempt("RSASSA-PSS", () =>
    crypto.verify(hash.name, check.data, { key, padding, saltLength }, check.signature),
  );
}

/** Node throws where OpenSSL cannot do something, and answers false where a signature is bad. */
function attempt(name: string, check: () => boolean): Verdict {
  try {
    return check() ? { verdict: "valid" } : { verdict: "invalid", why: "the CA's key does not verify the signature" };
  } catch {
    return notChecked(`this Node cannot check ${name}`);
  }
}

function notChecked(why: string): Verdict {
  return { verdict: "not-checked", why };
}

function fits({ family }: SignatureAlgorithm, keyType: string): boolean {
  if (family === "rsa") return keyType === "rsa" || keyType === "rsa-pss";
  if (family === "ml-dsa" || family === "slh-dsa") return keyType.startsWith(family);
  // What no Node has a key type for is told as "not checked" further on.
  return family === "gost" || family === "sm2" || keyType === family;
}

/** Keys of the last checks: a folder of CRLs has few CAs, and importing a key costs as much as using it. */
const imported = new Map<string, KeyObject | undefined>();

/** Most keys that are kept, and the longest in octets: an SPKI of ML-DSA-87 has 2,614. */
const maximumKeys = 256;
const longestKey = 4096;

/** The octets that were asked for last, and their key: with one CA they are the same object every time. */
let last: { readonly octets: Uint8Array; readonly key: KeyObject | undefined } | undefined;

function importKey(crypto: Crypto, publicKey: Uint8Array): KeyObject | undefined {
  if (last?.octets !== publicKey) last = { octets: publicKey, key: findKey(crypto, publicKey) };
  return last.key;
}

function findKey(crypto: Crypto, publicKey: Uint8Array): KeyObject | undefined {
  const id = publicKey.length > longestKey ? undefined : latin1(publicKey);
  if (id !== undefined && imported.has(id)) return imported.get(id);
  let key: KeyObject | undefined;
  try {
    // Buffer.from would copy; a view is enough for an import that copies anyway.
    key = crypto.createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" });
  } catch {
    key = undefined;
  }
  for (const oldest of imported.keys()) {
    if (imported.size < maximumKeys) break;
    imported.delete(oldest);
  }
  if (id !== undefined) imported.set(id, key);
  return key;
}

function readAlgorithm(
  bytes: Uint8Array,
): { readonly oid: string; readonly parameters: Tlv | undefined; readonly source: Source } | undefined {
  const source = newSource(bytes, { keep: 0 });
  const outer = readOutermost(source, "");
  if (outer === undefined) return undefined;
  const cursor = Cursor.inside(source, outer, "");
  const id = cursor.take(Tag.oid, "");
  const oid = id && readOid(source, id, "");
  return oid === undefined ? undefined : { oid, parameters: cursor.read(""), source };
}
