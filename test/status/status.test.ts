import { afterAll, describe, expect, test } from "vitest";
import { type CrlKnobs, kit, type KitCa } from "../../src/fixture/index.ts";
import { certificateStatus } from "../../src/index.ts";
import { crllint, pem, Workbench } from "../cli/workbench.ts";
import { detached } from "../support/detached.ts";

const { extension, der } = kit;
const now = new Date("2026-11-04T00:00:00Z");
const uri = "http://crl.example.com/1.crl";
const leaf = kit.certificate({ serial: 4660 });
const partitioned = kit.certificate({ serial: 4660, crldp: [uri] });
const linked: CrlKnobs = { extra: [extension.freshestCrl("http://crl.example.com/d.crl")] };
const rootCrl = kit.crl({ ca: kit.root, entries: [], nextUpdate: "2027-10-31T23:59:59Z" }).crl;

/** Returns the status of a certificate that `kit.ca` issued, without those of the chain. */
function statusOf(certificate: Uint8Array, ...crls: readonly CrlKnobs[]) {
  const lists = crls.map((knobs) => kit.crl(knobs).crl);
  const chain = [kit.ca.certificate, kit.root.certificate, kit.otherCa.certificate];
  const [own] = certificateStatus({ certificate, chain, crls: [...lists, rootCrl], now });
  return {
    status: own?.status,
    ...(own?.notes.length !== 0 && { notes: own?.notes.map(({ section, why }) => `${section}: ${why}`) }),
    ...(own?.revocation && { entry: `${own.revocation.entry} of ${own.revocation.crl}, ${own.revocation.reason}` }),
    // Without the CRL of the root, which is not for the leaf.
    unused: own?.unused
      .filter(({ crl }) => crl !== `crls[${lists.length}]`)
      .map(({ section, why }) => `${section}: ${why}`),
  };
}

/** Knobs of a certificate with one distribution point of these fields. */
function points(...fields: readonly Uint8Array[]) {
  return { crldp: null, extra: [{ oid: "2.5.29.31", value: der.seq(der.seq(...fields)) }] };
}

const fullName = der.explicit(0, der.explicit(0, extension.uri(uri)));

function crlIssuer({ subject }: KitCa): Uint8Array {
  return der.explicit(2, extension.directoryName(subject));
}

