import { existsSync, readFileSync } from "node:fs";
import type { BitString } from "@peculiar/asn1-schema";
import type { GeneralName as TheirName } from "@peculiar/asn1-x509";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Crl, findExtension } from "../../src/crl/crl.ts";
import { readCrl } from "../../src/crl/read.ts";
import { bigInteger } from "../../src/der/integer.ts";
import { contents, hex, type Tlv } from "../../src/der/span.ts";
import type { GeneralName } from "../../src/extension/general-name.ts";
import { Oid } from "../../src/extension/oids.ts";
import { type TypedExtension, typeExtension } from "../../src/extension/typed.ts";
import { kit } from "../../src/fixture/index.ts";
import type { CrlKnobs } from "../../src/fixture/index.ts";
import { readInput } from "../../src/input/read.ts";

/** The values of a reader, in a form that can be compared. */
type Facts = Readonly<Record<string, unknown>>;

function uris(names: readonly GeneralName[] | undefined): unknown {
  return names?.map(({ kind, text }) => (kind === "uniformResourceIdentifier" ? text : kind));
}

function theirUris(names: readonly TheirName[] | undefined): unknown {
  return names?.map(
    (name) => name.uniformResourceIdentifier ?? Object.entries(name).find(([, value]) => value !== undefined)?.[0],
  );
}

function hexOf(crl: Crl, tlv: Tlv | undefined): string | undefined {
  return tlv && hex(contents(crl.source.bytes, tlv));
}

function bits(value: BitString | undefined): readonly number[] | undefined {
  if (value === undefined) return undefined;
  const bytes = new Uint8Array(value.value);
  return Array.from({ length: bytes.length * 8 }, (_, bit) => bit).filter(
    (bit) => (bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7)),
  );
}

/** Returns the values of the cursor readers for an extension; undefined if they cannot read it. */
function ours(crl: Crl, oid: string): Facts | undefined {
  const { bytes } = crl.source;
  switch (oid) {
    case Oid.crlNumber:
      return crl.crlNumber && { number: String(bigInteger(bytes, crl.crlNumber)) };
    case Oid.deltaCrlIndicator:
      return crl.deltaCrlIndicator && { number: String(bigInteger(bytes, crl.deltaCrlIndicator)) };
    case Oid.authorityKeyIdentifier: {
      const aki = crl.authorityKeyIdentifier;
      return (
        aki && {
          keyIdentifier: hexOf(crl, aki.keyIdentifier),
          issuer: aki.authorityCertIssuer && uris(aki.issuerNames),
          serial: hexOf(crl, aki.authorityCertSerialNumber),
        }
      );
    }
    case Oid.issuingDistributionPoint: {
      const idp = crl.issuingDistributionPoint;
      return (
        idp && {
          fullName: uris(idp.distributionPoint?.fullName),
          relative: idp.distributionPoint?.nameRelativeToCrlIssuer !== undefined,
          user: idp.onlyContainsUserCerts?.value ?? false,
          ca: idp.onlyContainsCaCerts?.value ?? false,
          reasons: idp.onlySomeReasons?.reasons && [...idp.onlySomeReasons.reasons],
          indirect: idp.indirectCrl?.value ?? false,
          attribute: idp.onlyContainsAttributeCerts?.value ?? false,
        }
      );
    }
    case Oid.freshestCrl:
      return (
        crl.freshestCrl && { points: crl.freshestCrl.list.map((point) => uris(point.distributionPoint?.fullName)) }
      );
    case Oid.issuerAltName:
      return crl.issuerAltName && { names: uris(crl.issuerAltName.names) };
    case Oid.authorityInfoAccess:
      return (
        crl.authorityInfoAccess && {
          list: crl.authorityInfoAccess.descriptions.map(({ method, location }) => [
            method,
            uris(location && [location]),
          ]),
        }
      );
    default:
      return undefined;
  }
}

