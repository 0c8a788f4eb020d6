import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { kit, type ManifestKnobs } from "../../src/fixture/index.ts";
import { lintCrl } from "../../src/index.ts";
import { hasOpenssl } from "../support/tools.ts";
import { crllint, pem, Workbench } from "./workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());
const ca = bench.put("ca.pem", pem("CERTIFICATE", kit.ca.certificate));
const { crl } = kit.crl();
const listed = { name: "ca.crl", content: crl };
const path = bench.put("ca.crl", crl);

/** Lints the CRL with a manifest. Returns the exit code, the findings with severities, and their messages. */
async function lint(manifest: string, ...args: readonly string[]) {
  const given = ["--now", "2026-11-04", "-f", "json", "--manifest", manifest, ...args, ca, path];
  const { code, out, err } = await crllint(given);
  if (out === "") return { code, err };
  const { runs } = JSON.parse(out) as { runs: { findings: { rule: string; severity: string; message: string }[] }[] };
  const findings = runs.flatMap((run) => run.findings);
  return {
    code,
    found: findings.map(({ rule, severity }) => `${severity} ${rule}`),
    messages: findings.map(({ message }) => message),
  };
}

const put = (knobs: ManifestKnobs): string => bench.put("ca.mft", kit.manifest({ files: [listed], ...knobs }));
const unverified = "notice crllint/manifest-not-verified";

describe("--manifest", () => {
  test("listing the CRL by name and hash: the only finding is that its signature was not verified", async () => {
    expect(await lint(put({}))).toEqual({
      code: 0,
      found: [unverified],
      messages: ["the signature of this manifest was not verified, nor its dates"],
    });
  });

  test.each<[string, ManifestKnobs, number, string]>([
    ["with another hash", { files: [{ name: "ca.crl" }] }, 1, "error manifest/crl-not-listed"],
    ["with another name", { files: [{ name: "b.crl", content: crl }] }, 0, "warning manifest/crl-not-listed"],
    ["with two CRLs", { files: [listed, { name: "b.crl" }] }, 1, "error manifest/not-one-crl"],
    ["with another nextUpdate", { nextUpdate: "2026-11-08T00:00:00Z" }, 0, "warning manifest/next-update-differs"],
  ])("%s, in every profile", async (_, knobs, code, finding) => {
    for (const profile of ["rpki", "rfc5280", "tls-br"]) {
      const manifest = put(knobs);
      const only = ["--select", "manifest", "--profile", profile, "--no-issuer"];
      expect(await lint(manifest, ...only)).toMatchObject({ code, found: [finding, unverified] });
    }
  });

  test("text from a manifest is escaped", async () => {
    const { messages } = await lint(put({ files: [listed, { name: "\u001b[31m\u0007.crl" }] }));
    expect(messages?.join("")).not.toMatch(/[^ -~]/u);
  });

  test.each<[string, Uint8Array | string, string]>([
    ["an empty file", new Uint8Array(), "it is not a manifest: contentInfo is missing"],
    ["a CRL", crl, "it is not a manifest: contentType is missing"],
    ["a certificate in PEM", pem("CERTIFICATE", kit.ca.certificate), "it is not a manifest: contentInfo is missing"],
    [
      "another signed object",
      kit.manifest({ contentType: "1.2.840.113549.1.9.16.1.24" }),
      "eContentType is 1.2.840.113549.1.9.16.1.24, not id-ct-rpkiManifest (1.2.840.113549.1.9.16.1.26)",
    ],
    [
      "SHA-1",
      kit.manifest({ hashAlgorithm: "1.3.14.3.2.26" }),
      "fileHashAlg is 1.3.14.3.2.26, not id-sha256 (2.16.840.1.101.3.4.2.1)",
    ],
    [
      "another version",
      kit.manifest({ version: 1 }),
      "version of the manifest is not the DEFAULT, 0, which is omitted in DER",
    ],
    [
      "a short hash",
      kit.manifest({ files: [{ name: "ca.crl", hash: new Uint8Array(20) }] }),
      "hash of ca.crl is not 256 bits long",
    ],
    ["bytes after it", kit.der.concat(kit.manifest(), Uint8Array.of(0)), "bytes follow contentInfo"],
    ["a cut", kit.manifest().subarray(0, 60), "length"],
    [
      "fields after fileList",
      kit.manifest({ content: (value) => kit.der.seq(value.subarray(2), kit.der.nul()) }),
      "bytes follow fileList",
    ],
    ["no fields", kit.manifest({ content: () => kit.der.seq() }), "it is not a manifest: manifestNumber is missing"],
    ["no Manifest", kit.manifest({ content: () => new Uint8Array() }), "it is not a manifest: manifest is missing"],
  ])("that cannot be read is undecided: %s", async (_, bytes, message) => {
    const { code, found, messages } = await lint(
      bench.put("bad.mft", typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes),
    );
    expect({ code, found }).toEqual({ code: 2, found: ["error crllint/not-a-manifest"] });
    expect(messages?.[0]).toContain(message);
  });

  test("truncated at any byte is rejected", () => {
    const manifest = kit.manifest({ files: [listed] });
    for (let end = 0; end < manifest.length; end += 1) {
      const cut = manifest.subarray(0, end);
      expect(() => lintCrl({ crl, issuer: kit.ca.certificate, manifest: cut })).toThrow("manifest: ");
    }
  });

  test("missing, or given with several CRLs, is an error", async () => {
    expect(await lint(`${path}.missing`)).toMatchObject({ code: 2, found: ["error crllint/unreadable"] });
    const { code, err } = await lint(put({}), bench.put("2.crl", kit.crl({ crlNumber: 4712 }).crl));
    expect([code, err]).toEqual([2, expect.stringContaining("--manifest is about one CRL, and 2 are given")]);
  });

  test("is an option of lintCrl", () => {
    const lintWith = (manifest: Uint8Array) =>
      lintCrl({ crl, issuer: kit.ca.certificate, manifest, select: ["manifest"], name: "ca.crl" }).findings.map(
        ({ rule, notes }) => [rule, notes],
      );
    expect(lintWith(kit.manifest({ files: [listed] }))).toEqual([]);
    expect(lintWith(kit.manifest({ files: [{ name: "ca.crl" }] }))).toEqual([
      ["manifest/crl-not-listed", ["the signature of the manifest is not verified: RPKI validators do that"]],
    ]);
  });
});

