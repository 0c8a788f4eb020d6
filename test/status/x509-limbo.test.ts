import { describe, expect, test } from "vitest";
import {
  type CertificateKnobs,
  type CrlKnobs,
  type EntryKnobs,
  type IdpKnobs,
  kit,
  type KitCa,
} from "../../src/fixture/index.ts";
import { certificateStatus } from "../../src/index.ts";

/**
 * A CRL case of x509-limbo (https://x509-limbo.com), rebuilt with the kit under its name: a root, a leaf that it
 * issued, and CRLs.
 */
interface Case {
  readonly name: string;
  /** The result that x509-limbo expects. */
  readonly expected: "SUCCESS" | "FAILURE";
  readonly root?: CertificateKnobs;
  readonly leaf?: CertificateKnobs;
  readonly crls: readonly CrlKnobs[];
  /** Whether an intermediate CA with a valid CRL issued the leaf; `crls` are those of the root. */
  readonly isBelow?: true;
  /** The sentence of RFC 5280 by which the status differs from the result that x509-limbo expects. */
  readonly differs?: string;
}

const now = new Date("2024-01-01T00:00:00Z");
const at = (days: number): string => new Date(now.getTime() + days * 86_400_000).toISOString();
const dates = { notBefore: at(-365), notAfter: at(365) };
const serial = "2b7e151628aed2a6abf7158809cf4f3c";
const uri = "http://example.com/cdp.crl";
const otherUri = "http://example.com/other.crl";

const listed: CrlKnobs = { entries: [{ serial, date: at(-1) }] };
/** Lists another certificate than the leaf. */
const other: EntryKnobs = { serial: "11223344556677889900aabbccddeeff", date: at(-1) };
const unlisted: CrlKnobs = { entries: [other] };
const empty: CrlKnobs = { entries: [] };
const unknown = (critical: boolean) => ({ oid: "1.3.6.1.4.1.55738.666.1", critical, value: kit.der.nul() });
const scope = (idp: IdpKnobs): CrlKnobs => ({ ...empty, idp });
const { der, extension } = kit;
/** cRLDistributionPoints with one point and some names. */
const points = (...names: readonly Uint8Array[]): CertificateKnobs => ({
  crldp: null,
  extra: [{ oid: "2.5.29.31", value: der.seq(der.seq(der.explicit(0, der.explicit(0, ...names)))) }],
});
const dns = (name: string): Uint8Array => der.tlv(0x82, der.ascii(name));

/** Requirements on CAs and fields that the algorithm of section 6.3.3 does not check. */
const caRequirements = {
  number:
    'RFC 5280 5.2.3 is about CRL issuers: "CRL issuers conforming to this profile MUST include this extension in all CRLs". 6.3.3 has no such step.',
  critical:
    'RFC 5280 5.2.3: cRLNumber "is a non-critical CRL extension". 5.2 excludes only "a critical extension that the application cannot process", and 6.3.3 (c) processes this one.',
  time: 'RFC 5280 5.1.2.4 and 5.1.2.5 are about CRL issuers: they "MUST encode thisUpdate as UTCTime for dates through the year 2049". 6.3.3 compares times, and the type does not change which one it is.',
  nextUpdate:
    'RFC 5280 5.1.2.5 is about CRL issuers: they "MUST include the nextUpdate field in all CRLs". 6.3.3 (a) has a step only for a CRL whose nextUpdate has passed.',
  version:
    'RFC 5280 5.1.2.1 is about CRL issuers: the field "MUST be present and MUST specify version 2". 6.3.3 has no step for the version.',
  duplicate: "RFC 5280 does not forbid two entries of one serial, and 6.3.3 (i) and (j) search for an entry.",
  names:
    'RFC 5280 6.3.3 (b)(2)(i): "one of the names in the IDP matches one of the names in the DP". The TLS BR 7.1.2.11.2 and 7.2.2.1, which allow only URIs, are about CAs.',
  uris: 'RFC 5280 7.4: "Before URIs may be compared, conforming implementations MUST perform a combination of the syntax-based and scheme-based normalization". The TLS BR 7.2.2.1, which require the same bytes, are about CAs.',
  indirect:
    "RFC 5280 6.3.3 (b)(1): without cRLIssuer, the CRL issuer must match the certificate issuer, and it does. The TLS BR 7.2.2.1, which forbid indirectCRL, are about CAs.",
};

