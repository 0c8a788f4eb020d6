import { afterAll, describe, expect, test } from "vitest";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import { crllint, pem, Workbench } from "./workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());
const ca = bench.put("ca.pem", kit.ca.certificate);
const root = bench.put("root.pem", kit.root.certificate);
const other = bench.put("other.pem", kit.otherCa.certificate);
const leaf = bench.put("leaf.pem", kit.certificate({ serial: 4660 }));
const serial = "5a1b2c3d4e5f6071";
let count = 0;

/** Lints CRLs together. Returns the exit code, the findings and the runs. */
async function lint(crls: readonly CrlKnobs[], ...args: readonly string[]) {
  const files = crls.map((knobs) => bench.put(`${(count += 1)}.crl`, kit.crl(knobs).crl));
  const { code, out } = await crllint(["--now", "2026-11-04", "--profile", "rfc5280", "-f", "json", ...args, ...files]);
  const { runs } = JSON.parse(out) as { runs: { findings: { rule: string; severity: string; message: string }[] }[] };
  return {
    code,
    found: runs.flatMap(({ findings }) => findings.map(({ rule, severity }) => `${severity} ${rule}`)),
    runs,
  };
}

const delta = (...entries: NonNullable<CrlKnobs["entries"]>): CrlKnobs => ({
  crlNumber: 4712,
  thisUpdate: "2026-11-02T00:00:00Z",
  extra: [kit.extension.deltaCrlIndicator(4711)],
  entries,
});
const linked: CrlKnobs = { extra: [kit.extension.freshestCrl("http://crl.example.com/delta.crl")] };

