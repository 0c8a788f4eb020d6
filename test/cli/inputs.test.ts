import { afterAll, describe, expect, test } from "vitest";
import { type CcadbKnobs, kit } from "../../src/fixture/index.ts";
import { withOutcomes } from "../support/with-outcomes.ts";
import { crllint, pem, Workbench } from "./workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

const ca = bench.put("ca.pem", pem("CERTIFICATE", kit.ca.certificate));
const crl = bench.put("crl.crl", kit.crl().crl);
const before = bench.put("before.crl", kit.earlierCrl());
const after = bench.put("after.crl", kit.earlierCrl({ thisUpdate: "2026-10-31T00:00:00Z", crlNumber: 4712 }));
const tbs = bench.put("next.tbs", kit.crl({ form: "tbs" }).crl);
const html = bench.put("page.html", "<!DOCTYPE html><html>");
const leafDer = kit.certificate({ serial: 0x1234_5678 });
const leaf = bench.put("leaf.pem", pem("CERTIFICATE", leafDer));
const listing = bench.put("listing.crl", kit.crl({ entries: [{ serial: "12345678", reason: 4 }] }).crl);

interface JsonRun {
  readonly crl: string;
  readonly findings: readonly { readonly rule: string; readonly message: string }[];
  readonly rules: readonly { readonly rule: string; readonly status: string; readonly why?: string }[];
}

async function json(...args: readonly string[]) {
  const result = await crllint(["-f", "json", ...args]);
  const runs: readonly JsonRun[] =
    result.out === "" ? [] : withOutcomes(JSON.parse(result.out) as { runs: readonly JsonRun[] }).runs;
  const findings = runs.flatMap((run) => run.findings);
  return { ...result, runs, rules: findings.map(({ rule }) => rule), messages: findings.map(({ message }) => message) };
}

describe("--previous", () => {
  const only = ["--select", "sequence/number-not-increasing,sequence/other-ca"];

  test("runs the rules that need it, which find a number that decreased", async () => {
    expect(await json(...only, "--previous", before, ca, crl)).toMatchObject({ code: 0, rules: [] });
    expect(await json(...only, "--previous", after, ca, crl)).toMatchObject({
      code: 1,
      rules: ["sequence/number-not-increasing"],
    });
    const { runs } = await json(...only, ca, crl);
    expect(runs[0]?.rules[0]).toMatchObject({ status: "skipped", why: "--previous not given" });
    expect((await json(...only, "--fail-on-skipped", ca, crl)).code).toBe(1);
  });

  test("compares one CRL with one previous CRL, regardless of their issuers", async () => {
    const other = bench.put("other.crl", kit.earlierCrl({ ca: kit.otherCa }));
    expect((await json(...only, "--previous", other, ca, crl)).rules).toEqual(["sequence/other-ca"]);
  });

  test("accepts PEM", async () => {
    const armored = bench.put("before.pem", pem("X509 CRL", kit.earlierCrl()));
    expect((await json(...only, "--previous", armored, ca, crl)).code).toBe(0);
  });

  test.each([
    ["a page", html, "crllint/not-a-crl", /^--previous names an HTML page, not the CRL before this one$/u],
    ["a certificate", ca, "crllint/not-a-crl", /^--previous names a certificate, not the CRL before this one$/u],
    ["a TBSCertList", tbs, "crllint/not-a-crl", /^--previous names a TBSCertList, not the CRL before this one$/u],
    ["a missing file", "nowhere.crl", "crllint/unreadable", /no such file/u],
  ])("%s has exit code 2, and the CRL is still linted", async (_, file, rule, message) => {
    const result = await json(...only, "--previous", file, ca, crl);
    expect(result).toMatchObject({ code: 2, rules: [rule], messages: [expect.stringMatching(message)] });
    expect(result.runs).toHaveLength(2);
  });

  test("matches several previous CRLs by issuer and issuingDistributionPoint", async () => {
    const part = (n: number) => ({ idp: { uris: [`http://crl.example.com/${n}.crl`], onlyUser: true } });
    const one = bench.put("1.crl", kit.crl(part(1)).crl);
    const two = bench.put("2.crl", kit.crl({ ...part(2), crlNumber: 9 }).crl);
    const oneBefore = bench.put("1-before.crl", kit.earlierCrl(part(1)));
    const twoBefore = bench.put("2-before.crl", kit.earlierCrl({ ...part(2), crlNumber: 10 }));
    const given = ["--previous", twoBefore, "--previous", oneBefore];
    const result = await json(...only, ...given, ca, one, two);
    expect(result.code).toBe(1);
    expect(result.runs.map(({ findings }) => findings.map(({ rule }) => rule))).toEqual([
      [],
      ["sequence/number-not-increasing"],
    ]);
    expect(await json(...only, "--previous", oneBefore, ca, one, two)).toMatchObject({ code: 0 });
    expect(await json(...only, "--previous", before, ca, one, two)).toMatchObject({
      code: 2,
      rules: ["crllint/ambiguous-input"],
    });
    expect(
      await json(...only, ...given, "--previous", bench.put("x.crl", kit.earlierCrl(part(1))), ca, one, two),
    ).toMatchObject({ code: 2, rules: ["sequence/number-not-increasing", "crllint/ambiguous-input"] });
    expect(await json(...only, "--previous", before, ca, crl, listing)).toMatchObject({
      code: 2,
      messages: ["2 of the CRLs to lint have the same issuer and issuingDistributionPoint as this one"],
    });
  });
});

