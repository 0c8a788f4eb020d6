import { Tag } from "../der/tag.ts";
import { isTimeTag } from "../der/time.ts";
import { type Identity, identityOf, type Kind } from "./kinds.ts";
import { childShapes, firstChild, type Shape, shapeAt } from "./shape.ts";
import { identifyText } from "./text.ts";

/** Contents octets of the OBJECT IDENTIFIERs under 1.2.840.113549.1.7: the content types of PKCS#7 and CMS. */
const pkcs7 = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07];
/** Maximum number of elements of a `tbs` to examine: in a Certificate, the key is the seventh. */
const looks = 8;

/**
 * Identifies bytes by the shape of their first elements, never by a name. They may be truncated, damaged or BER if
 * enough of the shape is left. The time does not depend on the size of the file. Never throws.
 *
 * @returns kind `unknown` if the shape does not show the kind
 */
export function identify(bytes: Uint8Array): Identity {
  if (bytes.length === 0) return identityOf("empty");
  const kind = identifyDer(bytes);
  if (kind !== "unknown") return identityOf(kind);
  return identityOf(identifyText(bytes));
}

/** Identifies DER by its shape only; `unknown` for everything else, including text. */
export function identifyDer(bytes: Uint8Array): Kind {
  return new Sniffer(bytes).kind();
}

