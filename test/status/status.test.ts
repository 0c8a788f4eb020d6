import { afterAll, describe, expect, test } from "vitest";
import { type CrlKnobs, kit, type KitCa } from "../../src/fixture/index.ts";
import { certificateStatus } from "../../src/index.ts";
import { crllint, pem, Workbench } from "../cli/workbench.ts";

const { extension, der } = kit;
const now = new Date("2026-11-04T00:00:00Z");
const uri = "http://crl.example.com/1.crl";
const leaf = kit.certificate({ serial: 4660 });
const partitioned = kit.certificate({ serial: 4660, crldp: [uri] });
const rootCrl = kit.crl({ ca: kit.root, entries: [], nextUpdate: "2027-10-31T23:59:59Z" }).crl;

/** Asks for the status of a certificate below `kit.ca`; returns the answer for it alone. */
function statusOf(certificate: Uint8Array, ...crls: readonly CrlKnobs[]) {
  const lists = crls.map((knobs) => kit.crl(knobs).crl);
  const chain = [kit.ca.certificate, kit.root.certificate, kit.otherCa.certificate];
  const [own] = certificateStatus({ certificate, chain, crls: [...lists, rootCrl], now });
  return {
    status: own?.status,
    ...(own?.revocation && { entry: `${own.revocation.entry} of ${own.revocation.crl}, ${own.revocation.reason}` }),
    // The CRL of the root is not for the leaf.
    unused: own?.unused
      .filter(({ crl }) => crl !== `crls[${lists.length}]`)
      .map(({ section, why }) => `${section}: ${why}`),
  };
}

/** A distribution point with the fields that are given, whole. */
function points(...fields: readonly Uint8Array[]) {
  return { crldp: null, extra: [{ oid: "2.5.29.31", value: der.seq(der.seq(...fields)) }] };
}

const fullName = der.explicit(0, der.explicit(0, extension.uri(uri)));

function crlIssuer({ subject }: KitCa): Uint8Array {
  return der.explicit(2, extension.directoryName(subject));
}