test("--base runs the rules that need a base CRL", async () => {
  const indicator = { extra: [kit.extension.extension(kit.oids.deltaCrlIndicator, kit.der.int(4710), true)] };
  const delta = bench.put("delta.crl", kit.crl(indicator).crl);
  const statuses = async (...args: readonly string[]) =>
    (await json("--select", "delta", ...args)).runs[0]?.rules.filter(({ why }) => why === "--base not given").length;
  expect(await statuses(ca, delta)).toBeGreaterThan(0);
  expect(await statuses("--base", before, ca, delta)).toBe(0);
  expect(await json("--select", "delta", "--base", html, ca, delta)).toMatchObject({
    code: 2,
    messages: expect.arrayContaining(["--base names an HTML page, not a complete CRL"]),
  });
});

test("--base with a CRL that is not a delta CRL is reported as not used", async () => {
  expect(await json("--select", "delta,issuer/not-byte-identical", "--base", before, ca, crl)).toMatchObject({
    code: 0,
    rules: ["crllint/ignored-file"],
    messages: ["--base is not used: the CRL to lint is not a delta CRL"],
  });
});

describe("--certs, --expect-revoked, --expect-good", () => {
  test("--certs accepts files, bundles, directories and patterns", async () => {
    bench.put("scope/a.pem", pem("CERTIFICATE", leafDer) + pem("CERTIFICATE", kit.otherCa.certificate));
    bench.put("scope/deep/b.der", leafDer);
    bench.put("scope/c.crl", kit.crl().crl);
    const folder = `${bench.folder}/scope`;
    const statusWith = async (...certs: readonly string[]) => {
      const { runs } = await json("--select", "certs/issuer-differs", ...certs, ca, crl);
      return runs.map(({ rules }) => rules[0]?.status);
    };
    expect(await statusWith()).toEqual(["skipped"]);
    expect(await statusWith("--certs", folder)).toEqual(["passed"]);
    expect(await statusWith("--certs", leaf)).toEqual(["passed"]);
    const foreign = bench.put("foreign.pem", pem("CERTIFICATE", kit.otherCa.certificate));
    expect(await statusWith("--certs", foreign)).toEqual(["failed"]);
    expect(await statusWith("--certs", foreign, "--certs", `${bench.folder}/scope/*.pem`)).toEqual(["passed"]);
  });

  test("a file without a certificate has exit code 2", async () => {
    expect(await json("--select", "certs", "--certs", html, ca, crl)).toMatchObject({
      code: 2,
      rules: ["crllint/not-a-certificate"],
      messages: ["--certs names an HTML page, not a certificate"],
    });
    expect((await json("--select", "certs", "--expect-good", crl, ca, crl)).messages).toContain(
      "--expect-good names a CertificateList, not a certificate",
    );
  });

  test("certificates are listed or not listed as expected", async () => {
    const only = ["--select", "certs/revoked-not-listed,certs/good-listed", "--fail-on", "notice"];
    expect(await json(...only, "--expect-revoked", leaf, ca, listing)).toMatchObject({ code: 0 });
    expect((await json(...only, "--expect-revoked", leaf, ca, crl)).rules).toEqual(["certs/revoked-not-listed"]);
    expect(await json(...only, "--expect-good", leaf, ca, crl)).toMatchObject({ code: 0 });
    expect((await json(...only, "--expect-good", leaf, ca, listing)).rules).toEqual(["certs/good-listed"]);
    expect(await json(...only, "--expect-good", leaf, "--expect-revoked", leaf, ca, listing)).toMatchObject({
      code: 2,
      rules: expect.arrayContaining(["crllint/ambiguous-input"]),
    });
  });
});

test("--shards lints the CRLs as a set", async () => {
  const part = (n: number, serial: string) =>
    bench.put(
      `shard-${n}-${serial}.crl`,
      kit.crl({ idp: { uris: [`http://crl.example.com/${n}.crl`], onlyUser: true }, entries: [{ serial, reason: 4 }] })
        .crl,
    );
  const only = ["--select", "shards", "--fail-on", "notice"];
  expect(await json(...only, "--shards", ca, part(1, "11"), part(2, "22"))).toMatchObject({ code: 0, rules: [] });
  const result = await json(...only, "--shards", ca, part(1, "11"), part(2, "11"));
  expect(result).toMatchObject({ code: 1, rules: ["shards/serial-in-two"] });
});

