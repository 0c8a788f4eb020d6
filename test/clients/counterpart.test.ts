import { describe, expect, test } from "vitest";
import { readCertificate } from "../../src/cert/certificate.ts";
import { type Counterpart, makeCounterpart } from "../../src/clients/counterpart.ts";
import { trialOf } from "../../src/clients/lab.ts";
import { readCrl } from "../../src/crl/read.ts";
import { type CrlKnobs, kit, type KitCa } from "../../src/fixture/index.ts";
import { certificateStatus, lintCrl } from "../../src/index.ts";

/** A time at which the kit's CRL is current, and one years later. */
const current = Date.parse("2026-11-04T00:00:00Z") / 1000;
const later = Date.parse("2031-05-06T07:08:09Z") / 1000;

function counterpart(knobs: CrlKnobs, now: number, ca: KitCa = kit.ca): Counterpart {
  const read = readCertificate(ca.certificate);
  const made = read && makeCounterpart(read, readCrl(kit.crl({ ca, ...knobs }).crl), now);
  if (made === undefined || "fault" in made) throw new Error(made?.fault);
  return made;
}

/** The bytes of the tbsCertList. */
function tbsOf(crl: Uint8Array): Uint8Array {
  const { tbsCertList } = readCrl(crl);
  return crl.subarray(tbsCertList?.start, tbsCertList?.end);
}

function statusOf({ lab, crl }: Counterpart, leaf: "revoked" | "good", now: number): string | undefined {
  const trial = trialOf(lab, leaf, crl);
  const chain = [trial.ca, trial.root];
  const crls = [trial.rootCrl, trial.crl];
  const statuses = certificateStatus({ certificate: trial.leaf, chain, crls, now: new Date(now * 1000) });
  return statuses[0]?.status;
}

const p384Ca = kit.caWith({ key: "p384" });
const pssCa = kit.caWith({ algorithm: "rsassa-pss-sha256" });
const ed25519Ca = kit.caWith({ key: "ed25519" });
const rootCa = kit.root;

describe("the counterpart of a current CRL has the same tbsCertList, and a signature that verifies", () => {
  test.each<[string, CrlKnobs, KitCa]>([
    ["RSA", {}, kit.ca],
    ["RSASSA-PSS", { algorithm: "rsassa-pss-sha256" }, pssCa],
    ["ECDSA", {}, p384Ca],
    ["ECDSA with another hash", { algorithm: "ecdsa-with-SHA256" }, p384Ca],
    ["Ed25519", {}, ed25519Ca],
    ["a root", {}, rootCa],
    ["a CA without subjectKeyIdentifier", {}, kit.caWith({ ski: null })],
    ["a partition", { idp: { uris: ["http://crl.example.com/7.crl"], onlyUser: true } }, kit.ca],
    ["a partition for CAs", { idp: { uris: ["http://crl.example.com/ca.crl"], onlyCa: true } }, kit.ca],
    [
      "a name relative to the issuer",
      { idp: { names: kit.der.tlv(0xa1, kit.name("CN=7").der().subarray(4)) } },
      kit.ca,
    ],
  ])("%s", (_, knobs, ca) => {
    const made = counterpart(knobs, current, ca);
    expect(made.isMoved).toBe(false);
    expect(tbsOf(made.crl)).toEqual(tbsOf(kit.crl({ ca, ...knobs }).crl));
    const { findings } = lintCrl({ crl: made.crl, issuer: made.lab.ca.certificate, select: ["signature/invalid"] });
    expect(findings).toEqual([]);
    expect([statusOf(made, "revoked", current), statusOf(made, "good", current)]).toEqual(["revoked", "good"]);
  });
});

