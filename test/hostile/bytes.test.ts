import { describe, expect, test } from "vitest";
import type { Crl } from "../../src/crl/crl.ts";
import { readCrl } from "../../src/crl/read.ts";
import type { Span } from "../../src/der/span.ts";
import { Oid } from "../../src/extension/oids.ts";
import { kit } from "../../src/fixture/index.ts";
import type { CrlKnobs, ExtensionParts } from "../../src/fixture/index.ts";
import { lintCrl, type Run } from "../../src/index.ts";
import { broken, findingsIn, isFull } from "./inside.ts";

/** Fields whose bytes may change without a finding, because other values are also valid. */
interface Field extends Span {
  readonly name: string;
  /** Whether these bytes are valid in the field. */
  readonly allows: (bytes: Uint8Array) => boolean;
}

const subject = "C=AT, CN=A";
const invalidityDate: ExtensionParts = { oid: Oid.invalidityDate, value: kit.der.generalizedTime("20260101000000Z") };

/** Two small CRLs that together contain every field of RFC 5280 in current use. */
const crls: readonly (readonly [string, CrlKnobs])[] = [
  [
    "Ed25519, reasons",
    {
      ca: kit.caWith({ key: "ed25519", subject }),
      entries: [
        { serial: "4a01", reason: 1 },
        { serial: "4a02", reason: 4 },
      ],
    },
  ],
  [
    "P-256, issuingDistributionPoint, invalidityDate",
    {
      ca: kit.caWith({ key: "p256", subject }),
      entries: [{ serial: "4a01", extensions: [invalidityDate] }],
      idp: { uris: ["http://a.example/1.crl"], onlyUser: true },
    },
  ],
];

/** Whether these are the contents of a positive INTEGER in DER (X.690 8.3.2). */
function isPositive(bytes: Uint8Array): boolean {
  const [first = 0x80, second = 0] = bytes;
  return first < 0x80 && (first > 0 || (bytes.length > 1 && second >= 0x80));
}