/** Returns the same values from the decoded ASN.1 type. */
function theirs(typed: TypedExtension): Facts | undefined {
  switch (typed.type) {
    case "CRLNumber":
    case "BaseCRLNumber":
      return { number: String(typed.value.value) };
    case "AuthorityKeyIdentifier": {
      const { keyIdentifier, authorityCertIssuer, authorityCertSerialNumber: serial } = typed.value;
      return {
        keyIdentifier: keyIdentifier && hex(new Uint8Array(keyIdentifier.buffer)),
        issuer: theirUris(authorityCertIssuer),
        serial: serial && hex(new Uint8Array(serial)),
      };
    }
    case "IssuingDistributionPoint": {
      const idp = typed.value;
      return {
        fullName: theirUris(idp.distributionPoint?.fullName),
        relative: idp.distributionPoint?.nameRelativeToCRLIssuer !== undefined,
        user: idp.onlyContainsUserCerts,
        ca: idp.onlyContainsCACerts,
        reasons: bits(idp.onlySomeReasons),
        indirect: idp.indirectCRL,
        attribute: idp.onlyContainsAttributeCerts,
      };
    }
    case "FreshestCRL":
      return { points: [...typed.value].map((point) => theirUris(point.distributionPoint?.fullName)) };
    case "IssuerAltName":
      return { names: theirUris([...typed.value]) };
    case "AuthorityInfoAccessSyntax":
      return { list: [...typed.value].map((one) => [one.accessMethod, theirUris([one.accessLocation])]) };
    default:
      return undefined;
  }
}

const compared = [
  Oid.crlNumber,
  Oid.deltaCrlIndicator,
  Oid.authorityKeyIdentifier,
  Oid.issuingDistributionPoint,
  Oid.freshestCrl,
  Oid.issuerAltName,
  Oid.authorityInfoAccess,
];

/** Returns the extensions for which the two readers differ. */
function disagreements(crl: Crl): readonly { oid: string; ours: Facts | undefined; theirs: Facts | undefined }[] {
  return compared.flatMap((oid) => {
    const value = findExtension(crl, oid)?.value;
    if (value === undefined) return [];
    const typed = typeExtension(oid, contents(crl.source.bytes, value));
    const [own, other] = [ours(crl, oid), typed && theirs(typed)];
    return JSON.stringify(own) === JSON.stringify(other) ? [] : [{ oid, ours: own, theirs: other }];
  });
}

function crlWith(knobs: CrlKnobs): Crl {
  return readCrl(kit.crl({ ...knobs, form: "tbs" }).crl, "tbs");
}

/** Returns an arbitrary for a field that may be absent. */
function optional<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}

const uri = fc
  .tuple(fc.constantFrom("http", "https", "ldap", "ftp"), fc.stringMatching(/^[\x21-\x7e]{0,40}$/u))
  .map(([scheme, rest]) => `${scheme}://${rest}`);

describe("cursor readers and the ASN.1 schema agree", () => {
  test("on any issuingDistributionPoint", () => {
    const idp = fc.record(
      {
        uris: fc.array(uri, { minLength: 1, maxLength: 5 }),
        onlyUser: fc.boolean(),
        onlyCa: fc.boolean(),
        reasons: fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { minLength: 1 }),
        indirect: fc.boolean(),
        attr: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(idp, (knobs) => {
        const crl = crlWith({ idp: knobs });
        expect(ours(crl, Oid.issuingDistributionPoint)).toBeDefined();
        expect(disagreements(crl)).toEqual([]);
      }),
    );
  });

  test("on any CRL number that RFC 5280 allows, and on negative ones", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 159n - 1n }), (number) => {
        const crl = crlWith({ crlNumber: number, extra: [kit.extension.deltaCrlIndicator(number)] });
        expect(ours(crl, Oid.crlNumber)).toEqual({ number: String(number) });
        expect(disagreements(crl)).toEqual([]);
      }),
    );
  });

  test("on any authorityKeyIdentifier", () => {
    const { der } = kit;
    fc.assert(
      fc.property(
        optional(fc.uint8Array({ minLength: 1, maxLength: 40 })),
        optional(fc.array(uri, { minLength: 1, maxLength: 3 })),
        optional(fc.bigInt({ min: 1n, max: 2n ** 159n - 1n })),
        (keyIdentifier, names, serial) => {
          const value = der.seq(
            ...(keyIdentifier === undefined ? [] : [der.context(0, keyIdentifier)]),
            ...(names === undefined
              ? []
              : [der.explicit(1, ...names.map(kit.extension.uri), der.explicit(4, kit.ca.subject.der()))]),
            ...(serial === undefined ? [] : [der.context(2, der.int(serial).subarray(2))]),
          );
          const crl = crlWith({ aki: { value } });
          expect(ours(crl, Oid.authorityKeyIdentifier)).toBeDefined();
          expect(disagreements(crl)).toEqual([]);
        },
      ),
    );
  });

  test("on any freshestCRL, issuerAltName and authorityInfoAccess", () => {
    const { der, extension, oids } = kit;
    fc.assert(
      fc.property(fc.array(uri, { minLength: 1, maxLength: 5 }), (list) => {
        const access = list.map((text) => der.seq(der.oid(oids.caIssuers), extension.uri(text)));
        const crl = crlWith({
          extra: [
            extension.freshestCrl(...list),
            extension.extension(oids.issuerAltName, der.seq(...list.map(extension.uri))),
            extension.extension(oids.authorityInfoAccess, der.seq(...access)),
          ],
        });
        expect(ours(crl, Oid.freshestCrl)).toEqual({ points: list.map((text) => [text]) });
        expect(disagreements(crl)).toEqual([]);
      }),
    );
  });
});

