import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { lintFiles } from "../../src/files/index.ts";
import { belongsTo } from "../../src/files/shard.ts";
import { kit } from "../../src/fixture/index.ts";
import { encodePem } from "../../src/pem/encode.ts";
import { ldif, signedData } from "../input/containers.ts";
import { crllint, now, pem, privateKey, reversedCrl, Workbench } from "./workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

const ca = kit.ca.certificate;
const good = kit.crl().crl;
const bad = reversedCrl();
const isWindows = process.platform === "win32";

interface Report {
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly runs: readonly {
    readonly crl: string;
    readonly judged: boolean;
    readonly findings: readonly {
      readonly rule: string;
      readonly message: string;
      readonly severity: string;
      readonly location: {
        readonly offset: number;
        readonly object?: unknown;
        readonly pem?: { readonly line: number };
      };
    }[];
  }[];
}

/** Runs a few rules. Returns the report, and its findings as `name rule`. */
async function lint(...args: readonly string[]) {
  const { code, out, err } = await crllint(["-f", "json", "--select", "issuer/not-byte-identical,input", ...args]);
  expect(err).toBe("");
  const report = JSON.parse(out) as Report;
  const findings = report.runs.flatMap((run) =>
    run.findings.map(({ rule }) => `${run.crl.replace(`${bench.folder}/`, "")} ${rule}`),
  );
  return { code, report, findings };
}

/** Creates a directory with some files, and returns its path. */
function folder(name: string, files: Readonly<Record<string, Uint8Array | string>>): string {
  for (const [file, content] of Object.entries(files)) bench.put(`${name}/${file}`, content);
  return join(bench.folder, name);
}