describe("the status of a certificate", () => {
  test("good, by a CRL that does not list it", () => {
    expect(statusOf(leaf, {})).toEqual({ status: "good", unused: [] });
  });

  test("revoked, with the entry", () => {
    expect(statusOf(leaf, { entries: [{ serial: 1 }, { serial: 4660, reason: 1 }] })).toEqual({
      status: "revoked",
      entry: "2 of crls[0], keyCompromise (1)",
      unused: [],
    });
  });

  test("nextUpdate at this second, and one second ago", () => {
    expect(statusOf(leaf, { nextUpdate: "2026-11-04T00:00:00Z" }).status).toBe("good");
    expect(statusOf(leaf, { nextUpdate: "2026-11-03T23:59:59Z" })).toEqual({
      status: "undetermined",
      unused: ["6.3.3 (a): its nextUpdate 2026-11-03T23:59:59Z has passed as of 2026-11-04T00:00:00Z"],
    });
  });

  test("thisUpdate at this second, and in one second", () => {
    expect(statusOf(leaf, { thisUpdate: "2026-11-04T00:00:00Z" }).status).toBe("good");
    expect(statusOf(leaf, { thisUpdate: "2026-11-04T00:00:01Z" }).status).toBe("undetermined");
  });

  test("RDNs of the issuer in reverse order: no client finds the CRL", () => {
    expect(statusOf(leaf, { issuer: kit.ca.subject.reversed() })).toEqual({
      status: "undetermined",
      unused: ["6.3.3 (b)(1): its issuer is not that of the certificate"],
    });
  });

  test("issuer in another case: the same name by RFC 5280 7.1, which not all clients follow", () => {
    const { crl } = kit.crl({ issuer: kit.ca.subject.withText(1, "EXAMPLE TRUST GmbH") });
    const chain = [kit.ca.certificate, kit.root.certificate];
    const [own] = certificateStatus({ certificate: leaf, chain, crls: [crl], now });
    expect([own?.status, own?.notes.length]).toEqual(["good", 1]);
  });

  test("partition whose URI the certificate has, has not, or without cRLDistributionPoints", () => {
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
  });

  test.each([
    ["onlyCa", "iii", "it has onlyContainsCACerts, and the certificate is not a CA's"],
    ["attr", "iv", "it has onlyContainsAttributeCerts"],
  ] as const)("scope flag %s", (flag, step, why) => {
    expect(statusOf(leaf, { idp: { [flag]: true } })).toEqual({
      status: "undetermined",
      unused: [`6.3.3 (b)(2)(${step}): ${why}`],
    });
  });

  test("onlyContainsUserCerts for the certificate of a CA", () => {
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

  test("some reasons: undetermined until all are covered", () => {
    const some = { idp: { reasons: [1, 2, 3, 4] } };
    const others = { idp: { reasons: [5, 6, 7, 8] } };
    expect(statusOf(leaf, some)).toEqual({ status: "undetermined", unused: [] });
    expect(statusOf(leaf, some, others)).toEqual({ status: "good", unused: [] });
    expect(statusOf(leaf, some, { ...others, entries: [{ serial: 4660, reason: 6 }] }).status).toBe("revoked");
  });

  test("cRLIssuer that is the certificate's own issuer must be omitted", () => {
    const certificate = kit.certificate({ serial: 4660, ...points(fullName, crlIssuer(kit.ca)) });
    const { status, unused } = statusOf(certificate, { idp: { uris: [uri] } });
    expect(status).toBe("undetermined");
    expect(unused?.join("")).toContain("must be omitted then (4.2.1.13)");
  });

  test("indirect CRL: an entry of the certificate's issuer, and one of another CA with the same serial", () => {
    const certificate = kit.certificate({ serial: 4660, ...points(fullName, crlIssuer(kit.otherCa)) });
    const list = (named: KitCa): CrlKnobs => ({
      ca: kit.otherCa,
      idp: { uris: [uri], indirect: true },
      entries: [{ serial: 4660, reason: 4, extensions: [extension.certificateIssuer(named.subject)] }],
    });
    expect(statusOf(certificate, list(kit.ca)).status).toBe("revoked");
    expect(statusOf(certificate, list(kit.otherCa)).status).toBe("good");
  });

  test("delta CRL: revokes, releases, and is not used without its base", () => {
    const delta = (...entries: NonNullable<CrlKnobs["entries"]>): CrlKnobs => ({
      crlNumber: 4712,
      thisUpdate: "2026-11-02T00:00:00Z",
      extra: [extension.deltaCrlIndicator(4711)],
      entries,
    });
    const held: CrlKnobs = { entries: [{ serial: 4660, reason: 6 }] };
    expect(statusOf(leaf, {}, delta({ serial: 4660, reason: 1 })).entry).toBe("1 of crls[1], keyCompromise (1)");
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

  test("signature by another key, and damaged", () => {
    const why = "6.3.3 (f) and (g): the signature does not verify with a key of the CRL issuer";
    expect(statusOf(leaf, { signingKey: "rsa2048c" })).toEqual({ status: "undetermined", unused: [why] });
    const flipped = (sound: Uint8Array) => sound.with(9, (sound[9] ?? 0) ^ 1);
    expect(statusOf(leaf, { signatureValue: flipped })).toEqual({ status: "undetermined", unused: [why] });
  });

  test("critical extensions that a client does not know, of the CRL and of an entry", () => {
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

  test("each certificate of the chain has a status: a bundle without the CRL of the root", () => {
    const chain = [kit.ca.certificate, kit.root.certificate];
    const statuses = certificateStatus({ certificate: leaf, chain, crls: [kit.crl().crl], now });
    expect(statuses.map(({ certificate, status, why }) => [certificate, status, why])).toEqual([
      ["certificate", "good", undefined],
      ["chain[0]", "undetermined", "none of the CRLs given can be used for it"],
    ]);
  });

  test("chain that ends before the trust anchor", () => {
    const [own] = certificateStatus({ certificate: leaf, chain: [kit.ca.certificate], crls: [kit.crl().crl], now });
    expect([own?.status, own?.why]).toEqual([
      "undetermined",
      "no certificate of the issuer of chain[0], CN=Example Root CA,O=Example Trust GmbH,C=AT, was given",
    ]);
  });

  test.each([
    [{ certificate: kit.crl().crl }, "certificateStatus: certificate holds no certificate"],
    [{ crls: [Uint8Array.of(1, 2, 3)] }, "certificateStatus: crls[0] holds"],
    [{ now: new Date(Number.NaN) }, "certificateStatus: now must be a valid date"],
  ])("misuse throws a TypeError: %o", (wrong, message) => {
    const options = { certificate: leaf, crls: [], now, ...wrong };
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

  test("good, revoked and undetermined are the exit codes 0, 1 and 2", async () => {
    const [isGood, isRevoked, isUndetermined] = [await call(good, root), await call(bad, root), await call(root)];
    expect([isGood.code, isRevoked.code, isUndetermined.code]).toEqual([0, 1, 2]);
    expect(isGood.out).toContain("leaf.pem: pass, good (");
    expect(isRevoked.out).toMatch(
      /^error\[crllint\/revoked\]: certificate is revoked \(keyCompromise \(1\), 2026-06-01T12:00:00Z, entry 1 of /u,
    );
    expect(isUndetermined.out).toContain("6.3.3 (b)(1)");
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

  test("the json report has the status, and merge keeps it", async () => {
    const { out } = await call("-f", "json", bad, root);
    const report = JSON.parse(out) as { readonly runs: readonly { readonly certificate: object }[] };
    expect(report.runs.map(({ certificate }) => certificate)).toMatchObject([
      { status: "revoked", serial: "12:34", revocation: { entry: 1, reason: "keyCompromise (1)" } },
      { status: "good" },
    ]);
    const merged = await crllint(["merge", "-f", "json", bench.put("report.json", out)]);
    expect(JSON.parse(merged.out)).toMatchObject({ runs: report.runs });
  });

  test("a file that cannot be read, or holds neither, makes it undecided", async () => {
    const page = bench.put("page.crl", "<html>not found</html>");
    expect((await call(good, root, page)).code).toBe(2);
    expect((await call(good, root, `${page}.missing`)).code).toBe(2);
    expect((await crllint(["status", page, good])).err).toContain("holds no certificate");
  });
});