describe("the dates of a CRL that is not current are moved", () => {
  const datesIn = (crl: Uint8Array): readonly (string | undefined)[] => {
    const { thisUpdate, nextUpdate, entries } = readCrl(crl);
    const dates: string[] = [];
    entries.visit(({ date }) => dates.push(new Date(date * 1000).toISOString()));
    return [thisUpdate?.text, nextUpdate?.text, ...dates];
  };

  test("all by the same time, without other changes", () => {
    const made = counterpart({}, later);
    expect(made.isMoved).toBe(true);
    expect(datesIn(made.crl)).toEqual([
      "310506060809Z",
      "310513060808Z",
      "2030-09-16T15:35:02.000Z",
      "2030-11-04T20:08:09.000Z",
      "2031-04-23T13:53:19.000Z",
    ]);
    const [before, after] = [tbsOf(kit.crl().crl), tbsOf(made.crl)];
    expect(after.length).toBe(before.length);
    expect(after.filter((byte, i) => byte !== before[i]).every((byte) => byte >= 0x30 && byte <= 0x39)).toBe(true);
    expect([statusOf(made, "revoked", later), statusOf(made, "good", later)]).toEqual(["revoked", "good"]);
  });

  test("without a change of type or length", () => {
    const { der } = kit;
    const thisUpdate = der.utcTime("2611010000Z");
    const nextUpdate = der.generalizedTime("20261107235959Z");
    expect(datesIn(counterpart({ thisUpdate, nextUpdate }, later).crl).slice(0, 2)).toEqual([
      "3105060608Z",
      "20310513060808Z",
    ]);
  });

  test.each([
    [
      "to half the validity before now, if the validity is short",
      { nextUpdate: "2026-11-01T00:10:00Z" },
      ["310506070309Z", "310506071309Z"],
    ],
    [
      "to an invalid period, if nextUpdate is before thisUpdate",
      { nextUpdate: "2026-10-31T23:00:00Z" },
      ["310506060809Z", "310506050809Z"],
    ],
    [
      "if thisUpdate is in the future and nextUpdate is absent",
      { nextUpdate: null, thisUpdate: "2033-01-01T00:00:00Z" },
      ["310506060809Z", undefined],
    ],
  ])("%s", (_, knobs, expected) => {
    expect(datesIn(counterpart(knobs, later).crl).slice(0, 2)).toEqual(expected);
  });
});

describe("the revoked certificate", () => {
  const other = { serial: "22", extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] };
  test.each([
    ["has the serial of the first entry", [{ serial: "11" }, { serial: "22" }], "11"],
    ["is not that of an entry with removeFromCRL", [{ serial: "11", reason: 8 }, { serial: "22" }], "22"],
    ["is not that of an entry of another CA", [{ serial: "11" }, other], "11"],
    ["is not that of an entry after one of another CA", [other, { serial: "33" }], undefined],
    ["has the leading 00 that its entry lacks", [{ serial: "c1f2" }], "00c1f2"],
    ["lacks the needless 00 of its entry", [{ serial: "000011" }], "11"],
    ["does not have an empty serial", [{ serial: "" }, { serial: "22" }], "22"],
    ["is absent if the CRL has no entries", [], undefined],
  ])("%s", (_, entries, serial) => {
    expect(counterpart({ entries }, current).listed).toBe(serial);
  });
});

test("the CA certificate of a counterpart matches an authorityKeyIdentifier with issuer and serial", () => {
  const { serialNumber, source } = readCertificate(kit.ca.certificate)!;
  const serial = source.bytes.subarray(serialNumber.content, serialNumber.contentEnd);
  const issuer = kit.der.explicit(1, kit.extension.directoryName(kit.root.subject));
  const value = kit.der.seq(kit.der.context(0, kit.ca.ski!), issuer, kit.der.context(2, serial));
  const made = counterpart({ aki: { value } }, current);
  const issuerCertificate = made.lab.ca.certificate;
  expect(
    lintCrl({ crl: made.crl, issuer: issuerCertificate, select: ["aki/issuer-serial-mismatch"] }).findings,
  ).toEqual([]);
});

test.each<[string, CrlKnobs, string]>([
  [
    "a missing thisUpdate",
    { thisUpdate: null, nextUpdate: null },
    "thisUpdate cannot be read: tbsCertList has no thisUpdate",
  ],
  [
    "an algorithm without a test key",
    { ca: kit.caWith({ key: "sm2" }) },
    "there is no test key for SM2 with SM3 with these parameters",
  ],
])("a CRL with %s has no counterpart", (_, knobs, fault) => {
  const ca = readCertificate((knobs.ca ?? kit.ca).certificate)!;
  expect(makeCounterpart(ca, readCrl(kit.crl(knobs).crl), current)).toEqual({ fault });
});