describe("files of a directory are recognized by content", () => {
  test.each(["12d0da68.r0", "12d0da68.r12", "ca.arl", "no-suffix", "crl.bak", "list.txt", ".hidden", "a/b/c.bin"])(
    "%s is linted",
    async (name) => {
      const path = folder(`by-content-${name.replaceAll("/", "-")}`, { "ca.pem": pem("CERTIFICATE", ca), [name]: bad });
      expect(await lint(path)).toMatchObject({
        code: 1,
        findings: [expect.stringContaining(`${name} issuer/not-byte-identical`)],
      });
    },
  );

  test("directories of version control are not searched", async () => {
    const path = folder("vcs", {
      "ca.pem": pem("CERTIFICATE", ca),
      "good.crl": good,
      ".git/objects/bad.crl": bad,
      "sub/.svn/bad.crl": bad,
      ".hg/bad": bad,
    });
    expect(await lint(path)).toMatchObject({ code: 0, findings: [] });
  });

  test.each<readonly [string, string, Uint8Array | string]>([
    ["an empty file", "a.crl", ""],
    ["an HTML page", "12d0da68.r0", "<!DOCTYPE html><html>"],
    ["an HTML page as a certificate", "x.cer", "<!DOCTYPE html><html>"],
    ["zeros", "x.arl", new Uint8Array(100)],
    ["a truncated certificate", "x.crt", ca.subarray(0, 300)],
    ["a PEM block without end", "x.pem", "-----BEGIN X509 CRL-----\n"],
    ["a gzip file", "x.der", Uint8Array.of(0x1f, 0x8b, 8)],
    ["a private key as a CRL", "x.crl", privateKey],
    ["a PKCS#7 message without CRL and certificate", "x.p7b", signedData([], [])],
    ["LDIF without CRL and certificate", "x.ldif", "dn: cn=a\ncn: a\n"],
    ["text with the name of a certificate in an OpenSSL directory", "12d0da68.0", "no"],
  ])("a file named like a CRL or certificate that is neither is undecided: %s", async (_, name, content) => {
    const path = folder(`neither-${name}-${content.length}`, { "ca.pem": pem("CERTIFICATE", ca), "ok.crl": good });
    bench.put(join(path.slice(bench.folder.length), name), content);
    const { code, report, findings } = await lint(path);
    expect(code).toBe(2);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain(name);
    expect(report.runs.filter(({ judged }) => judged)).toHaveLength(1);
  });

  test("a truncated CRL is linted under any name", async () => {
    const path = folder("cut", { "ca.pem": pem("CERTIFICATE", ca), some: good.subarray(0, 300) });
    const { code, findings } = await lint(path);
    expect(code).toBe(1);
    expect(findings).toContain("cut/some input/truncated");
  });

  test("all other files are counted, in the summary and in JSON", async () => {
    const path = folder("counted", {
      "ca.pem": pem("CERTIFICATE", ca),
      "bundle.txt": pem("CERTIFICATE", ca) + pem("X509 CRL", good),
      "good.crl": good,
      "readme.md": "# text\n",
      "notes.txt": "text",
      empty: "",
      "crls.zip": "PK\u0003\u0004",
      "picture.png": Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1, 2),
      "store.p12": kit.der.seq(kit.der.int(3), kit.der.seq(kit.der.oid("1.2.840.113549.1.7.1"))),
    });
    const { code, report } = await lint(path);
    expect(code).toBe(0);
    expect(report.inputs).toEqual({
      files: 9,
      directories: 1,
      crls: 2,
      certificates: 2,
      unreadable: 0,
      neither: { empty: 1, pkcs12: 1, text: 2, unknown: 1, zip: 1 },
    });
    const { out } = await crllint(["--select", "input/not-a-crl", path]);
    expect(out.trimEnd().split("\n").at(-1)).toBe(
      "looked at 9 files: 2 with CRLs, 2 with certificates, 6 with neither (1 empty, 1 pkcs12, 2 text, 1 unknown, 1 zip)",
    );
    const named = await crllint(["--select", "input/not-a-crl", join(path, "ca.pem"), join(path, "good.crl")]);
    expect(named.out).not.toContain("looked at");
  });

  test("a TBSCertList counts as a CRL only with --tbs, and a CRL only without", async () => {
    const tbs = kit.crl({ form: "tbs" }).crl;
    const path = folder("forms", { "ca.pem": pem("CERTIFICATE", ca), "good.crl": good, next: tbs });
    const counts = { files: 3, crls: 1, certificates: 1 };
    expect((await lint(path)).report.inputs).toMatchObject({ ...counts, neither: { tbs: 1 } });
    expect((await lint("--tbs", path)).report.inputs).toMatchObject({ ...counts, neither: { crl: 1 } });
  });

  test("a private key next to certificates is a notice, not an error", async () => {
    const path = folder("key", {
      "ca.pem": pem("CERTIFICATE", ca),
      "key.pem": privateKey,
      key: privateKey,
      "a.crl": good,
    });
    const { code, findings } = await lint(path);
    expect(code).toBe(0);
    expect(findings).toEqual(["key/key.pem crllint/ignored-file"]);
  });

  test.each<readonly [string, Readonly<Record<string, string>>, string]>([
    ["no files", {}, "this directory holds no file"],
    [
      "other files",
      { "a.txt": "a", b: "" },
      "this directory holds no file with a CRL or a certificate; files looked at: 2",
    ],
  ])("a directory with %s is undecided, even next to one with CRLs", async (title, files, message) => {
    const path = join(bench.folder, `useless-${title}`);
    mkdirSync(path);
    folder(`useless-${title}`, files);
    const other = folder("useful", { "ca.pem": pem("CERTIFICATE", ca), "a.crl": good });
    const { code, report } = await lint(path, other);
    expect(code).toBe(2);
    expect(report.runs.flatMap(({ findings }) => findings)).toMatchObject([{ rule: "crllint/no-input", message }]);
  });

  test("lintFiles reads a directory like the command", async () => {
    const path = folder("library", { "ca.pem": pem("CERTIFICATE", ca), "12d0da68.r0": bad, "x.crl": "", readme: "no" });
    const runs = [];
    for await (const run of lintFiles(path, { now: new Date(now * 1000), select: ["issuer/not-byte-identical"] })) {
      runs.push([run.judged, run.findings.map(({ rule }) => rule)]);
    }
    expect(runs).toEqual([
      [true, ["issuer/not-byte-identical"]],
      [false, ["input/not-a-crl"]],
    ]);
  });
});