const cases: readonly Case[] = [
  { name: "revoked_certificate_with_crl", expected: "FAILURE", crls: [listed] },
  {
    name: "crlnumber_missing",
    expected: "FAILURE",
    crls: [{ ...unlisted, crlNumber: null }],
    differs: caRequirements.number,
  },
  { name: "certificate_not_on_crl", expected: "SUCCESS", crls: [{ entries: [other, { ...other, serial: 5 }] }] },
  {
    name: "certificate_serial_on_crl_different_issuer",
    expected: "SUCCESS",
    crls: [empty, { ...listed, ca: kit.root }],
  },
  {
    name: "crlnumber_critical",
    expected: "FAILURE",
    crls: [{ ...unlisted, critical: { [kit.oids.crlNumber]: true } }],
    differs: caRequirements.critical,
  },
  { name: "issuer_missing_crlsign", expected: "FAILURE", root: { keyUsage: ["keyCertSign"] }, crls: [unlisted] },
  { name: "issuer_no_keyusage_extension", expected: "SUCCESS", root: { keyUsage: null }, crls: [unlisted] },
  { name: "issuer_valid_crlsign_and_keycertsign", expected: "SUCCESS", crls: [unlisted] },
  { name: "crl_invalid_signature", expected: "FAILURE", crls: [{ ...unlisted, signingKey: "rsa2048c" }] },
  {
    name: "crl_wrong_signing_key",
    expected: "FAILURE",
    crls: [{ ...unlisted, ca: kit.root, issuer: "CN=Limbo Root" }],
  },
  { name: "crl_empty", expected: "SUCCESS", crls: [empty] },
  {
    name: "crl_very_large",
    expected: "SUCCESS",
    crls: [{ entries: Array.from({ length: 10_000 }, (_, i) => ({ serial: 2 ** 40 + i, date: at(-1) })) }],
  },
  { name: "crl_unknown_critical_extension", expected: "FAILURE", crls: [{ ...unlisted, extra: [unknown(true)] }] },
  { name: "crl_unknown_noncritical_extension", expected: "SUCCESS", crls: [{ ...unlisted, extra: [unknown(false)] }] },
  {
    name: "entry_unknown_critical_extension",
    expected: "FAILURE",
    crls: [{ entries: [{ serial, date: at(-1), extensions: [unknown(true)] }] }],
  },
  {
    name: "entry_unknown_noncritical_extension",
    expected: "FAILURE",
    crls: [{ entries: [{ serial, date: at(-1), extensions: [unknown(false)] }] }],
  },
  { name: "idp_cdp_scope_mismatch", expected: "FAILURE", leaf: { crldp: [uri] }, crls: [scope({ uris: [otherUri] })] },
  { name: "idp_cdp_scope_match", expected: "SUCCESS", leaf: { crldp: [uri] }, crls: [scope({ uris: [uri] })] },
  {
    name: "idp_only_contains_user_certs_ca_target",
    expected: "FAILURE",
    isBelow: true,
    crls: [scope({ onlyUser: true })],
  },
  { name: "idp_only_contains_ca_certs_ee_target", expected: "FAILURE", crls: [scope({ onlyCa: true })] },
  { name: "idp_present_certificate_missing_cdp", expected: "FAILURE", crls: [scope({ uris: [uri] })] },
  {
    name: "idp_present_certificate_cdp_non_uri_generalname",
    expected: "FAILURE",
    leaf: points(extension.uri(uri), dns("example.com")),
    crls: [scope({ uris: [uri] })],
    differs: caRequirements.names,
  },
  { name: "idp_only_contains_attribute_certs", expected: "FAILURE", crls: [{ ...unlisted, idp: { attr: true } }] },
  { name: "this_update_in_future", expected: "FAILURE", crls: [{ ...empty, thisUpdate: at(1) }] },
  { name: "next_update_in_past", expected: "FAILURE", crls: [{ ...empty, thisUpdate: at(-60), nextUpdate: at(-30) }] },
  { name: "revocation_date_in_future", expected: "FAILURE", crls: [{ entries: [{ serial, date: at(1) }] }] },
  { name: "revocation_date_before_not_before", expected: "FAILURE", crls: [{ entries: [{ serial, date: at(-600) }] }] },
  {
    name: "crl_validity_no_overlap",
    expected: "FAILURE",
    leaf: { notBefore: at(-30), notAfter: at(30) },
    crls: [{ ...empty, thisUpdate: at(-365), nextUpdate: at(-180) }],
  },
  {
    name: "crl_invalid_version",
    expected: "SUCCESS",
    crls: [{ ...listed, version: 2 }],
    differs: caRequirements.version,
  },
  {
    name: "crl_update_generalizedtime_2025",
    expected: "SUCCESS",
    crls: [
      {
        ...listed,
        thisUpdate: der.generalizedTime(new Date(at(-1))),
        nextUpdate: der.generalizedTime(new Date(at(30))),
      },
    ],
    differs: caRequirements.time,
  },
  {
    name: "crl_missing_next_update",
    expected: "SUCCESS",
    crls: [{ ...listed, nextUpdate: null }],
    differs: caRequirements.nextUpdate,
  },
  {
    name: "crl_duplicate_revoked_serial",
    expected: "FAILURE",
    crls: [{ entries: [other, other] }],
    differs: caRequirements.duplicate,
  },
  {
    name: "idp_name_relative_to_crl_issuer",
    expected: "FAILURE",
    crls: [
      { ...empty, idp: { value: der.seq(der.explicit(0, der.tlv(0xa1, kit.name("CN=partition").der().subarray(4)))) } },
    ],
  },
  {
    name: "idp_fullname_non_uri_generalname",
    expected: "FAILURE",
    leaf: { crldp: [uri] },
    crls: [
      { ...empty, idp: { value: der.seq(der.explicit(0, der.explicit(0, extension.uri(uri), dns("example.com")))) } },
    ],
    differs: caRequirements.names,
  },
  {
    name: "idp_indirect_crl",
    expected: "FAILURE",
    leaf: { crldp: [uri] },
    crls: [scope({ uris: [uri], indirect: true })],
    differs: caRequirements.indirect,
  },
  {
    name: "idp_only_some_reasons_no_complete_crl",
    expected: "FAILURE",
    leaf: { crldp: [uri] },
    crls: [scope({ uris: [uri], reasons: [1] })],
  },
  {
    name: "idp_uri_not_byte_identical",
    expected: "FAILURE",
    leaf: { crldp: ["http://example.com/crls/%73hard.crl"] },
    crls: [scope({ uris: ["http://example.com/crls/shard.crl"] })],
    differs: caRequirements.uris,
  },
];

