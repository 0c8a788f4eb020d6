import { newSource } from "../der/cursor.ts";
import { integerText } from "../der/integer.ts";
import { bytesOf, contentLength, hex, type Span, type Tlv } from "../der/span.ts";
import { Tag, tagName } from "../der/tag.ts";
import {
  defaultSaltLength,
  findHash,
  hashOid,
  isLength,
  maskHashOid,
  mgf1,
  type HashIdentifier,
  type PssField,
  type PssParameters,
  readPssParameters,
  saltLengthOf,
  sha1,
} from "./pss-parameters.ts";
import { algorithmName, findSignatureAlgorithm, rsassaPss, type SignatureAlgorithm } from "./signature-algorithm.ts";

/** An encoded AlgorithmIdentifier: its whole TLV, its OID and its parameters. */
export interface Identifier extends Span {
  readonly oid: string | undefined;
  readonly parameters: Tlv | undefined;
}

/** The rules on parameters. Each fault belongs to exactly one of them. */
export type ParameterRule =
  | "algorithm/dsa-params-present"
  | "algorithm/ecdsa-params-present"
  | "algorithm/ecdsa-sha1-params-present"
  | "algorithm/eddsa-params-present"
  | "algorithm/gost-params-present"
  | "algorithm/hash-based-params-present"
  | "algorithm/mldsa-params-present"
  | "algorithm/pss-hash-params"
  | "algorithm/pss-mgf-hash-mismatch"
  | "algorithm/pss-params-missing"
  | "algorithm/pss-salt-length"
  | "algorithm/pss-sha1-default-encoded"
  | "algorithm/pss-trailer-field-present"
  | "algorithm/rsa-legacy-params-not-null"
  | "algorithm/rsa-parameters-not-null"
  | "algorithm/shake-params-present"
  | "algorithm/slhdsa-params-present";

/** An error in the parameters of a signature AlgorithmIdentifier. */
export interface ParameterFault {
  readonly rule: ParameterRule;
  readonly at: Span;
  /** ASN.1 path inside the AlgorithmIdentifier; empty for the whole AlgorithmIdentifier. */
  readonly path: string;
  readonly message: string;
  /** The fields of RSASSA-PSS-params whose values it is about. */
  readonly about?: readonly [PssField, ...PssField[]];
}

/** Returns the errors in parameters according to the RFC that defines the algorithm; none for an unknown algorithm. */
export function findParameterFaults(bytes: Uint8Array, identifier: Identifier): readonly ParameterFault[] {
  const { oid, parameters } = identifier;
  if (oid === undefined) return [];
  if (oid === rsassaPss) return findPssFaults(bytes, identifier);
  const name = algorithmName(oid);
  const algorithm = findSignatureAlgorithm(oid);
  const at = parameters ?? identifier;
  const path = parameters === undefined ? "" : "parameters";
  if (algorithm?.parameters === "null") {
    // der/null-not-empty reports a NULL that is not empty.
    if (parameters?.tag === Tag.null) return [];
    const legacy = algorithm.hash === "md2" || algorithm.hash === "md5" || algorithm.hash === "sha1";
    const rule = legacy ? "algorithm/rsa-legacy-params-not-null" : "algorithm/rsa-parameters-not-null";
    const found = parameters === undefined ? "no parameters" : `${describe(bytes, parameters)} as parameters`;
    return [{ rule, at, path, message: `${name} has ${found}; they must be NULL (05 00)` }];
  }
  const rule = algorithm && absenceRule(algorithm);
  if (rule === undefined || parameters === undefined) return [];
  const message = `${name} has ${describe(bytes, parameters)} as parameters; it must have none`;
  return [{ rule, at, path, message }];
}

/** Returns the rule that requires the parameters of an algorithm to be absent; undefined if there is none. */
function absenceRule({ family, hash, parameters }: SignatureAlgorithm): ParameterRule | undefined {
  if (parameters !== "absent") return undefined;
  if (hash?.startsWith("shake") === true) return "algorithm/shake-params-present";
  switch (family) {
    case "ec":
      return hash === "sha1" ? "algorithm/ecdsa-sha1-params-present" : "algorithm/ecdsa-params-present";
    case "dsa":
      return "algorithm/dsa-params-present";
    case "ed25519":
    case "ed448":
      return "algorithm/eddsa-params-present";
    case "ml-dsa":
      return "algorithm/mldsa-params-present";
    case "slh-dsa":
      return "algorithm/slhdsa-params-present";
    case "hss-lms":
    case "xmss":
      return "algorithm/hash-based-params-present";
    case "gost":
      return "algorithm/gost-params-present";
    default:
      return undefined;
  }
}

/** Returns type and first bytes: `NULL (05 00)`, `SEQUENCE (30 0a 06 08 ...)`. */
function describe(bytes: Uint8Array, parameters: Tlv): string {
  const all = bytesOf(bytes, parameters);
  return `${tagName(parameters.tag)} (${hex(all.subarray(0, 8), " ")}${all.length > 8 ? " ..." : ""})`;
}

/** Reads the RSASSA-PSS-params of an identifier; undefined if they are absent or cannot be read completely. */
export function pssParametersOf(bytes: Uint8Array, { parameters }: Identifier): PssParameters | undefined {
  // Reading the CRL recorded the errors of the TLVs; the rules on algorithms report those of the fields.
  const source = newSource(bytes, { keep: 0 });
  const read = parameters && readPssParameters(source, parameters, "parameters");
  return read?.whole === true ? read : undefined;
}