describe("--url", () => {
  const partition = bench.put(
    "p.crl",
    kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }).crl,
  );
  const only = ["--select", "transport/idp-url-differs", "--fail-on", "warning"];

  test("is compared with the issuingDistributionPoint, character by character", async () => {
    expect((await json(...only, "--url", "http://crl.example.com/1.crl", ca, partition)).code).toBe(0);
    expect((await json(...only, "--url", "http://crl.example.com/1.crl/", ca, partition)).code).toBe(1);
  });

  test("accepts one URL for one CRL", async () => {
    expect(await json(...only, "--url", "crl.example.com/1.crl", ca, crl)).toMatchObject({ code: 2, out: "" });
    const result = await json("--url", "http://crl.example.com/1.crl", ca, crl, partition);
    expect(result).toMatchObject({ code: 2, out: "", err: expect.stringContaining("--url is about one CRL") });
  });
});

describe("--ccadb", () => {
  const only = ["--profile", "ccadb", "--select", "ccadb,shards/ccadb-json-array", "--fail-on", "warning"];
  const put = (name: string, record: CcadbKnobs) => bench.put(name, kit.ccadb(record));

  test("disclosed URLs are compared with CRL, certificates and URL", async () => {
    const url = "http://crl.example.com/tls-ca-1.crl";
    const good = put("good.csv", { full: url });
    expect(await json(...only, "--ccadb", good, "--certs", leaf, "--url", url, ca, crl)).toMatchObject({ code: 0 });
    const other = put("other.csv", { full: `${url}/` });
    expect((await json(...only, "--ccadb", other, "--certs", leaf, ca, crl)).rules).toEqual([
      "shards/ccadb-json-array",
    ]);
    expect((await json(...only, "--ccadb", other, "--url", url, ca, crl)).rules).toEqual(["ccadb/url-not-disclosed"]);
    const broken = put("broken.csv", { partitioned: `"${url}"` });
    expect((await json(...only, "--ccadb", broken, ca, crl)).rules).toEqual(["ccadb/array-malformed"]);
  });

  test("a CA without a record is a skip reason, and a file that is not an export is an error", async () => {
    const result = await json(...only, "--ccadb", put("foreign.csv", { ca: kit.otherCa }), ca, crl);
    expect(result).toMatchObject({ code: 0, rules: [] });
    expect(result.out).toContain("the CCADB export has no record of the CA");
    expect(await json(...only, "--ccadb", html, ca, crl)).toMatchObject({
      code: 2,
      rules: ["crllint/not-a-ccadb-export"],
    });
  });
});

describe("--tbs-was", () => {
  const tbs = bench.put("next.tbs", kit.crl({ form: "tbs" }).crl);
  const dummy = bench.put("dummy.crl", kit.crl({ signingKey: "rsa2048c" }).crl);
  const only = ["--select", "input/tbs-was-differs"];

  test("compares the signed CRL with the linted TBSCertList byte for byte", async () => {
    expect(await json(...only, "--tbs-was", tbs, ca, crl)).toMatchObject({ code: 0 });
    expect(await json(...only, "--tbs-was", dummy, ca, crl)).toMatchObject({ code: 0 });
    expect(await json(...only, "--tbs-was", tbs, ca, listing)).toMatchObject({
      code: 1,
      rules: ["input/tbs-was-differs"],
      messages: [
        "signed tbsCertList (211 bytes) and the linted one (309 bytes) first differ at offset 0x1: 81 instead of 82",
      ],
    });
  });

  test("applies to one signed CRL", async () => {
    expect(await json("--tbs", "--tbs-was", tbs, ca, tbs)).toMatchObject({ code: 2, out: "" });
    expect(await json("--tbs-was", tbs, ca, crl, listing)).toMatchObject({ code: 2, out: "" });
    expect(await json(...only, "--tbs-was", html, ca, crl)).toMatchObject({ code: 2, rules: ["crllint/not-a-crl"] });
  });
});

test("standard input can be used once", async () => {
  const result = await crllint(["-f", "json", "--previous", "-", ca, "-"], { stdin: kit.crl().crl });
  expect(result.code).toBe(2);
  expect(result.out).toContain("standard input can be read only once");
});

test("with CRLs of two CAs, certificates of one CA are ignored for the other", async () => {
  const other = kit.otherCa;
  const one = bench.put("two/one.crl", kit.crl().crl);
  const two = bench.put("two/two.crl", kit.crl({ ca: other, entries: [] }).crl);
  const cas = [kit.ca, other].map(({ certificate }) => pem("CERTIFICATE", certificate)).join("");
  const bundle = bench.put("two/cas.pem", cas);
  const certificates = [kit.certificate({ serial: 77 }), kit.certificate({ parent: other, serial: 78 })];
  const certs = bench.put("two/certs.pem", certificates.map((der) => pem("CERTIFICATE", der)).join(""));
  const { out } = await crllint([
    "-f",
    "compact",
    "--select",
    "certs/issuer-differs",
    "--certs",
    certs,
    bundle,
    one,
    two,
  ]);
  const verdict = "verdict pass (core check not selected (--select certs/issuer-differs))";
  expect(out).toBe(`${one}: ${verdict}\n${two}: ${verdict}\nverdict pass\n`);
});