/** Returns the statuses of all certificates of the path. */
function statusesOf({ root: rootKnobs, leaf: leafKnobs, crls, isBelow }: Case) {
  const root = kit.caWith({ parent: "self", subject: "CN=Limbo Root", key: "rsa2048", ...dates, ...rootKnobs });
  const intermediate = kit.caWith({ parent: root, subject: "CN=Limbo CA", crldp: null, ...dates });
  const parent = isBelow ? intermediate : root;
  const leaf = kit.certificate({ parent, serial, crldp: null, ...dates, ...leafKnobs });
  const crlOf = (ca: KitCa, knobs: CrlKnobs): Uint8Array =>
    kit.crl({ ca, thisUpdate: at(-2), nextUpdate: at(30), ...knobs }).crl;
  return certificateStatus({
    certificate: leaf,
    chain: [...(isBelow ? [intermediate.certificate] : []), root.certificate, kit.root.certificate],
    crls: [...crls.map((knobs) => crlOf(root, knobs)), ...(isBelow ? [crlOf(intermediate, empty)] : [])],
    now,
  }).map(({ status }) => status);
}

describe("CRL cases of x509-limbo", () => {
  test("are 37, and RFC 5280 leads to a different result in 10 of them", () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(37);
    expect(cases.filter(({ differs }) => differs !== undefined)).toHaveLength(10);
  });

  test.each(cases.map((each) => [each.name, each] as const))("%s", (_, each) => {
    const isAccepted = statusesOf(each).every((status) => status === "good");
    expect(isAccepted).toBe((each.expected === "SUCCESS") !== (each.differs !== undefined));
  });

  test("distinguish revoked from undetermined", () => {
    const of = (name: string) => statusesOf(cases.find((each) => each.name === name) as Case);
    expect(of("revoked_certificate_with_crl")).toEqual(["revoked"]);
    expect(of("revocation_date_in_future")).toEqual(["revoked"]);
    expect(of("crl_update_generalizedtime_2025")).toEqual(["revoked"]);
    expect(of("crl_missing_next_update")).toEqual(["revoked"]);
    expect(of("crl_invalid_version")).toEqual(["revoked"]);
    expect(of("entry_unknown_critical_extension")).toEqual(["undetermined"]);
    expect(of("idp_only_contains_user_certs_ca_target")).toEqual(["good", "undetermined"]);
  });
});