/** Whether these are the contents of a Time in a form of RFC 5280, with a date that Date accepts. */
function isTime(bytes: Uint8Array): boolean {
  const text = String.fromCharCode(...bytes);
  const digits = /^(?:\d{2}|\d{4})\d{10}Z$/u.test(text) ? text.slice(0, -1) : undefined;
  if (digits === undefined) return false;
  const rest = digits.slice(-10);
  const year = digits.length === 14 ? digits.slice(0, 4) : (digits < "50" ? "20" : "19") + digits.slice(0, 2);
  const [month, day, hour, minute, second] = rest.match(/../gu) ?? [];
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const date = new Date(`${iso}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString() === `${iso}.000Z`;
}

/** Whether these are an HTTP URI with only characters that RFC 3986 allows. */
function isUri(bytes: Uint8Array): boolean {
  return /^http:\/\/[a-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/iu.test(String.fromCharCode(...bytes));
}

/** Whether these are the contents of an OBJECT IDENTIFIER (X.690 8.19.2): complete arcs without a leading 80. */
function isOid(bytes: Uint8Array): boolean {
  const starts = bytes.filter((_, i) => i === 0 || (bytes[i - 1] ?? 0) < 0x80);
  return (bytes.at(-1) ?? 0x80) < 0x80 && !starts.includes(0x80);
}

/** Returns the only fields in which a change may cause no finding. */
function fieldsOf(crl: Crl): readonly Field[] {
  const fields: Field[] = [];
  const add = (name: string, span: Span | undefined, allows: Field["allows"]): void => {
    if (span !== undefined) fields.push({ name, start: span.start, end: span.end, allows });
  };
  const inside = (tlv: { readonly content: number; readonly contentEnd: number } | undefined): Span | undefined =>
    tlv && { start: tlv.content, end: tlv.contentEnd };
  const timeContents = (time: Span | undefined): Span | undefined => time && { start: time.start + 2, end: time.end };
  add("thisUpdate", timeContents(crl.thisUpdate), isTime);
  add("nextUpdate", timeContents(crl.nextUpdate), isTime);
  crl.entries.visit((entry) => {
    add("userCertificate", { start: entry.serialContent, end: entry.serialEnd }, isPositive);
    add("revocationDate", { start: entry.dateStart + 2, end: entry.dateEnd }, isTime);
    for (const { start, oid, value } of entry.extensions()) {
      // RFC 5280 5.3: any extension is allowed if it is not critical.
      add("extnID", { start: start + 4, end: start + 7 }, isOid);
      const at = value && { start: value.content + 2, end: value.contentEnd };
      // Neither unspecified nor removeFromCRL nor an undefined value (RFC 5280 5.3.1).
      if (oid === Oid.reasonCode) add("reasonCode", at, ([reason = 0]) => [1, 2, 3, 4, 5, 6, 9, 10].includes(reason));
      if (oid === Oid.invalidityDate) add("invalidityDate", at, isTime);
    }
  });
  const { distributionPoint, onlyContainsUserCerts } = crl.issuingDistributionPoint ?? {};
  const flag = onlyContainsUserCerts && { start: onlyContainsUserCerts.start, end: onlyContainsUserCerts.start + 1 };
  add("onlyContainsUserCerts or onlyContainsCACerts", flag, ([tag = 0]) => tag === 0x81 || tag === 0x82);
  add("cRLNumber", inside(crl.crlNumber), isPositive);
  for (const name of distributionPoint?.fullName ?? []) add("URI", inside(name), isUri);
  add("signature", crl.signatureValue?.bits, () => true);
  return fields;
}

/**
 * Returns values to try for a byte: all of them in a full run, otherwise limits, single bits and adjacent values. In a
 * signature, which is not verified here, one value is enough.
 */
function valuesAt(byte: number, isSignature: boolean): readonly number[] {
  if (isFull) return Array.from({ length: 255 }, (_, i) => (byte + 1 + i) & 0xff);
  if (isSignature) return [byte ^ 0x80];
  return [...new Set([0x00, 0xff, byte ^ 0x80, byte ^ 0x20, byte ^ 1, (byte + 1) & 0xff])].filter(
    (value) => value !== byte,
  );
}

function hasChangeOnly(field: Field, bytes: Uint8Array, offset: number): boolean {
  return offset >= field.start && offset < field.end && field.allows(bytes.subarray(field.start, field.end));
}

describe.each(crls)("a change of any byte of a small CRL: %s", (_, knobs) => {
  const made = kit.crl(knobs);
  const issuer = made.ca as Uint8Array;
  const lint = (crl: Uint8Array): Run =>
    lintCrl({ crl, issuer, profile: "rfc5280", signature: "ignore", now: new Date("2026-11-04T00:00:00Z") });
  const validFindings = findingsIn(lint(made.crl)).join("\n");
  const fields = fieldsOf(readCrl(made.crl, "crl"));

  test("the unchanged CRL is valid", () => {
    expect(validFindings).toBe(`notice crllint/signature-not-checked  0+${made.crl.length}`);
    expect(made.crl.length).toBeLessThan(400);
    for (const field of fields) expect(field.allows(made.crl.subarray(field.start, field.end)), field.name).toBe(true);
  });

  test("each changed CRL has a finding or is also valid", () => {
    const unreportedFields = new Set<string>();
    const signature = fields.find(({ name }) => name === "signature");
    const isSigned = (offset: number): boolean =>
      signature !== undefined && offset >= signature.start && offset < signature.end;
    for (const [offset, byte] of made.crl.entries()) {
      for (const value of valuesAt(byte, isSigned(offset))) {
        const changed = made.crl.with(offset, value);
        const run = lint(changed);
        const place = `byte ${offset}: ${byte} to ${value}`;
        expect(broken(run, { crl: changed.length, issuer: issuer.length }), place).toEqual([]);
        if (findingsIn(run).join("\n") !== validFindings) continue;
        const field = fields.find((each) => hasChangeOnly(each, changed, offset));
        expect(field?.name, `${place} is not reported`).toBeDefined();
        unreportedFields.add(field?.name ?? "");
      }
    }
    // Also checks that valid changes pass: rejecting everything would not fail above.
    expect([...unreportedFields].sort()).toEqual([...new Set(fields.map(({ name }) => name))].sort());
  });
});