describe.skipIf(isWindows)("symbolic links", () => {
  test("to files: each file is linted once, under its own name if it is in the directory", async () => {
    const path = folder("links", { "ca.pem": pem("CERTIFICATE", ca), "z.crl": bad });
    symlinkSync("z.crl", join(path, "12d0da68.r0"));
    const elsewhere = bench.put("elsewhere/other.crl", bad);
    symlinkSync(elsewhere, join(path, "linked"));
    expect((await lint(path)).findings).toEqual([
      "links/linked issuer/not-byte-identical",
      "links/z.crl issuer/not-byte-identical",
    ]);
  });

  test("to directories are followed once, and loops end", async () => {
    const target = folder("target", { "bad.crl": bad });
    symlinkSync(target, join(target, "self"));
    const path = folder("loop", { "ca.pem": pem("CERTIFICATE", ca) });
    symlinkSync(target, join(path, "one"));
    symlinkSync(target, join(path, "two"));
    const { code, findings } = await lint(path);
    expect(code).toBe(1);
    expect(findings.filter((each) => each.endsWith("issuer/not-byte-identical"))).toHaveLength(1);
  });

  test("to a parent directory are reported, and those without a target are undecided", async () => {
    const path = folder("up/inner", { "ca.pem": pem("CERTIFICATE", ca), "a.crl": good });
    symlinkSync("..", join(path, "up"));
    expect(await lint(path)).toMatchObject({ code: 0, findings: ["up/inner/up crllint/no-input"] });
    symlinkSync("nowhere", join(path, "gone.crl"));
    expect((await lint(path)).code).toBe(2);
  });

  test("without a target are reported and counted, whatever their names are", async () => {
    const path = folder("dangling", { "ca.pem": pem("CERTIFICATE", ca), "a.crl": good });
    symlinkSync("nowhere", join(path, "current"));
    symlinkSync("loop", join(path, "loop"));
    const { code, report, findings } = await lint(path);
    expect([code, findings]).toEqual([2, ["dangling/current crllint/no-input", "dangling/loop crllint/no-input"]]);
    expect(report.inputs).toMatchObject({ files: 4, unreadable: 2 });
  });

  test("are also followed by patterns", async () => {
    const target = folder("glob-target", { "bad.crl": bad });
    const path = folder("glob", { "ca.pem": pem("CERTIFICATE", ca) });
    symlinkSync(target, join(path, "link"));
    symlinkSync(path, join(target, "back"));
    const { code, findings } = await lint(join(path, "ca.pem"), join(path, "**", "*.crl"));
    expect(code).toBe(1);
    expect(findings.some((each) => each.includes("bad.crl issuer/not-byte-identical"))).toBe(true);
  });
});

describe("paths and patterns as Windows shells pass them", () => {
  test.each([
    ["a pattern with backslashes", (path: string) => `${path.replaceAll("/", "\\")}\\*.crl`],
    [
      "a pattern below a directory whose name has pattern characters",
      (path: string) => `${path}/My CRLs (x86) [1]!/*.crl`,
    ],
    ["a directory whose name has pattern characters", (path: string) => `${path}/My CRLs (x86) [1]!`],
    ["a pattern with alternatives", (path: string) => `${path}/{a,b}.crl`],
  ])("finds the files of %s", async (_, operand) => {
    const path = folder("windows", { "ca.pem": pem("CERTIFICATE", ca), "a.crl": bad, "b.crl": bad });
    folder("windows/My CRLs (x86) [1]!", { "a.crl": bad, "b.crl": bad });
    const { code, findings } = await lint(join(path, "ca.pem"), operand(path));
    expect(code).toBe(1);
    expect(findings.filter((each) => each.includes("issuer/not-byte-identical"))).toHaveLength(2);
  });

  test("a path that does not exist is shown unchanged", async () => {
    const { code, out } = await crllint(["C:\\My CRLs\\new\\a.crl"]);
    expect(code).toBe(2);
    expect(out).toMatch(
      /^error\[crllint\/unreadable\]: no such file or directory\n {2}--> C:\\My CRLs\\new\\a\.crl\n/u,
    );
  });

  test("SARIF has a file URI, other reports have the path", async () => {
    const { out } = await crllint(["-f", "sarif", "C:\\My CRLs\\a.crl"]);
    expect(out).toContain('"uri": "file:///C:/My%20CRLs/a.crl"');
    const path = join(bench.folder, "out.json");
    await crllint(["--report", `json=${path}`, "C:\\My CRLs\\a.crl"]);
    expect(readFileSync(path, "utf8")).toContain(String.raw`"crl": "C:\\My CRLs\\a.crl"`);
  });

  test("the shard of a file does not depend on the separator of its path", () => {
    const names = Array.from({ length: 20 }, (_, i) => `crls/${i}.crl`);
    const part = (name: string): readonly boolean[] => [1, 2, 3].map((index) => belongsTo({ index, of: 3 }, name));
    expect(names.map((name) => part(name.replace("/", "\\")))).toEqual(names.map(part));
  });
});