test.skipIf(!hasOpenssl)("a manifest signed by OpenSSL as a CMS message is read", async () => {
  const inner = kit.der;
  const { createHash } = await import("node:crypto");
  const digest = Uint8Array.from(createHash("sha256").update(crl).digest());
  const content = inner.seq(
    inner.int(17),
    inner.generalizedTime(new Date("2026-11-01T00:00:00Z")),
    inner.generalizedTime(new Date("2026-11-07T23:59:59Z")),
    inner.oid("2.16.840.1.101.3.4.2.1"),
    inner.seq(inner.seq(inner.ia5("ca.crl"), inner.bitString(digest))),
  );
  const file = (name: string) => join(bench.folder, name);
  bench.put("content.der", content);
  const key = ["-newkey", "rsa:2048", "-nodes", "-keyout", file("ee.key"), "-out", file("ee.pem")];
  execFileSync("openssl", ["req", "-x509", ...key, "-subj", "/CN=ee", "-days", "1"], { stdio: "ignore" });
  const sign = ["cms", "-sign", "-binary", "-nodetach", "-outform", "DER", "-keyid", "-md", "sha256"];
  const type = ["-econtent_type", "1.2.840.113549.1.9.16.1.26"];
  const files = [
    "-in",
    file("content.der"),
    "-signer",
    file("ee.pem"),
    "-inkey",
    file("ee.key"),
    "-out",
    file("ee.mft"),
  ];
  execFileSync("openssl", [...sign, ...type, ...files], { stdio: "ignore" });
  expect(await lint(file("ee.mft"))).toMatchObject({ code: 0, found: [unverified] });
});
