import type { Source } from "../der/cursor.ts";
import { Faults } from "../der/fault.ts";
import type { Tlv } from "../der/span.ts";
import { Tag } from "../der/tag.ts";
import { readAuthorityInfoAccess } from "./authority-info-access.ts";
import { readAuthorityKeyIdentifier } from "./authority-key-identifier.ts";
import { readDistributionPoints } from "./distribution-point.ts";
import { checkOneValue, type Extension, readExtensionValue } from "./extension.ts";
import { isCommonCertificateIssuer, readFilledNames, readGeneralNamesValue } from "./general-name.ts";
import { readIssuingDistributionPoint } from "./issuing-distribution-point.ts";
import { isKnownExtension, Oid } from "./oids.ts";

type Check = (source: Source, extension: Extension) => void;

/** Readers of the extensions that contain names, by OID. They are used wherever such an extension appears. */
const checks = new Map<string, Check>([
  [Oid.issuerAltName, (source, extension) => checkAltName(source, extension, "IssuerAltName")],
  [Oid.subjectAltName, (source, extension) => checkAltName(source, extension, "SubjectAltName")],
  [
    Oid.certificateIssuer,
    (source, extension) => {
      if (extension.value !== undefined && isCommonCertificateIssuer(source.bytes, extension.value)) return;
      readGeneralNamesValue(source, extension, "CertificateIssuer");
    },
  ],
  [Oid.authorityKeyIdentifier, (source, extension) => readAuthorityKeyIdentifier(source, extension)],
  [Oid.issuingDistributionPoint, (source, extension) => readIssuingDistributionPoint(source, extension)],
  [Oid.freshestCrl, (source, extension) => readDistributionPoints(source, extension)],
  [Oid.crlDistributionPoints, (source, extension) => readDistributionPoints(source, extension)],
  [Oid.authorityInfoAccess, (source, extension) => readAuthorityInfoAccess(source, extension)],
]);

/**
 * Reads an extnValue only for its errors. In an extension that crllint knows, each error is reported separately. In a
 * private one, all of them are reported as one error, because only its owner knows the type of its value.
 */
export function checkExtensionValue(source: Source, extension: Extension): void {
  const { oid, value } = extension;
  if (value === undefined || oid === undefined) return;
  const check = checks.get(oid);
  const path = `${extension.path}.extnValue`;
  if (check !== undefined) check(source, extension);
  else if (isKnownExtension(oid)) checkOneValue(source, value, path);
  else checkPrivateValue(source, value, oid, path);
}

function checkAltName(source: Source, extension: Extension, type: string): void {
  const value = readExtensionValue(source, extension, Tag.sequence, type);
  if (value !== undefined) readFilledNames(source, value, `${extension.path}.extnValue`, type);
}

function checkPrivateValue(source: Source, value: Tlv, oid: string, path: string): void {
  const what = `extnValue of ${oid}`;
  const own: Source = { ...source, faults: new Faults(1) };
  checkOneValue(own, value, path, what);
  for (const { code, first } of own.faults.groups()) {
    // Exceeds a recommendation for CRLs (RFC 5280 appendix B), not a rule of DER.
    if (code === "der/oid-over-limit") continue;
    const at = first[0] ?? value;
    const message = first[0]?.message ?? "";
    if (code === "input/over-limit") source.faults.add(code, at, path, message);
    else {
      const whole = code === "structure/extension" ? message : `${what} is not one DER value: ${message}`;
      source.faults.add("der/private-extension-not-der", at, path, whole);
    }
    return;
  }
}