describe("typeExtension", () => {
  test("decodes values of entry extensions", () => {
    expect(typeExtension(Oid.reasonCode, kit.extension.reasonCode(4).value)).toMatchObject({
      type: "CRLReason",
      value: { reason: 4 },
    });
    expect(typeExtension(Oid.invalidityDate, kit.extension.invalidityDate("2026-01-02T03:04:05Z").value)).toMatchObject(
      {
        type: "InvalidityDate",
        value: { value: new Date("2026-01-02T03:04:05Z") },
      },
    );
    const issuer = typeExtension(Oid.certificateIssuer, kit.extension.certificateIssuer(kit.ca.subject).value);
    expect(issuer?.type === "CertificateIssuer" && issuer.value[0]?.directoryName?.length).toBe(3);
  });

  test.each([
    ["an unknown extension", "1.2.3.4", "0500"],
    ["an extension called like a property of Object", "constructor", "0500"],
    ["a value of another type", Oid.crlNumber, "0500"],
    ["an empty value", Oid.crlNumber, ""],
    ["a length that runs past the end", Oid.issuingDistributionPoint, "3005810"],
    ["an issuingDistributionPoint with a truncated element", Oid.issuingDistributionPoint, "3003a00530"],
  ])("does not decode %s", (_, oid, value) => {
    expect(typeExtension(oid, kit.der.raw(value.length % 2 === 0 ? value : `${value}0`))).toBeUndefined();
  });

  test("does not decode values that are nested too deeply, and never throws", () => {
    let value = kit.der.nul();
    for (let depth = 0; depth < 5000; depth += 1) value = kit.der.seq(value);
    expect(typeExtension(Oid.issuerAltName, value)).toBeUndefined();
    fc.assert(
      fc.property(fc.constantFrom(...compared), fc.uint8Array({ maxLength: 60 }), (oid, bytes) => {
        expect(() => typeExtension(oid, bytes)).not.toThrow();
      }),
    );
  });
});

const root = new URL("../../../shared/corpus/", import.meta.url);
const index = new URL("index.jsonl", root);
const paths = existsSync(index)
  ? readFileSync(index, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { readonly crl: string; readonly features?: readonly string[] })
      .filter(({ features }) => features?.includes("malformed") !== true)
      .map(({ crl }) => crl)
  : [];

/** Each difference on the corpus, with its reason: the schema fails, the cursor readers report an error and continue. */
const known: Readonly<Record<string, string>> = {
  "data/boulder/linter/lints/cpcps/testdata/crl_freshest.pem": "distributionPoint [0] in primitive form",
  "data/boulder/linter/lints/cpcps/testdata/crl_idp_no_fullname.pem": "distributionPoint [0] holds no alternative",
  "data/boulder/linter/lints/cpcps/testdata/crl_idp_no_uris.pem": "the schema treats an empty fullName as absent",
  "data/boulder/linter/lints/cpcps/testdata/crl_idp_some_reasons.pem": "onlySomeReasons [3] in constructed form",
  "data/boulder/linter/lints/rfc/testdata/crl_aki_name_and_serial.pem": "authorityCertIssuer [1] in primitive form",
  "data/rustls-webpki/tests/crls/crl.idp.unknown.tag.der": "a field [9] that no definition has",
  "data/zlint/v3/testdata/crlWithAuthKeyIDContainsAuthorityCertIssuer.pem": "authorityCertIssuer [1] in primitive form",
  "data/zlint/v3/testdata/crlWithAutkeyIDMissingKeyID.pem": "authorityCertIssuer [1] in primitive form",
};

describe.skipIf(paths.length === 0)("corpus", () => {
  test("both readers agree on every CRL, except for the listed differences", () => {
    const found = paths.flatMap((path) => {
      const object = readInput(path, readFileSync(new URL(path, root))).find(({ kind }) => kind === "crl");
      return object === undefined || disagreements(readCrl(object.artefact.bytes)).length === 0 ? [] : [path];
    });
    expect(found.sort()).toEqual(Object.keys(known).sort());
  });
});