class Sniffer {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  kind(): Kind {
    const root = shapeAt(this.#bytes, 0, this.#bytes.length);
    if (root?.tag !== Tag.sequence) return "unknown";
    const parts = childShapes(this.#bytes, root, looks);
    const [first, second] = parts;
    switch (first?.tag) {
      case Tag.sequence:
        return this.#startsWithSequence(first, parts, root.isCut);
      case Tag.integer:
        return this.#startsWithInteger(first, parts);
      case Tag.oid:
        return this.#isPkcs7(first) ? "pkcs7" : "unknown";
      case Tag.enumerated:
        // OCSPResponse (RFC 6960 4.2.1): the status comes first, and has 1 byte.
        return first.end - first.content === 1 && (second === undefined || second.tag === 0xa0)
          ? "ocsp-response"
          : "unknown";
      case 0xa0:
        return second?.tag === Tag.integer ? "tbs-certificate" : "unknown";
      default:
        return "unknown";
    }
  }

  /**
   * Identifies SEQUENCE { SEQUENCE ...: all signed structures, keys with an AlgorithmIdentifier, and a bare v1
   * TBSCertList.
   */
  #startsWithSequence(first: Shape, parts: readonly Shape[], isCut: boolean): Kind {
    const second = parts[1];
    const inner = childShapes(this.#bytes, first, looks);
    if (inner[0]?.tag === Tag.oid) {
      // SubjectPublicKeyInfo (RFC 5280 4.1.2.7) and EncryptedPrivateKeyInfo (RFC 5958 section 3).
      if (second?.tag === Tag.bitString) return "public-key";
      if (second?.tag === Tag.octetString) return "private-key";
      return parts.some(isTime) || this.#isName(second) ? "tbs" : "unknown";
    }
    if (inner[0]?.tag === Tag.integer && second !== undefined) {
      // TimeStampResp (RFC 3161 2.4.2): PKIStatusInfo, then a ContentInfo.
      const type = firstChild(this.#bytes, second);
      if (type !== undefined && this.#isPkcs7(type)) return "timestamp";
    }
    const kind = this.#signedKind(inner);
    if (kind !== "unknown") return kind;
    if (this.#isRequestList(inner)) return "ocsp-request";
    // Truncated before the shape shows the kind. In the input of a CRL linter, this is most likely a CRL.
    return isCut && second === undefined && this.#couldBecomeCrl(inner) ? "crl" : "unknown";
  }

  /** Identifies SEQUENCE { INTEGER ...: keys, PKCS#12, RFC 3161, and structures that are not signed yet. */
  #startsWithInteger(first: Shape, parts: readonly Shape[]): Kind {
    const [, second, third] = parts;
    if (second === undefined) return "unknown";
    // RSAPrivateKey and DSA keys start with a small version (RFC 8017 A.1.2). RSAPublicKey consists of a modulus and an
    // exponent (A.1.1), DSA parameters of three large numbers.
    if (second.tag === Tag.integer) {
      if (this.#smallValue(first) !== undefined) return "private-key";
      return third?.tag === Tag.integer ? "parameters" : "public-key";
    }
    // ECPrivateKey (RFC 5915 section 3).
    if (second.tag === Tag.octetString) return "private-key";
    // TSTInfo (RFC 3161 2.4.2).
    if (second.tag === Tag.oid) return "timestamp";
    if (second.tag !== Tag.sequence) return "unknown";
    const [inner, next] = childShapes(this.#bytes, second, 2);
    if (inner !== undefined && this.#isPkcs7(inner)) return "pkcs12";
    // TimeStampReq (RFC 3161 2.4.1): MessageImprint is an AlgorithmIdentifier and a hash.
    if (inner?.tag === Tag.sequence && next?.tag === Tag.octetString) return "timestamp";
    // OneAsymmetricKey (RFC 5958 section 2), even if it ends before the key.
    if (third?.tag === Tag.octetString) return "private-key";
    if (third === undefined) return inner?.tag === Tag.oid && this.#smallValue(first) === 0 ? "private-key" : "unknown";
    const kind = this.#signedKind(parts);
    if (kind === "crl") return "tbs";
    return kind === "certificate" ? "tbs-certificate" : kind;
  }

  /**
   * Returns the kind of a signed structure with these first elements. Only TBSCertList contains a Time directly (RFC
   * 5280 5.1). Only certificates and requests contain a Validity or a key. The other elements decide if it is truncated
   * or damaged.
   */
  #signedKind(elements: readonly Shape[]): Kind {
    const [first, second, third] = elements;
    const time = elements.findIndex(isTime);
    // ResponseData (RFC 6960 4.2.1): producedAt follows responderID, which is [1] or [2].
    if (time > 0 && time <= 2 && isResponderId(elements[time - 1])) return "ocsp-response";
    if (time !== -1) return "crl";
    const key = elements.findIndex((element) => this.#isPublicKey(element));
    if (first?.tag === Tag.integer && key === 2 && this.#isName(second)) return "certification-request";
    if (first?.tag === 0xa0 && (second === undefined || second.tag === Tag.integer)) return "certificate";
    if (first?.tag !== Tag.integer) return first !== undefined && this.#isAlgorithm(first) ? "crl" : "unknown";
    if (this.#isHolder(second) && (third?.tag === 0xa0 || third?.tag === Tag.sequence)) return "attribute-certificate";
    if (key > 2 || elements.some((element) => this.#isValidity(element))) return "certificate";
    const version = this.#smallValue(first);
    if (second === undefined) return version === 1 ? "crl" : "unknown";
    // A v1 certificate starts like a CRL with a version, but its serial number is rarely a single byte.
    if (second.tag === Tag.sequence && this.#isName(second) && version === 0) return "certification-request";
    if (second.tag !== Tag.sequence || !(this.#isAlgorithm(second) || version === 1)) return "unknown";
    return version === undefined && elements.length < 4 ? "certificate" : "crl";
  }

  /** Whether the rest of a truncated `tbs` could be the start of TBSCertList: it has no contents that show its kind. */
  #couldBecomeCrl(elements: readonly Shape[]): boolean {
    const [first] = elements;
    if (first === undefined) return true;
    const isStart = first.tag === Tag.sequence || first.tag === Tag.integer;
    return elements.length === 1 && isStart && first.content >= first.end;
  }

  /** Whether an element is an AlgorithmIdentifier (RFC 5280 4.1.1.2). */
  #isAlgorithm(element: Shape): boolean {
    return element.tag === Tag.sequence && firstChild(this.#bytes, element)?.tag === Tag.oid;
  }

  /** Whether an element is a SubjectPublicKeyInfo (RFC 5280 4.1). */
  #isPublicKey(element: Shape): boolean {
    if (element.tag !== Tag.sequence) return false;
    const [algorithm, key] = childShapes(this.#bytes, element, 2);
    return algorithm !== undefined && this.#isAlgorithm(algorithm) && key?.tag === Tag.bitString;
  }

  /** Whether an element is a Validity (RFC 5280 4.1.2.5). */
  #isValidity(element: Shape): boolean {
    const time = element.tag === Tag.sequence ? firstChild(this.#bytes, element) : undefined;
    return time !== undefined && isTime(time);
  }

  /** Whether an element is a Name (RFC 5280 4.1.2.4), which may be empty. */
  #isName(element: Shape | undefined): boolean {
    if (element?.tag !== Tag.sequence) return false;
    const rdn = firstChild(this.#bytes, element);
    return rdn === undefined ? element.content === element.end && !element.isCut : rdn.tag === Tag.set;
  }

  /** Whether an element is the Holder of an attribute certificate (RFC 5755 4.1): its choices are [0], [1] and [2]. */
  #isHolder(element: Shape | undefined): boolean {
    if (element?.tag !== Tag.sequence) return false;
    const choice = firstChild(this.#bytes, element)?.tag ?? 0;
    return choice >= 0xa0 && choice <= 0xa2;
  }

  /**
   * Whether elements are those of TBSRequest (RFC 6960 4.1.1). Each request in its list has a CertID: an algorithm,
   * then hashes.
   */
  #isRequestList(elements: readonly Shape[]): boolean {
    const list = elements.find((element) => element.tag === Tag.sequence);
    const request = list && firstChild(this.#bytes, list);
    const id = request && firstChild(this.#bytes, request);
    if (id?.tag !== Tag.sequence) return false;
    const [algorithm, hash] = childShapes(this.#bytes, id, 2);
    return algorithm !== undefined && this.#isAlgorithm(algorithm) && hash?.tag === Tag.octetString;
  }

  #isPkcs7(element: Shape): boolean {
    return element.tag === Tag.oid && pkcs7.every((byte, i) => this.#bytes[element.content + i] === byte);
  }

  /** Returns the value of an INTEGER of 1 byte; undefined for any other. */
  #smallValue(element: Shape): number | undefined {
    return element.end - element.content === 1 ? this.#bytes[element.content] : undefined;
  }
}

/** Whether an element is a Time (RFC 5280 4.1.2.5): a CHOICE of two types. */
function isTime(element: Shape): boolean {
  return isTimeTag(element.tag);
}

function isResponderId(element: Shape | undefined): boolean {
  return element?.tag === 0xa1 || element?.tag === 0xa2;
}