describe("CRLs that are given together", () => {
  test("a delta CRL is compared with the complete CRL that it updates, without an option", async () => {
    expect((await lint([linked, delta()], ca)).found).toEqual([]);
    // This rule needs the base: it is skipped without one.
    const { found } = await lint([linked, delta({ serial: 4660, reason: 8 })], ca);
    expect(found).toEqual(["notice delta/remove-from-crl-unknown-serial"]);
  });

  test("a complete CRL without freshestCRL is reported, and a delta or complete CRL without its counterpart", async () => {
    expect((await lint([{}, delta()], ca)).found).toEqual(["notice set/delta-not-linked"]);
    expect((await lint([{ ...linked, crlNumber: 4700 }, delta()], ca)).found).toEqual([
      "notice set/delta-without-base",
    ]);
    expect((await lint([{ ...linked, crlNumber: 4700 }, {}], ca)).found).toEqual(["notice set/base-without-delta"]);
  });

  test("a delta CRL of another key, scope or number has no base", async () => {
    const found = async (knobs: CrlKnobs) =>
      (await lint([{ ...linked, ...knobs }, delta()], ca, "--select", "set", "--no-issuer")).found;
    const unpaired = ["notice set/base-without-delta", "notice set/delta-without-base"];
    expect(await found({ aki: new Uint8Array(20).fill(1) })).toEqual(unpaired);
    expect(await found({ idp: { uris: ["http://crl.example.com/1.crl"] } })).toEqual(unpaired);
    expect(await found({ crlNumber: 4712 })).toEqual(["notice set/delta-without-base"]);
  });

  test("the same long serial in CRLs of two CAs is reported for both", async () => {
    const list = { entries: [{ serial, reason: 1 }] };
    const { found, code } = await lint([list, { ...list, ca: kit.otherCa }], ca, other);
    expect({ code, found }).toEqual({
      code: 0,
      found: ["warning set/serial-in-several-cas", "warning set/serial-in-several-cas"],
    });
    const short = { entries: [{ serial: 4660, reason: 1 }] };
    expect((await lint([short, { ...short, ca: kit.otherCa }], ca, other)).found).toEqual([]);
  });

  test("each CRL that lists a serial is reported, and names one CRL of each other CA", async () => {
    const list = { entries: [{ serial, reason: 1 }] };
    const first = [list, { ...list, crlNumber: 4710, thisUpdate: "2026-10-31T00:00:00Z" }];
    const second = [
      { ...list, ca: kit.otherCa },
      { ...list, ca: kit.otherCa, crlNumber: 4710 },
    ];
    const third = { ...list, ca: kit.root, nextUpdate: "2027-10-31T23:59:59Z" };
    const { runs } = await lint([...first, ...second, third], ca, other, root, "--select", "set/serial-in-several-cas");
    const messages = runs.flatMap(({ findings }) =>
      findings.map(({ message }) => message.replaceAll(/\S*\/\d+\.crl/gu, "F")),
    );
    expect(messages).toEqual(
      Array.from({ length: 5 }, () => `1 serial is also in F, F, of other CAs; it is ${serial}`),
    );
  });

  test("short serials in partitions of a CA are counted together", async () => {
    const days = [1, 2, 3].map((day) => ({ serial: day, date: `2026-06-0${day}T12:00:00Z`, reason: 1 }));
    const part = (crlNumber: number, ...entries: typeof days) => ({
      crlNumber,
      idp: { uris: [`http://crl.example.com/${crlNumber}.crl`] },
      entries,
    });
    const { found } = await lint(
      [part(1, ...days.slice(0, 1)), part(2, ...days.slice(1)), { entries: days, ca: kit.otherCa }],
      ca,
      other,
      "--select",
      "set/serial-in-several-cas",
    );
    expect(found).toHaveLength(3);
  });

  test("short serials are reported only if several have the same dates", async () => {
    const entries = [1, 2, 3].map((day) => ({ serial: day, date: `2026-06-0${day}T12:00:00Z`, reason: 1 }));
    const both = async (list: CrlKnobs["entries"]) =>
      (await lint([{ entries }, { entries: list ?? [], ca: kit.otherCa }], ca, other)).found;
    expect(await both(entries)).toEqual(["warning set/serial-in-several-cas", "warning set/serial-in-several-cas"]);
    expect(await both(entries.slice(1))).toEqual([]);
    expect(await both(entries.map((entry) => ({ ...entry, date: "2026-06-04T12:00:00Z" })))).toEqual([]);
  });

  test("a CA of the chain without a CRL is reported if certificates are given", async () => {
    expect((await lint([{}], ca, root, "--certs", leaf)).found).toEqual(["warning set/ca-without-crl"]);
    const ofRoot = { ca: kit.root, entries: [], nextUpdate: "2027-10-31T23:59:59Z" };
    expect((await lint([{}, ofRoot], ca, root, "--certs", leaf)).found).toEqual([]);
    expect((await lint([{}], ca, root)).found).toEqual([]);
  });

  test("a missing CRL is reported for each CA up to the root", async () => {
    const upper = kit.caWith({ parent: kit.root, subject: "CN=Upper" });
    const lower = kit.caWith({ parent: upper, subject: "CN=Lower", key: "p256" });
    const files = [upper, lower].map((each, i) => bench.put(`level-${i}.pem`, each.certificate));
    const { runs } = await lint([{ ca: lower }], root, ...files, "--certs", leaf, "--select", "set/ca-without-crl");
    expect(runs.flatMap(({ findings }) => findings.map(({ message }) => message.replaceAll(/\S*\//gu, "")))).toEqual([
      "no CRL of CN=Upper, which issued level-1.pem, was given",
      "no CRL of CN=Example Root CA,O=Example Trust GmbH,C=AT, which issued level-0.pem, was given",
    ]);
  });

  describe("a chain with certificates in scope", () => {
    const upper = kit.caWith({ parent: kit.root, subject: "CN=Upper", key: "p256" });
    const crldp = ["http://crl.example.com/upper.crl"];
    const lower = kit.caWith({ parent: upper, subject: "CN=Lower", key: "p384", crldp });
    const put = (name: string, bytes: Uint8Array): string => bench.put(`chain-${name}`, bytes);
    const cas = [put("upper.pem", upper.certificate), put("lower.pem", lower.certificate), root];
    const ofLower = put("leaf.pem", kit.certificate({ parent: lower, serial: 7 }));
    const whole = { entries: [], nextUpdate: "2026-11-07T23:59:59Z" };
    const [rootCrl, upperCrl, lowerCrl] = [kit.root, upper, lower].map((each) => ({ ...whole, ca: each }));
    const missing = async (crls: readonly (CrlKnobs | undefined)[], ...args: readonly string[]) => {
      const { code, runs } = await lint(
        crls.flatMap((each) => each ?? []),
        ...args,
      );
      const texts = runs.flatMap(({ findings }) =>
        findings.map(
          ({ severity, rule, message }) => `${severity} ${rule}: ${message.replaceAll(/\S*\/chain-/gu, "")}`,
        ),
      );
      return { code, texts };
    };
    const without = (name: string, below: string): string =>
      `warning set/ca-without-crl: no CRL of ${name}, which issued ${below}, was given`;
    const rootName = "CN=Example Root CA,O=Example Trust GmbH,C=AT";

    test.each([
      ["all CRLs are given", [rootCrl, upperCrl, lowerCrl], []],
      ["the CRL of the root is missing", [upperCrl, lowerCrl], [without(rootName, "upper.pem")]],
      ["the CRL in the middle is missing", [rootCrl, lowerCrl], [without("CN=Upper", "lower.pem")]],
      ["the CRL of the lowest CA is missing", [rootCrl, upperCrl], [without("CN=Lower", "leaf.pem")]],
      [
        "only the CRL of the root is given",
        [rootCrl],
        [without("CN=Lower", "leaf.pem"), without("CN=Upper", "lower.pem")],
      ],
    ])("%s", async (_, crls, texts) => {
      expect(await missing(crls, "--certs", ofLower, ...cas)).toEqual({ code: 0, texts });
      const alsoInScope = cas.slice(0, 2).flatMap((each) => ["--certs", each]);
      expect(await missing(crls, "--certs", ofLower, ...alsoInScope, ...cas)).toEqual({ code: 0, texts });
    });

    test("no CRL is missing for a certificate that is expired or that another CRL issuer covers", async () => {
      const unused = "notice set/ca-certificate-unused: none of the CRLs given is of CN=Lower";
      for (const [notAfter, texts] of [
        ["2026-10-31T23:59:59Z", [unused]],
        ["2026-11-01T00:00:00Z", [without("CN=Lower", "until.pem")]],
      ] as const) {
        const until = put("until.pem", kit.certificate({ parent: lower, notAfter }));
        expect((await missing([rootCrl, upperCrl], "--certs", until, ...cas)).texts).toEqual(texts);
      }
      const { der, extension, oids } = kit;
      const point = der.seq(der.explicit(2, der.explicit(4, kit.otherCa.subject.der())));
      const replace = {
        [oids.crlDistributionPoints]: extension.extension(oids.crlDistributionPoints, der.seq(point)),
      };
      const indirect = put("indirect.pem", kit.certificate({ parent: lower, replace }));
      expect((await missing([rootCrl, upperCrl], "--certs", indirect, ...cas)).texts).toEqual([unused]);
    });

    test("a CRL with the key of the CA and another issuer is not missing", async () => {
      const renamed = { ...lowerCrl, issuer: "CN=Lowest" };
      const { texts } = await missing([rootCrl, upperCrl, renamed], "--certs", ofLower, ...cas, "--select", "set");
      expect(texts).toEqual(["notice set/ca-certificate-unused: none of the CRLs given is of CN=Lower"]);
    });

    test("a CA of another chain is only unused, and its certificates do not differ by mistake", async () => {
      const alone = kit.caWith({ parent: "self", subject: "CN=Alone", key: "rsa2048c" });
      const theirs = put("theirs.pem", kit.certificate({ parent: alone }));
      const ofAlone = put("alone.pem", alone.certificate);
      expect(await missing([rootCrl], "--certs", theirs, root, ofAlone)).toEqual({
        code: 0,
        texts: ["notice set/ca-certificate-unused: none of the CRLs given is of CN=Alone"],
      });
      expect((await missing([rootCrl], "--certs", theirs, root)).texts).toEqual([
        "warning certs/issuer-differs: 1 certificate given is not issued by the CRL issuer",
      ]);
    });
  });

  test("several CRLs in one file are also linted as a set", async () => {
    const both = [{}, delta()].map((knobs) => pem("X509 CRL", kit.crl(knobs).crl)).join("");
    expect((await lint([], ca, bench.put("both.pem", both), "--ignore", "input")).found).toEqual([
      "notice set/delta-not-linked",
    ]);
  });

  test("certificates of CAs without a CRL are reported in one finding", async () => {
    const { found, runs } = await lint([{}, { crlNumber: 4710 }], ca, other, root);
    expect(found).toEqual(["warning set/ca-without-crl", "notice set/ca-certificate-unused"].sort());
    const messages = runs.flatMap(({ findings }) => findings.map(({ message }) => message));
    expect(messages).toContainEqual(expect.stringMatching(/^none of the CRLs given is of CN=Other TLS CA 1,[^;]*$/u));
  });

  test("a CRL that lists the serial of another CA's certificate is an error if that CA does not list it", async () => {
    const theirs = bench.put("theirs.pem", kit.certificate({ parent: kit.otherCa, serial }));
    const list = { entries: [{ serial, reason: 1 }] };
    const only = ["--select", "set/certificate-of-another-ca", "--certs", theirs];
    expect(await lint([list], ca, ...only)).toMatchObject({
      code: 0,
      found: ["warning set/certificate-of-another-ca"],
    });
    const unlisted = await lint([list, { ca: kit.otherCa, entries: [{ serial: 1 }] }], ca, other, ...only);
    expect(unlisted).toMatchObject({ code: 1, found: ["error set/certificate-of-another-ca"] });
    const both = await lint([list, { ca: kit.otherCa, ...list }], ca, other, ...only);
    expect(both).toMatchObject({ code: 0, found: ["warning set/certificate-of-another-ca"] });
    expect((await lint([{ entries: [{ serial: 1 }] }], ca, ...only)).found).toEqual([]);
    // Short serials may be equal by chance.
    const short = bench.put("short.pem", kit.certificate({ parent: kit.otherCa, serial: 4660 }));
    const args = ["--select", "set/certificate-of-another-ca", "--certs", short];
    expect((await lint([{}, { ca: kit.otherCa, entries: [{ serial: 1 }] }], ca, other, ...args)).found).toEqual([]);
    const listed = { entries: [{ serial: 4660, reason: 1 }] };
    expect((await lint([listed], ca, ...args)).found).toEqual(["notice set/certificate-of-another-ca"]);
    expect((await lint([listed], ca, ...args, "--certs", leaf)).found).toEqual([]);
  });

  test("two CRLs of a CA without issuingDistributionPoint and without a common entry are reported", async () => {
    const one = { entries: [{ serial: 1, reason: 1 }] };
    const two = { crlNumber: 4712, thisUpdate: "2026-11-01T00:30:00Z", entries: [{ serial: 2, reason: 1 }] };
    const warning = "warning set/partitions-without-idp";
    expect((await lint([one, two], ca)).found).toEqual([warning, warning]);
    expect((await lint([one, { ...two, entries: [...one.entries, ...two.entries] }], ca)).found).toEqual([]);
  });

  test("rules on sets can be selected, ignored and changed in severity like other rules", async () => {
    const list = { entries: [{ serial, reason: 1 }] };
    const both = [list, { ...list, ca: kit.otherCa }];
    expect((await lint(both, ca, other, "--severity", "set/serial-in-several-cas=error")).code).toBe(1);
    expect((await lint(both, ca, other, "--ignore", "set")).found).toEqual([]);
  });
});