describe("files with more than one object", () => {
  const file = (name: string, ...parts: readonly (Uint8Array | string)[]): string =>
    bench.put(name, Buffer.concat(parts.map((part) => Buffer.from(part))));

  test.each<readonly [string, readonly (Uint8Array | string)[]]>([
    ["CA and CRL in DER", [ca, bad]],
    ["CA in PEM, CRL in DER", [pem("CERTIFICATE", ca), bad]],
    ["CA in DER, CRL in PEM", [ca, pem("X509 CRL", bad)]],
    ["CA, good CRL, bad CRL in DER", [ca, good, bad]],
    ["a damaged BEGIN line", [pem("CERTIFICATE", ca), pem("X509 CRL", bad).replace("-----BEGIN", "----BEGIN")]],
    ["PKCS#7", [signedData([ca], [bad])]],
    ["PKCS#7 in PEM", [encodePem("PKCS7", signedData([ca], [bad]))]],
    ["LDIF", [ldif(["cACertificate;binary", ca], ["certificateRevocationList;binary", bad])]],
  ])("%s: the CRL is linted by the CA in the same file", async (title, parts) => {
    const path = file(`several-${title.replaceAll(/\W/gu, "-")}`, ...parts);
    const { code, findings } = await lint(path);
    expect(code).toBe(1);
    expect(findings.filter((each) => each.endsWith("issuer/not-byte-identical"))).toHaveLength(1);
  });

  test("a finding has the location of its object in the file", async () => {
    const locations = async (path: string) =>
      (await lint(path)).report.runs.flatMap(({ findings }) =>
        findings.filter(({ rule }) => rule === "issuer/not-byte-identical").map(({ location }) => location),
      );
    expect(await locations(file("where.der", ca, bad))).toMatchObject([{ offset: 26, object: { offset: ca.length } }]);
    const message = signedData([ca], [bad]);
    const offset = Buffer.from(message).indexOf(bad);
    expect(await locations(file("where.p7b", message))).toMatchObject([{ object: { offset, in: "PKCS#7" } }]);
    const text = ldif(["cACertificate;binary", ca], ["certificateRevocationList;binary", bad]);
    const line =
      new TextDecoder()
        .decode(text)
        .split("\n")
        .findIndex((each) => each.startsWith("certificateRev")) + 1;
    const [inLdif] = await locations(file("where.ldif", text));
    expect(inLdif).toMatchObject({ object: { in: "LDIF certificateRevocationList;binary" }, pem: { line } });
    const { out } = await crllint(["--select", "issuer/not-byte-identical", file("where2.p7b", message)]);
    expect(out).toContain(`where2.p7b  PKCS#7, object at byte ${offset} (0x${offset.toString(16)})  bytes 26..`);
  });

  test("bytes that belong to no object are an error with their offset", async () => {
    const { code, report } = await lint(file("junk.der", ca, "junk\0", good));
    expect(code).toBe(2);
    expect(report.runs.flatMap(({ findings }) => findings)).toMatchObject([
      {
        rule: "input/not-a-crl",
        message: `bytes ${ca.length}..${ca.length + 5} (0x${ca.length.toString(16)}..0x${(ca.length + 5).toString(16)}) belong to no object`,
        location: { offset: 0, length: 5, object: { offset: ca.length } },
      },
      { rule: "input/multiple-objects", severity: "notice" },
    ]);
    expect((await lint(file("after.der", ca, good, "\0"))).findings).toContain("after.der input/trailing-data");
  });

  test("a certificate after a CRL is an error in DER, and a notice in PEM", async () => {
    const findings = async (path: string) =>
      (await lint(path)).report.runs.flatMap((run) =>
        run.findings.map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`),
      );
    expect(await findings(file("two.der", good, ca))).toEqual([
      "error input/multiple-objects: the file has 2 objects (1 CRL, 1 certificate), and this CRL is one of them",
    ]);
    const { out } = await crllint([
      "--select",
      "input",
      file("two.pem", pem("CERTIFICATE", ca), pem("X509 CRL", good)),
    ]);
    expect(out).toContain("notice[input/multiple-objects]: the file has 2 objects (1 CRL, 1 certificate)");
    expect(out).toContain("help: if clients download this file, publish the CRL without the other objects");
    expect(out).not.toContain("each CRL in a file of its own");
  });

  test("objects over the limit are reported and undecided, in operands and in --issuer", async () => {
    const path = file("limit.pem", pem("CERTIFICATE", ca), pem("X509 CRL", good), pem("CERTIFICATE", ca));
    expect((await lint("--limit", "blocks=3", path)).code).toBe(0);
    const { code, report } = await lint("--limit", "blocks=2", path);
    expect(code).toBe(2);
    expect(report.runs.flatMap(({ findings }) => findings)).toContainEqual(
      expect.objectContaining({
        rule: "input/over-limit",
        message: "the file has 3 objects; only the first 2 are read",
      }),
    );
    const issuers = file("issuers.pem", pem("CERTIFICATE", ca).repeat(3));
    const crl = file("limited.crl", good);
    expect(await lint("--limit", "blocks=2", "--issuer", issuers, crl)).toMatchObject({
      code: 2,
      findings: ["issuers.pem input/over-limit"],
    });
  });

  test("certificates are read from a CCADB CSV file", async () => {
    const rows = `SHA-256 Fingerprint,X.509 Certificate (PEM)\nAB,"${pem("CERTIFICATE", ca).trimEnd()}"\n`;
    const crl = file("csv.crl", bad);
    expect((await lint("--issuer", file("ccadb.csv", rows), crl)).findings).toEqual([
      "csv.crl issuer/not-byte-identical",
    ]);
    expect((await lint(file("ccadb2.csv", rows), crl)).findings).toEqual(["csv.crl issuer/not-byte-identical"]);
  });
});

describe("rules do not pass if the file of an option is missing or useless", () => {
  const caPem = bench.put("option-ca.pem", pem("CERTIFICATE", ca));
  const crl = bench.put("option.crl", good);
  const crlsOnly = folder("crls-only", { "a.crl": good });
  const empty = bench.put("option-empty.pem", "");

  test.each(["--certs", "--expect-revoked", "--expect-good", "--previous", "--base", "--issuer"])(
    "%s",
    async (option) => {
      for (const path of ["nowhere.pem", empty, ...(option === "--certs" ? [crlsOnly] : [])]) {
        const { code, out } = await crllint(["-f", "json", "--profile", "rfc5280", option, path, caPem, crl]);
        expect([option, path, code]).toEqual([option, path, 2]);
        const { runs } = JSON.parse(out) as {
          runs: { crl: string; findings: { severity: string }[]; rules: { rule: string; status: string }[] }[];
        };
        const about = runs.filter((run) => run.crl.includes(path));
        expect(about.flatMap(({ findings }) => findings).some(({ severity }) => severity === "error")).toBe(true);
        const parts = /^(?:certs|sequence)\//u;
        const passed = runs.flatMap(({ rules }) => rules.filter(({ status }) => status === "passed"));
        expect(passed.filter(({ rule }) => parts.test(rule))).toEqual([]);
      }
    },
  );
});

describe.skipIf(isWindows)("a path with .. after a link", () => {
  const path = folder("climb", {
    "ca.pem": pem("CERTIFICATE", ca),
    "a/x.crl": good,
    "o/x.crl": bad,
  });
  mkdirSync(join(path, "o/sub"));
  symlinkSync("../o/sub", join(path, "a/link"));
  const climbing = `${path}/a/link/..`;
  const caPem = join(path, "ca.pem");
  const wrong = ["climb/a/link/../x.crl issuer/not-byte-identical"];

  test.each([
    ["a file", [join(path, "a/x.crl"), `${climbing}/x.crl`]],
    ["a directory", [join(path, "a/x.crl"), climbing]],
    ["a pattern", [join(path, "a/x.crl"), `${climbing}/*.crl`]],
  ])("names another file than the path without both: %s", async (_, operands) => {
    const { code, report, findings } = await lint(caPem, ...operands);
    expect([code, report.runs.length, findings]).toEqual([1, 2, wrong]);
  });

  test("is the same file as by its usual path", async () => {
    const { code, report } = await lint(caPem, join(path, "o/x.crl"), `${climbing}/x.crl`, climbing);
    expect([code, report.runs.map(({ crl }) => crl)]).toEqual([1, [join(path, "o/x.crl")]]);
  });

  test("is an error if .. comes after a wildcard", async () => {
    const pattern = `${path}/*/../x.crl`;
    const { code, report } = await lint(caPem, pattern);
    expect([code, report.runs.map((run) => [run.crl, run.findings[0]?.message])]).toEqual([
      2,
      [[pattern, "a pattern must not have .. after a wildcard"]],
    ]);
  });

  test("a report does not replace an input", async () => {
    const file = join(path, "o/x.crl");
    const { code, err } = await crllint([caPem, file, "--report", `json=${climbing}/x.crl`]);
    expect([code, err.split("\n")[0]]).toEqual([2, `error: the report ${climbing}/x.crl would replace an input file`]);
    await crllint([caPem, file, "--report", `json=${climbing}/new.json`]);
    expect([existsSync(join(path, "o/new.json")), existsSync(join(path, "a/new.json"))]).toEqual([true, false]);
  });
});

// Other systems do not store such names.
describe.skipIf(process.platform !== "linux")("names that are not UTF-8", () => {
  const replacement = "\u{fffd}";
  const path = folder("names", {
    "ca.pem": pem("CERTIFICATE", ca),
    [`d/${replacement}.crl`]: good,
    [`f/${replacement}/a.crl`]: good,
    [`only/${replacement}.crl`]: bad,
  });
  const raw = (...bytes: readonly number[]): Buffer => Buffer.concat([Buffer.from(`${path}/`), Buffer.from(bytes)]);
  writeFileSync(raw(0x64, 0x2f, 0xff, ...Buffer.from(".crl")), bad);
  symlinkSync("nowhere", raw(0x64, 0x2f, 0xfe));
  mkdirSync(raw(0x66, 0x2f, 0xff));
  writeFileSync(raw(0x66, 0x2f, 0xff, ...Buffer.from("/a.crl")), bad);
  const caPem = join(path, "ca.pem");
  const rename = (what: string): string => `the name of this ${what} is not UTF-8; rename it`;
  const mayBeMeant = "a file or directory whose name is not UTF-8 may be meant; rename it";

  /** Lints, and returns the runs by file with the messages of their findings. */
  async function messages(...args: readonly string[]) {
    const { code, report } = await lint(...args);
    const runs = report.runs.map((run) => [run.crl, ...run.findings.map(({ message }) => message)]);
    return {
      code,
      inputs: report.inputs,
      runs: runs.map(([name = "", ...rest]) => [name.replace(/^.*\/names/u, ""), ...rest]),
    };
  }

  test("in a directory are errors, and no other file is taken for them", async () => {
    expect(await messages(caPem, `${path}/d`, `${path}/f`)).toEqual({
      code: 2,
      inputs: { files: 5, directories: 2, crls: 2, certificates: 1, unreadable: 2, neither: {} },
      runs: [
        [String.raw`/d/\u{fffd}.crl`],
        [String.raw`/d/\xfe`, rename("file")],
        [String.raw`/d/\xff.crl`, rename("file")],
        [String.raw`/f/\u{fffd}/a.crl`],
        [String.raw`/f/\xff`, rename("directory")],
      ],
    });
  });

  test.each([
    ["a file", `${path}/d/${replacement}.crl`, String.raw`/d/\u{fffd}.crl`],
    ["a directory", `${path}/f/${replacement}`, String.raw`/f/\u{fffd}`],
    ["a pattern", `${path}/d/*.crl`, String.raw`/d/\u{fffd}.crl`],
  ])("on the command line, where they have U+FFFD, are errors: %s", async (_, operand, name) => {
    expect(await messages(caPem, operand)).toMatchObject({ code: 2, runs: [[name, mayBeMeant]] });
  });

  test("in the files of options are errors", async () => {
    const named = `${path}/d/${replacement}.crl`;
    const crl = join(bench.put("names-crl/a.crl", good));
    for (const option of ["--issuer", "--issuers", "--previous", "--certs"]) {
      const { out } = await crllint(["-f", "compact", caPem, crl, option, named]);
      expect(out).toContain(`crllint/unreadable: ${mayBeMeant}\n`);
    }
    for (const option of ["--issuers", "--certs"]) {
      const { out } = await crllint(["-f", "compact", caPem, crl, option, `${path}/d`]);
      expect(out).toContain(`/d/\\xff.crl:0+0: error crllint/unreadable: ${rename("file")}\n`);
    }
  });

  test("that do not exist are errors that state this", async () => {
    const operand = `${path}/only/x${replacement}`;
    expect(await messages(caPem, operand)).toMatchObject({
      code: 2,
      runs: [[String.raw`/only/x\u{fffd}`, "no such file or directory; its name may not be UTF-8: rename it"]],
    });
  });

  test("a name with U+FFFD in UTF-8 is like any other", async () => {
    for (const operand of [`${path}/only`, `${path}/only/${replacement}.crl`]) {
      const { code, runs } = await messages(caPem, operand);
      expect([code, runs.map(([name]) => name)]).toEqual([1, [String.raw`/only/\u{fffd}.crl`]]);
    }
  });
});

describe.skipIf(isWindows)("pipes", () => {
  test("a FIFO is read as a stream, as an operand and for --issuer", async () => {
    const pipe = join(bench.folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const caPem = bench.put("pipe-ca.pem", pem("CERTIFICATE", ca));
    const crl = bench.put("pipe.crl", bad);
    const feed = (file: string) => spawn("sh", ["-c", 'cat "$1" > "$2"', "sh", file, pipe]);
    feed(crl);
    expect((await lint(caPem, pipe)).findings).toEqual(["pipe issuer/not-byte-identical"]);
    feed(caPem);
    expect((await lint("--issuer", pipe, crl)).findings).toEqual(["pipe.crl issuer/not-byte-identical"]);
    feed(crl);
    expect((await lint("--limit", "size=100", caPem, pipe)).code).toBe(2);
  });

  test("a FIFO among many files is kept in memory, because it cannot be read again", async () => {
    const pipe = join(bench.folder, "once");
    execFileSync("mkfifo", [pipe]);
    const path = folder("many", {
      "ca.pem": pem("CERTIFICATE", ca),
      ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}.crl`, good])),
    });
    spawn("sh", ["-c", 'cat "$1" > "$2"', "sh", bench.put("once.crl", bad), pipe]);
    expect(await lint(pipe, path)).toMatchObject({ code: 1, findings: ["once issuer/not-byte-identical"] });
  });

  test("FIFOs in a directory are not read", async () => {
    const path = folder("with-pipe", { "ca.pem": pem("CERTIFICATE", ca), "a.crl": good });
    execFileSync("mkfifo", [join(path, "pipe.crl")]);
    expect((await lint(path)).code).toBe(0);
  });
});

test.skipIf(isWindows || process.getuid?.() === 0)(
  "directories that cannot be read are reported, also those that a pattern looks into",
  async () => {
    const path = folder("closed", { "ca.pem": pem("CERTIFICATE", ca), "below/a.crl": good });
    const below = join(path, "below");
    chmodSync(below, 0);
    for (const operand of [path, join(below, "*.crl"), join(path, "**", "*.crl"), join(path, "**")]) {
      const { code, out } = await crllint([join(path, "ca.pem"), operand]);
      expect([code, out.match(/this directory cannot be read: permission denied/gu)?.length]).toEqual([2, 1]);
    }
    chmodSync(below, 0o700);
  },
);