describe("the status of a certificate", () => {
  test("is good if the CRL does not list it", () => {
    expect(statusOf(leaf, {})).toEqual({ status: "good", unused: [] });
  });

  test("is revoked if an entry lists it", () => {
    expect(statusOf(leaf, { entries: [{ serial: 1 }, { serial: 4660, reason: 1 }] })).toEqual({
      status: "revoked",
      entry: "2 of crls[0], keyCompromise (1)",
      unused: [],
    });
  });

  test("a CRL is used at nextUpdate, but not one second later", () => {
    expect(statusOf(leaf, { nextUpdate: "2026-11-04T00:00:00Z" }).status).toBe("good");
    expect(statusOf(leaf, { nextUpdate: "2026-11-03T23:59:59Z" })).toEqual({
      status: "undetermined",
      unused: ["6.3.3 (a): its nextUpdate 2026-11-03T23:59:59Z has passed as of 2026-11-04T00:00:00Z"],
    });
  });

  test("a CRL is used at thisUpdate, but not one second earlier", () => {
    expect(statusOf(leaf, { thisUpdate: "2026-11-04T00:00:00Z" }).status).toBe("good");
    expect(statusOf(leaf, { thisUpdate: "2026-11-04T00:00:01Z" }).status).toBe("undetermined");
  });

  test("a CRL whose issuer has the RDNs in reverse order is not used", () => {
    expect(statusOf(leaf, { issuer: kit.ca.subject.reversed() })).toEqual({
      status: "undetermined",
      unused: ["6.3.3 (b)(1): its issuer is not that of the certificate"],
    });
  });

  test("a CRL whose issuer differs in case is used, with a note (RFC 5280 7.1)", () => {
    const { crl } = kit.crl({ issuer: kit.ca.subject.withText(1, "EXAMPLE TRUST GmbH") });
    const chain = [kit.ca.certificate, kit.root.certificate];
    const [own] = certificateStatus({ certificate: leaf, chain, crls: [crl], now });
    expect([own?.status, own?.notes.map(({ section }) => section)]).toEqual(["good", ["7.1"]]);
  });

  test("a partition is used only if the certificate has its URI", () => {
    const idp = { uris: [uri], onlyUser: true };
    expect(statusOf(partitioned, { idp }).status).toBe("good");
    expect(statusOf(partitioned, { idp: { ...idp, uris: ["http://crl.example.com/2.crl"] } })).toEqual({
      status: "undetermined",
      unused: ["6.3.3 (b)(2)(i): its distributionPoint has no name of the certificate's distribution points"],
    });
    expect(statusOf(kit.certificate({ serial: 4660, crldp: null }), { idp })).toEqual({
      status: "undetermined",
      unused: ["6.3.3 (b)(2)(i): it has a distributionPoint, and the certificate has no cRLDistributionPoints"],
    });
    const broken = kit.certificate({ serial: 4660, crldp: null, extra: [{ oid: "2.5.29.31", value: der.nul() }] });
    expect(statusOf(broken, { idp }).unused).toEqual([
      "6.3.3 (b)(2)(i): it has a distributionPoint, and the certificate has no cRLDistributionPoints that can be read",
    ]);
  });

  test.each([
    ["onlyCa", "iii", "it has onlyContainsCACerts, and the certificate is not a CA's"],
    ["attr", "iv", "it has onlyContainsAttributeCerts"],
  ] as const)("a CRL with the scope flag %s is not used for a server certificate", (flag, step, why) => {
    expect(statusOf(leaf, { idp: { [flag]: true } })).toEqual({
      status: "undetermined",
      unused: [`6.3.3 (b)(2)(${step}): ${why}`],
    });
  });

  test("a CRL with onlyContainsUserCerts is not used for the certificate of a CA", () => {
    const crls = [kit.crl().crl, kit.crl({ ca: kit.root, idp: { onlyUser: true }, entries: [] }).crl];
    const statuses = certificateStatus({
      certificate: leaf,
      chain: [kit.ca.certificate, kit.root.certificate],
      crls,
      now,
    });
    expect(statuses.map(({ status }) => status)).toEqual(["good", "undetermined"]);
    expect(statuses[1]?.unused.map(({ section }) => section)).toEqual(["6.3.3 (b)(1)", "6.3.3 (b)(2)(ii)"]);
  });

  test("CRLs with onlySomeReasons leave the status undetermined until all reasons are covered", () => {
    const some = { idp: { reasons: [1, 2, 3, 4] } };
    const others = { idp: { reasons: [5, 6, 7, 8] } };
    expect(statusOf(leaf, some)).toEqual({ status: "undetermined", unused: [] });
    const list = [kit.crl(some).crl];
    const chain = [kit.ca.certificate, kit.root.certificate];
    expect(certificateStatus({ certificate: leaf, chain, crls: list, now })[0]?.why).toBe(
      "the CRLs for it do not cover all reasons for revocation: cessationOfOperation (5), certificateHold (6), privilegeWithdrawn (9), aACompromise (10)",
    );
    expect(statusOf(leaf, some, others)).toEqual({ status: "good", unused: [] });
    expect(statusOf(leaf, some, { ...others, entries: [{ serial: 4660, reason: 6 }] }).status).toBe("revoked");
  });

  test("a cRLIssuer that names the certificate's own issuer is reported", () => {
    const certificate = kit.certificate({ serial: 4660, ...points(fullName, crlIssuer(kit.ca)) });
    const { status, unused } = statusOf(certificate, { idp: { uris: [uri] } });
    expect(status).toBe("undetermined");
    expect(unused?.join("")).toContain("must be omitted then (4.2.1.13)");
    // By the last paragraph of 6.3.3, a complete CRL is still used.
    expect(statusOf(certificate, {})).toMatchObject({
      status: "good",
      notes: [
        expect.stringMatching(/^4\.2\.1\.13: cRLIssuer names the certificate's own issuer, and must be omitted/u),
      ],
    });
  });

  test("an entry of an indirect CRL applies only if its certificateIssuer is the certificate's issuer", () => {
    const certificate = kit.certificate({ serial: 4660, ...points(fullName, crlIssuer(kit.otherCa)) });
    const list = (issuer: KitCa): CrlKnobs => ({
      ca: kit.otherCa,
      idp: { uris: [uri], indirect: true },
      entries: [{ serial: 4660, reason: 4, extensions: [extension.certificateIssuer(issuer.subject)] }],
    });
    expect(statusOf(certificate, list(kit.ca)).status).toBe("revoked");
    expect(statusOf(certificate, list(kit.otherCa)).status).toBe("good");
  });

  test("a delta CRL can revoke and release, and is not used without its base", () => {
    const delta = (...entries: NonNullable<CrlKnobs["entries"]>): CrlKnobs => ({
      crlNumber: 4712,
      thisUpdate: "2026-11-02T00:00:00Z",
      extra: [extension.deltaCrlIndicator(4711)],
      entries,
    });
    const held: CrlKnobs = { ...linked, entries: [{ serial: 4660, reason: 6 }] };
    expect(statusOf(leaf, linked, delta({ serial: 4660, reason: 1 })).entry).toBe("1 of crls[1], keyCompromise (1)");
    expect(statusOf(leaf, held).status).toBe("revoked");
    expect(statusOf(leaf, held, delta({ serial: 4660, reason: 8 })).status).toBe("good");
    expect(statusOf(leaf, delta())).toEqual({
      status: "undetermined",
      unused: ["5.2.4: it is a delta CRL, and no complete CRL that it updates was used"],
    });
    expect(statusOf(leaf, { crlNumber: 4710 }, delta({ serial: 4660, reason: 1 }))).toEqual({
      status: "good",
      unused: ["5.2.4 (c): the cRLNumber of crls[0] is less than its BaseCRLNumber"],
    });
  });

  test("of two delta CRLs, the one with the higher number is used", () => {
    const delta = (crlNumber: number, reason: number): CrlKnobs => ({
      crlNumber,
      extra: [extension.deltaCrlIndicator(4711)],
      entries: [{ serial: 4660, reason }],
    });
    expect(statusOf(leaf, linked, delta(4713, 1), delta(4712, 8))).toEqual({
      status: "revoked",
      entry: "1 of crls[1], keyCompromise (1)",
      unused: ["6.3.3 (a): the delta CRL crls[1] has a higher cRLNumber"],
    });
  });

  test("a delta CRL without a freshestCRL that names it is used, with a note", () => {
    const delta = { crlNumber: 4712, extra: [extension.deltaCrlIndicator(4711)], entries: [{ serial: 4660 }] };
    const why =
      "6.3.3 (a)(2): neither the certificate nor crls[0] has freshestCRL, so clients do not look for the delta CRL crls[1]";
    expect(statusOf(leaf, {}, delta)).toMatchObject({ status: "revoked", notes: [why] });
    const withFreshestCrl = kit.certificate({ serial: 4660, extra: linked.extra ?? [] });
    expect(statusOf(withFreshestCrl, {}, delta)).not.toHaveProperty("notes");
  });

  test("an expired complete CRL is used together with a current delta CRL (6.3.3 (a)(1)(i))", () => {
    const expired = { thisUpdate: "2026-11-01T00:00:00Z", nextUpdate: "2026-11-02T00:00:00Z", entries: [] };
    const delta = (...entries: NonNullable<CrlKnobs["entries"]>): CrlKnobs => ({
      crlNumber: 4712,
      thisUpdate: "2026-11-02T00:00:00Z",
      extra: [extension.deltaCrlIndicator(4711)],
      entries,
    });
    expect(statusOf(leaf, { ...linked, ...expired }, delta())).toEqual({ status: "good", unused: [] });
    expect(statusOf(leaf, { ...linked, ...expired }, delta({ serial: 4660 })).status).toBe("revoked");
    const why = "6.3.3 (a): its nextUpdate 2026-11-02T00:00:00Z has passed as of 2026-11-04T00:00:00Z";
    expect(statusOf(leaf, { ...linked, ...expired })).toEqual({ status: "undetermined", unused: [why] });
    expect(statusOf(leaf, expired, delta())).toMatchObject({ status: "undetermined" });
    expect(statusOf(leaf, { ...linked, ...expired }, { ...delta(), nextUpdate: "2026-11-03T00:00:00Z" })).toEqual({
      status: "undetermined",
      unused: [why, why.replace("02T", "03T")],
    });
  });

  describe("of two current CRLs, the later one determines the status", () => {
    const earlier = { crlNumber: 4710, thisUpdate: "2026-10-31T00:00:00Z" };
    const listed = { entries: [{ serial: 1 }, { serial: 4660, reason: 1 }] };
    const why = "6.3.3 (e): it covers no reason that other CRLs have not covered";

    test("if it lists the certificate", () => {
      expect(statusOf(leaf, earlier, listed)).toEqual({
        status: "revoked",
        entry: "2 of crls[1], keyCompromise (1)",
        unused: ["6.3.3: another CRL lists the certificate"],
      });
      expect(statusOf(leaf, listed, earlier)).toMatchObject({ entry: "2 of crls[0], keyCompromise (1)" });
    });

    test("if only the earlier one lists it", () => {
      const note =
        "6.3.3 (e): entry 2 of crls[0], which is current but not issued later than those that were used, lists the certificate: clients that have this CRL reject it";
      expect(statusOf(leaf, { ...earlier, ...listed }, {})).toEqual({ status: "good", notes: [note], unused: [why] });
      expect(statusOf(leaf, {}, { ...earlier, ...listed }).status).toBe("good");
    });

    test("if neither lists it, or the earlier one is forged", () => {
      expect(statusOf(leaf, earlier, {})).toEqual({ status: "good", unused: [why] });
      expect(statusOf(leaf, { ...earlier, ...listed, signingKey: "rsa2048c" }, {})).toEqual({
        status: "good",
        unused: [why],
      });
    });
  });

  test.each([
    ["scheme and host in upper case", "HTTP://CRL.Example.com/1.crl"],
    ["the default port", "http://crl.example.com:80/1.crl"],
    ["needless percent-encoding", "http://crl.example.com/%31.crl"],
    ["segments with dots", "http://crl.example.com/a/../1.crl"],
  ])("a partition whose URI has %s is used, with a note (RFC 5280 7.4)", (_, own) => {
    expect(statusOf(partitioned, { idp: { uris: [own], onlyUser: true } })).toEqual({
      status: "good",
      notes: [
        "7.4: crls[0] and the certificate have the same URI in different bytes: clients that compare bytes do not use this CRL",
      ],
      unused: [],
    });
  });

  test.each([
    ["the path in upper case", "http://crl.example.com/1.CRL"],
    ["another port", "http://crl.example.com:443/1.crl"],
    ["the scheme https", "https://crl.example.com/1.crl"],
    ["a slash at the end", "http://crl.example.com/1.crl/"],
    ["a query", "http://crl.example.com/1.crl?"],
    ["an encoded slash", "http://crl.example.com%2f1.crl"],
  ])("a partition whose URI has %s is not used", (_, own) => {
    expect(statusOf(partitioned, { idp: { uris: [own], onlyUser: true } }).status).toBe("undetermined");
  });

  test("without a distribution point, the names are the certificate's issuer and issuerAltName", () => {
    const idp = { uris: ["http://ca.example.com/"] };
    const value = der.seq(extension.uri("http://ca.example.com/"));
    expect(statusOf(kit.certificate({ serial: 4660, extra: [{ oid: "2.5.29.18", value }] }), { idp }).status).toBe(
      "good",
    );
    expect(statusOf(leaf, { idp }).status).toBe("undetermined");
  });

  test("a CRL whose authorityKeyIdentifier names another key is used, with a note", () => {
    expect(statusOf(leaf, { aki: new Uint8Array(20).fill(1) })).toEqual({
      status: "good",
      notes: [
        "5.2.1: authorityKeyIdentifier of crls[0] names another key than that of chain[0], which signed it: clients that choose the key by it do not use this CRL",
      ],
      unused: [],
    });
    expect(statusOf(leaf, { aki: new Uint8Array(20).fill(1), signingKey: "rsa2048c" }).unused).toEqual([
      "6.3.3 (f) and (g): the signature does not verify with a key of the CRL issuer; its authorityKeyIdentifier names a key whose certificate was not given",
    ]);
  });

  test("an entry whose serial has a needless 00 lists the certificate", () => {
    expect(statusOf(leaf, { entries: [{ serial: "001234" }] }).status).toBe("revoked");
  });

  test.each<[string, string, CrlKnobs]>([
    ["issuingDistributionPoint", "5.1", { idp: { value: Uint8Array.of(4, 1, 1) } }],
    ["onlySomeReasons", "5.2.5", { idp: { value: der.seq(der.tlv(0x83, Uint8Array.of(9, 1))) } }],
    [
      "certificateIssuer",
      "5.3.3",
      {
        idp: { indirect: true },
        entries: [{ serial: 1, extensions: [{ oid: kit.oids.certificateIssuer, critical: true, value: der.nul() }] }],
      },
    ],
  ])("a CRL with a malformed %s is not used", (_, section, knobs) => {
    const { status, unused } = statusOf(leaf, knobs);
    expect([status, unused?.map((each) => each.split(":")[0])]).toEqual(["undetermined", [section]]);
  });

  test("the shortest path is followed if a cross certificate is given, in any order", () => {
    const cross = kit.caWith({ parent: kit.otherCa, subject: kit.root.subject, key: "rsa2048" });
    const crls = [kit.crl().crl, rootCrl];
    const files = [kit.ca.certificate, cross.certificate, kit.root.certificate];
    for (const chain of [files, files.toReversed()]) {
      const statuses = certificateStatus({ certificate: leaf, chain, crls, now });
      expect(statuses.map(({ status }) => status)).toEqual(["good", "good"]);
    }
  });

  test("a CRL whose signature is by another key or damaged is not used", () => {
    const why = "6.3.3 (f) and (g): the signature does not verify with a key of the CRL issuer";
    expect(statusOf(leaf, { signingKey: "rsa2048c" })).toEqual({ status: "undetermined", unused: [why] });
    const flipped = (signature: Uint8Array) => signature.with(9, (signature[9] ?? 0) ^ 1);
    expect(statusOf(leaf, { signatureValue: flipped })).toEqual({ status: "undetermined", unused: [why] });
  });

  test("a CRL with an unknown critical extension, of itself or of an entry, is not used", () => {
    const unknown = { oid: "1.2.3.4", critical: true, value: der.nul() };
    expect(statusOf(leaf, { extra: [unknown] })).toEqual({
      status: "undetermined",
      unused: ["5.2: its critical extension 1.2.3.4 is not known"],
    });
    expect(statusOf(leaf, { entries: [{ serial: 1, extensions: [unknown] }] })).toEqual({
      status: "undetermined",
      unused: ["5.3: an entry has the critical extension 1.2.3.4, which is not known"],
    });
  });

  test("each certificate of the chain has a status", () => {
    const chain = [kit.ca.certificate, kit.root.certificate];
    const statuses = certificateStatus({ certificate: leaf, chain, crls: [kit.crl().crl], now });
    expect(statuses.map(({ certificate, status, why }) => [certificate, status, why])).toEqual([
      ["certificate", "good", undefined],
      ["chain[0]", "undetermined", "none of the CRLs given can be used for it"],
    ]);
  });

  test("a trust anchor has a status only if it is the certificate itself", () => {
    const { certificate } = kit.root;
    const own = certificateStatus({ certificate, chain: [], crls: [rootCrl], now });
    expect(own.map(({ status }) => status)).toEqual(["good"]);
    const chain = [kit.ca.certificate, certificate];
    expect(certificateStatus({ certificate: leaf, chain, crls: [kit.crl().crl, rootCrl], now })).toHaveLength(2);
  });

  test("is undetermined if the chain ends before the trust anchor", () => {
    const [own] = certificateStatus({ certificate: leaf, chain: [kit.ca.certificate], crls: [kit.crl().crl], now });
    expect([own?.status, own?.why]).toEqual([
      "undetermined",
      "no certificate of the issuer of chain[0], CN=Example Root CA,O=Example Trust GmbH,C=AT, was given",
    ]);
  });

  test.each([
    [{ certificate: kit.crl().crl }, "certificateStatus: certificate holds no certificate"],
    [{ crls: [Uint8Array.of(1, 2, 3)] }, "certificateStatus: crls[0] holds"],
    [{ now: new Date(Number.NaN) }, "certificateStatus: now must be a valid Date, not an invalid Date"],
    [{ chain: leaf }, "certificateStatus: chain must be an array of Uint8Array, not an object (Uint8Array)"],
    [{ crls: undefined }, "certificateStatus: crls is missing"],
    [
      { crls: [detached(leaf)] },
      "certificateStatus: crls must be an array of Uint8Array, not an array with one whose ArrayBuffer is detached",
    ],
    [{ leaf }, 'certificateStatus has no option "leaf"'],
  ])("misuse throws a TypeError: %o", (misuse, message) => {
    const given: object = { certificate: leaf, crls: [], now, ...misuse };
    const options = given as Parameters<typeof certificateStatus>[0];
    expect(() => certificateStatus(options)).toThrow(message);
    expect(() => certificateStatus(options)).toThrow(TypeError);
  });
});

describe("crllint status", () => {
  const bench = new Workbench();
  afterAll(() => bench.clear());
  const chain = bench.put(
    "chain.pem",
    pem("CERTIFICATE", kit.ca.certificate) + pem("CERTIFICATE", kit.root.certificate),
  );
  const file = bench.put("leaf.pem", pem("CERTIFICATE", leaf));
  const root = bench.put("root.crl", rootCrl);
  const good = bench.put("good.crl", kit.crl().crl);
  const bad = bench.put("bad.crl", kit.crl({ entries: [{ serial: 4660, reason: 1 }] }).crl);
  const call = (...args: readonly string[]) =>
    crllint(["status", "--now", "2026-11-04T00:00:00Z", file, "--chain", chain, ...args]);

  test("exits with 0 for good, 1 for revoked and 2 for undetermined", async () => {
    const [isGood, isRevoked, isUndetermined] = [await call(good, root), await call(bad, root), await call(root)];
    expect([isGood.code, isRevoked.code, isUndetermined.code]).toEqual([0, 1, 2]);
    expect(isGood.out).toContain("leaf.pem: pass, good (");
    expect(isRevoked.out).toMatch(
      /^error\[crllint\/revoked\]: certificate is revoked \(keyCompromise \(1\), 2026-06-01T12:00:00Z, entry 1 of /u,
    );
    expect(isUndetermined.out).toContain("6.3.3 (b)(1)");
  });

  test("shows CRLs that were not used, and the number of those of other issuers", async () => {
    const old = bench.put("old.crl", kit.crl({ crlNumber: 4710, thisUpdate: "2026-10-31T00:00:00Z" }).crl);
    const { out, code } = await call(good, root, old);
    expect(code).toBe(0);
    expect(out).toContain("old.crl is not used for");
    expect(out).not.toContain("root.crl is not used for");
    expect(out).toMatch(/leaf\.pem: pass, good \(.*good\.crl\); 1 CRL of other issuers \(-v\)\n/u);
    const full = await call("-v", good, root, old);
    expect(full.out).toMatch(/root\.crl is not used for .*leaf\.pem: its issuer is not that of the certificate/u);
    expect(full.out).toMatch(/leaf\.pem: pass, good \(.*good\.crl\)\n/u);
  });

  test.each([
    "compact",
    "json",
    "jsonl",
    "sarif",
    "sarif-github",
    "junit",
    "github",
    "gitlab",
    "markdown",
    "tap",
    "html",
  ])("%s shows the revocation", async (format) => {
    const { code, out } = await call("-f", format, bad, root);
    expect(code).toBe(1);
    expect(out).toContain("keyCompromise");
  });

  test.each(["compact", "html", "json", "jsonl", "junit", "markdown", "tap"])(
    "%s shows the status good",
    async (format) => {
      const { code, out } = await call("-f", format, good, root);
      expect(code).toBe(0);
      expect(out).toMatch(/good \(.*good\.crl\)|"status": ?"good"/u);
    },
  );

  test("json has the status, and merge keeps it", async () => {
    const { out } = await call("-f", "json", bad, root);
    const report = JSON.parse(out) as { readonly runs: readonly { readonly certificate: object }[] };
    expect(report.runs.map(({ certificate }) => certificate)).toMatchObject([
      { status: "revoked", serial: "12:34", revocation: { entry: 1, reason: "keyCompromise (1)" } },
      { status: "good" },
    ]);
    const merged = await crllint(["merge", "-f", "json", bench.put("report.json", out)]);
    expect(JSON.parse(merged.out)).toMatchObject({ runs: report.runs });
  });

  test("is undecided if a file is missing, or is neither a CRL nor a certificate", async () => {
    const page = bench.put("page.crl", "<html>not found</html>");
    expect((await call(good, root, page)).code).toBe(2);
    expect((await call(good, root, `${page}.missing`)).code).toBe(2);
    expect((await crllint(["status", page, good])).err).toContain("holds no certificate");
    expect((await crllint(["status", "missing.pem", good])).err).toContain(
      "error: cannot read missing.pem: no such file or directory",
    );
  });
});
