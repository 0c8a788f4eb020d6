import { spawnSync } from "node:child_process";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
  CertificateList,
  CRLReason,
  type Extension as TheirExtension,
  id_ce_cRLNumber,
  id_ce_cRLReasons,
  CRLNumber,
} from "@peculiar/asn1-x509";
import type { Crl } from "../../src/crl/crl.ts";
import { noReason } from "../../src/crl/entry-reader.ts";
import { bigInteger } from "../../src/der/integer.ts";
import { hex } from "../../src/der/span.ts";
import { isoTime } from "../../src/der/time.ts";

/** The values that a reader reads from a CRL, in comparable form. A field that it does not support is undefined. */
export interface Facts {
  /** Attributes in their order, as type and bytes of the value: `2.5.4.6=#13024154,2.5.4.3=#0c0141`. */
  readonly issuer?: string | undefined;
  readonly thisUpdate?: string | undefined;
  readonly nextUpdate?: string | undefined;
  readonly crlNumber?: string | undefined;
  readonly extensions?: readonly string[] | undefined;
  readonly serials?: readonly string[] | undefined;
  readonly dates?: readonly string[] | undefined;
  /** Values of reasonCode; -1 if an entry has none. */
  readonly reasons?: readonly number[] | undefined;
}

/** Maximum number of entries that are compared: asn1js fails at 10,000 nodes. */
export const maximumEntries = 2500;

/** Returns the values of crllint. */
export function readOurs(crl: Crl): Facts {
  const { bytes } = crl.source;
  const serials: string[] = [];
  const dates: string[] = [];
  const reasons: number[] = [];
  crl.entries.visit(({ serialContent, serialEnd, date, reason }) => {
    const serial = { tag: 2, start: serialContent, content: serialContent, contentEnd: serialEnd, end: serialEnd };
    serials.push(String(bigInteger(bytes, serial)));
    dates.push(isoTime(date));
    reasons.push(reason);
  });
  return {
    issuer: crl.issuer?.rdns
      .map(({ attributes }) =>
        attributes
          .map(({ oid, valueStart, value }) => `${oid}=#${hex(bytes.subarray(valueStart, value.end))}`)
          .join("+"),
      )
      .join(","),
    thisUpdate: crl.thisUpdate && isoTime(crl.thisUpdate.seconds ?? Number.NaN),
    nextUpdate: crl.nextUpdate && isoTime(crl.nextUpdate.seconds ?? Number.NaN),
    crlNumber: crl.crlNumber && String(bigInteger(bytes, crl.crlNumber)),
    extensions: crl.crlExtensions?.list.map(({ oid }) => oid ?? "") ?? [],
    serials,
    dates,
    reasons,
  };
}

/** Returns the values of @peculiar/asn1-x509; undefined if it rejects the CRL. */
export function readAsn1(bytes: Uint8Array): Facts | undefined {
  try {
    const { tbsCertList } = AsnConvert.parse(bytes, CertificateList);
    const { issuer, thisUpdate, nextUpdate, revokedCertificates = [], crlExtensions = [] } = tbsCertList;
    return {
      issuer: [...issuer]
        .map((rdn) =>
          [...rdn].map(({ type, value }) => `${type}=#${hex(new Uint8Array(AsnConvert.serialize(value)))}`).join("+"),
        )
        .join(","),
      thisUpdate: iso(thisUpdate.getTime()),
      nextUpdate: nextUpdate && iso(nextUpdate.getTime()),
      crlNumber: numberOf(crlExtensions),
      extensions: crlExtensions.map(({ extnID }) => extnID),
      serials: revokedCertificates.map(({ userCertificate }) => integer(new Uint8Array(userCertificate))),
      dates: revokedCertificates.map(({ revocationDate }) => iso(revocationDate.getTime())),
      reasons: revokedCertificates.map(({ crlEntryExtensions = [] }) => reasonOf(crlEntryExtensions)),
    };
  } catch {
    return undefined;
  }
}

function numberOf(extensions: readonly TheirExtension[]): string | undefined {
  const number = extensions.find(({ extnID }) => extnID === id_ce_cRLNumber);
  return number && String(AsnConvert.parse(number.extnValue.buffer, CRLNumber).value);
}

function reasonOf(extensions: readonly TheirExtension[]): number {
  const reason = extensions.find(({ extnID }) => extnID === id_ce_cRLReasons);
  return reason === undefined ? noReason : AsnConvert.parse(reason.extnValue.buffer, CRLReason).reason;
}

