import { type Limits, usualLimits } from "../der/limits.ts";
import { byteOrderMarkLength, type PemBlock, type PemDocument, readBareBase64, readPem } from "../pem/armour.ts";
import { mergeFaults, PemFaults, type PemFaultGroup } from "../pem/fault.ts";
import type { PemMap } from "../pem/map.ts";
import { identify } from "./identify.ts";
import { type Identity, identityOf, type Kind } from "./kinds.ts";
import { crlLabel, isCrlLabel, kindOfLabel } from "./labels.ts";
import { shapeAt } from "./shape.ts";

/** The octets of one object, and how to find them again in the file they came from. */
export interface Artefact {
  /** Name of the file as it was given. */
  readonly name: string;
  /** DER of the object with all that follows it; empty for what holds a private key, whatever its form. */
  readonly bytes: Uint8Array;
  /** Label of the PEM block; undefined for DER and for bare base64. */
  readonly label?: string;
  /** Where the base64 of an octet stands; undefined for DER. */
  readonly pem?: PemMap;
}

/** One object of an input file, sorted by its content. */
export interface InputObject {
  readonly kind: Kind;
  readonly identity: Identity;
  readonly artefact: Artefact;
  /** Place among the objects of its file, from 1. */
  readonly ordinal: number;
  /** Number of objects in its file. */
  readonly total: number;
  /** What is wrong with the text it came in, around it included; empty for DER. */
  readonly pemFaults: readonly PemFaultGroup[];
}

/**
 * Finds the objects in a file and sorts them by their content, never by a name or a label. A file that is no DER, PEM
 * or base64 is one object too, so that it can be named for what it is. Octets behind a DER object stay with it: they
 * are for the linter to report.
 *
 * @param name of the file, as it shall be shown
 * @returns at least one object, in the order of the file
 */
export function readInput(name: string, bytes: Uint8Array, limits: Limits = usualLimits): readonly InputObject[] {
  const identity = identify(bytes);
  if (!mayHoldText.has(identity.kind)) return [single(name, identity, bytes)];
  const document = readPem(bytes, limits.blocks);
  if (document.blocks.length > 0) {
    const total = document.blocks.length;
    return document.blocks.map((block, i) => fromBlock(name, document, block, { ordinal: i + 1, total }));
  }
  return [readBare(name, bytes) ?? single(name, identity, bytes)];
}

/** Kinds of files in which PEM is looked for. Text with a private key says so, and may hold more than the key. */
const mayHoldText: ReadonlySet<Kind> = new Set(["text", "html", "xml", "json", "http", "private-key", "unknown"]);

function single(name: string, identity: Identity, bytes: Uint8Array): InputObject {
  const artefact = { name, bytes: withoutSecrets(identity.kind, bytes) };
  return { kind: identity.kind, identity, artefact, ordinal: 1, total: 1, pemFaults: [] };
}

function fromBlock(
  name: string,
  document: PemDocument,
  block: PemBlock,
  place: Pick<InputObject, "ordinal" | "total">,
): InputObject {
  const { label, map } = block;
  const der = label === "TRUSTED CERTIFICATE" ? firstElement(block.der) : block.der;
  const identity = identifyBlock(block, der);
  const pemFaults = mergeFaults([...block.faults, ...judgeLabel(block, identity), ...document.faults]);
  const artefact = { name, bytes: withoutSecrets(identity.kind, der), label, pem: map };
  return { kind: identity.kind, identity, artefact, ...place, pemFaults };
}

/** What a block holds. The label only speaks where the content does not. */
function identifyBlock(block: PemBlock, der: Uint8Array): Identity {
  if (block.isPrivateKey) return identityOf("private-key");
  if (der.length === 0) return { ...identityOf("empty"), name: "a PEM block without content" };
  const identity = identify(der);
  const labelled = kindOfLabel(block.label);
  // DHParameter and RSAPublicKey are two INTEGERs each.
  const isOpen = identity.kind === "unknown" || identity.kind === "text" || labelled === "parameters";
  return isOpen ? identityOf(labelled ?? "unknown") : identity;
}

/** RFC 7468 section 6: a CRL stands under "X509 CRL", and what stands there is a CRL. */
function judgeLabel(block: PemBlock, identity: Identity): readonly PemFaultGroup[] {
  const faults = new PemFaults();
  const { label, start, place } = block;
  if (identity.kind === "crl" && label !== crlLabel) {
    faults.add("input/label-not-x509-crl", start, place, () => `label "${label}" instead of "${crlLabel}"`);
  }
  if (identity.kind !== "crl" && isCrlLabel(label)) {
    const message = `${identity.name} under the label "${label}"`;
    faults.add("input/content-not-certificate-list", start, place, () => message);
  }
  return faults.groups();
}

/** A file that is base64 alone; undefined for any other text. */
function readBare(name: string, bytes: Uint8Array): InputObject | undefined {
  const start = byteOrderMarkLength(bytes);
  let at = start;
  while (at < bytes.length && (bytes[at] ?? 0) <= 0x20) at += 1;
  // Base64 of 0x30, a SEQUENCE, is "M" and one of "A" to "P".
  const second = bytes[at + 1] ?? 0;
  if (bytes[at] !== 0x4d || second < 0x41 || second > 0x50) return undefined;
  const { der, map, faults } = readBareBase64(bytes, start);
  const identity = identify(der);
  if (identity.kind === "unknown" || identity.kind === "text") return undefined;
  const artefact = { name, bytes: withoutSecrets(identity.kind, der), pem: map };
  return { kind: identity.kind, identity, artefact, ordinal: 1, total: 1, pemFaults: faults };
}

/** What holds a private key is named and not kept. */
function withoutSecrets(kind: Kind, bytes: Uint8Array): Uint8Array {
  return kind === "private-key" || kind === "pkcs12" ? new Uint8Array(0) : bytes;
}

/** OpenSSL's TRUSTED CERTIFICATE is a Certificate with trust settings behind it: only the former is one. */
function firstElement(der: Uint8Array): Uint8Array {
  const element = shapeAt(der, 0, der.length);
  return element === undefined ? der : der.subarray(0, element.end);
}