/**
 * Returns the name of the digest over the signed bytes, such as `sha256`, from the OID or from RSASSA-PSS-params.
 * Undefined if the scheme needs no digest, or if the parameters that determine it cannot be read.
 */
export function signatureHash(bytes: Uint8Array, identifier: Identifier): string | undefined {
  if (identifier.oid !== rsassaPss) return findSignatureAlgorithm(identifier.oid ?? "")?.hash;
  const read = pssParametersOf(bytes, identifier);
  return read && findHash(hashOid(read) ?? "")?.name;
}

/** Returns the errors in RSASSA-PSS-params (RFC 4055 3.1, RFC 5756 2). */
function findPssFaults(bytes: Uint8Array, identifier: Identifier): readonly ParameterFault[] {
  const { parameters } = identifier;
  const missing = "algorithm/pss-params-missing";
  if (parameters === undefined) {
    const message = "id-RSASSA-PSS has no parameters, so its hash and salt length are unknown";
    return [{ rule: missing, at: identifier, path: "", message }];
  }
  const read = pssParametersOf(bytes, identifier);
  if (read === undefined) {
    const message = `parameters of id-RSASSA-PSS are ${describe(bytes, parameters)}, not RSASSA-PSS-params`;
    return [{ rule: missing, at: parameters, path: "parameters", message }];
  }
  const { saltLength } = read;
  if (saltLength !== undefined && !isLength(saltLength.value)) {
    const message = `saltLength is ${integerText(bytes, saltLength)}, which is not the length of a salt`;
    return [{ rule: missing, at: saltLength, path: "parameters.saltLength", message }];
  }
  return [...findEncodedDefaults(read), ...findMismatches(bytes, parameters, read)];
}

/** Returns the fields that a signer must omit because their values are the DEFAULT (RFC 4055 3.1). */
function findEncodedDefaults({ hash, mask, saltLength, trailerField }: PssParameters): readonly ParameterFault[] {
  const faults: ParameterFault[] = [];
  const rule = "algorithm/pss-sha1-default-encoded";
  const encoded = (at: Span, field: PssField, value: string): void => {
    faults.push({
      rule,
      at,
      path: `parameters.${field}`,
      message: `${field} ${value} is encoded; it is the DEFAULT and must be omitted`,
      about: [field],
    });
  };
  if (hash?.oid === sha1) encoded(hash, "hashAlgorithm", "SHA-1");
  if (mask?.hash?.oid === sha1) encoded(mask, "maskGenAlgorithm", "MGF1 with SHA-1");
  if (saltLength?.value === defaultSaltLength) encoded(saltLength, "saltLength", String(defaultSaltLength));
  if (trailerField !== undefined) {
    const value = trailerField.value ?? "with an unreadable value";
    faults.push({
      rule: "algorithm/pss-trailer-field-present",
      at: trailerField,
      path: "parameters.trailerField",
      message: `trailerField ${value} is encoded; its only allowed value, 1, is the DEFAULT and must be omitted`,
    });
  }
  return faults;
}

/**
 * Returns the fields that do not match the hash: its NULL, the hash of MGF1, the salt length (RFC 4055 2.1 and 3.1).
 */
function findMismatches(bytes: Uint8Array, parameters: Tlv, read: PssParameters): readonly ParameterFault[] {
  const faults: ParameterFault[] = [];
  const { hash, mask, saltLength } = read;
  const hashes = [hash, mask?.hash].filter((identifier) => identifier !== undefined);
  const withoutNull = hashes.find((identifier) => !hasNull(identifier));
  if (withoutNull !== undefined) {
    const field = withoutNull === hash ? "hashAlgorithm" : "maskGenAlgorithm";
    const message = `hash identifier ${hex(bytesOf(bytes, withoutNull))} in ${field} does not end in NULL (05 00)`;
    const path = `parameters.${field}`;
    faults.push({ rule: "algorithm/pss-hash-params", at: withoutNull, path, message, about: [field] });
  }
  const known = findHash(hashOid(read) ?? "");
  const name = known?.name ?? (hashOid(read) || "a hash whose OID cannot be read");
  const isMgf1 = mask === undefined || mask.oid === mgf1;
  if (!isMgf1 || maskHashOid(read) !== hashOid(read)) {
    const maskOid = maskHashOid(read) ?? "";
    const maskHash = findHash(maskOid)?.name ?? (maskOid || "a hash whose OID cannot be read");
    const message = isMgf1
      ? `MGF1 uses ${maskHash}, but the message is hashed with ${name}`
      : `mask generation function ${mask.oid ?? "with an unreadable OID"} is not MGF1`;
    const path = mask === undefined ? "parameters" : "parameters.maskGenAlgorithm";
    faults.push({
      rule: "algorithm/pss-mgf-hash-mismatch",
      at: mask ?? parameters,
      path,
      message,
      about: ["hashAlgorithm", "maskGenAlgorithm"],
    });
  }
  const salt = saltLengthOf(read);
  if (known !== undefined && salt !== known.length) {
    const message = `saltLength is ${salt ?? "unreadable"}, not ${known.length}, the length of ${name}`;
    const path = saltLength === undefined ? "parameters" : "parameters.saltLength";
    faults.push({
      rule: "algorithm/pss-salt-length",
      at: saltLength ?? parameters,
      path,
      message,
      about: ["hashAlgorithm", "saltLength"],
    });
  }
  return faults;
}

function hasNull({ parameters }: HashIdentifier): boolean {
  return parameters?.tag === Tag.null && contentLength(parameters) === 0;
}