function integer(bytes: Uint8Array): string {
  return String(BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex(bytes)}`)));
}

function iso(date: Date): string {
  return isoTime(Math.floor(date.getTime() / 1000));
}

const reasonNames = [
  "Unspecified",
  "Key Compromise",
  "CA Compromise",
  "Affiliation Changed",
  "Superseded",
  "Cessation Of Operation",
  "Certificate Hold",
  "",
  "Remove From CRL",
  "Privilege Withdrawn",
  "AA Compromise",
];

const extensionNames: Readonly<Record<string, string>> = {
  "X509v3 Authority Key Identifier": "2.5.29.35",
  "X509v3 CRL Number": "2.5.29.20",
  "X509v3 Delta CRL Indicator": "2.5.29.27",
  "X509v3 Issuing Distribution Point": "2.5.29.28",
  "X509v3 Freshest CRL": "2.5.29.46",
  "X509v3 Issuer Alternative Name": "2.5.29.18",
  "Authority Information Access": "1.3.6.1.5.5.7.1.1",
  "X509v3 Subject Key Identifier": "2.5.29.14",
  "X509v3 Key Usage": "2.5.29.15",
  "X509v3 Basic Constraints": "2.5.29.19",
  "X509v3 CRL Distribution Points": "2.5.29.31",
  "X509v3 Certificate Policies": "2.5.29.32",
  "X509v3 CRL Reason Code": "2.5.29.21",
  "Invalidity Date": "2.5.29.24",
};

/** Returns the values of `openssl crl -text`; undefined if it rejects the CRL. */
export function readOpenssl(bytes: Uint8Array): Facts | undefined {
  const args = ["crl", "-inform", "DER", "-noout", "-text", "-nameopt", "oid,dump_all,dump_der,sep_comma_plus"];
  const { status, stdout } = spawnSync("openssl", args, { input: bytes, maxBuffer: 2 ** 30, encoding: "latin1" });
  if (status !== 0) return undefined;
  // The text of signatureValue looks like extensions.
  const [upper = ""] = stdout.split(/^No Revoked Certificates\.$/mu);
  const [head = "", ...blocks] = upper.split(/^ {4}Serial Number: /mu);
  const last = (label: string): string | undefined => new RegExp(`^ {8}${label}: (.*)$`, "mu").exec(head)?.[1];
  const number = /^ {12}X509v3 CRL Number: (?:critical)?\n {16}(?<number>\S+)$/mu.exec(head)?.groups?.["number"];
  return {
    issuer: last("Issuer")?.replaceAll(/#[0-9A-F]+/gu, (value) => value.toLowerCase()),
    thisUpdate: time(last("Last Update")),
    nextUpdate: time(last("Next Update")),
    crlNumber: number === undefined ? undefined : bigText(number),
    extensions: [...head.matchAll(/^ {12}(?<name>\S.*?): ?(?:critical)?$/gmu)].map(({ groups }) => {
      const name = groups?.["name"] ?? "";
      return extensionNames[name] ?? name;
    }),
    serials: blocks.map((block) => bigText(block.slice(0, block.indexOf("\n")), "0x")),
    dates: blocks.map((block) => time(/^ {8}Revocation Date: (.*)$/mu.exec(block)?.[1]) ?? ""),
    reasons: blocks.map((block) => {
      const name = /^ {12}X509v3 CRL Reason Code: (?:critical)?\n {16}(?<name>.*)$/mu.exec(block)?.groups?.["name"];
      if (name === undefined) return noReason;
      return reasonNames.includes(name) ? reasonNames.indexOf(name) : Number(name);
    }),
  };
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Reads `Sep  4 04:45:08 2008 GMT`, or `NONE`. Date would read year 1 as 2001. */
function time(text: string | undefined): string | undefined {
  const [, month = "", day = "", clock = "", year = ""] =
    /^(\w{3}) +(\d+) (\d\d:\d\d:\d\d)(?:\.\d+)? (\d+) GMT$/u.exec(text ?? "") ?? [];
  if (clock === "") return text === "NONE" ? undefined : text;
  const number = String(months.indexOf(month) + 1).padStart(2, "0");
  return `${year.padStart(4, "0")}-${number}-${day.padStart(2, "0")}T${clock}Z`;
}

function bigText(text: string, prefix = ""): string {
  const isNegative = text.startsWith("-");
  const digits = `${prefix}${text.replace(/^-/u, "")}`;
  return String(isNegative ? -BigInt(digits) : BigInt(digits));
}
