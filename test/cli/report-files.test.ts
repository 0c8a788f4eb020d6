import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ReportFile } from "../../src/cli/report-files.ts";
import { formats } from "../../src/report/index.ts";
import { kit } from "../../src/fixture/index.ts";
import { crllint, pem, reversedCrl, Workbench } from "./workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

const ca = bench.put("ca.der", kit.ca.certificate);
const crl = bench.put("reversed.crl", reversedCrl());
const inputs = ["--select", "issuer/not-byte-identical", ca, crl];

/** Creates a directory for the output of a test, and returns its path. */
function folder(name: string): string {
  const path = join(bench.folder, name);
  mkdirSync(path);
  return path;
}

describe("--report", () => {
  test("writes the same output as --format, several times in one run", async () => {
    const out = folder("several");
    const json = join(out, "a=b.json");
    const sarif = join(out, "a.sarif");
    const result = await crllint([
      "--report",
      `json=${json}`,
      "-f",
      "compact",
      "--report",
      `sarif=${sarif}`,
      ...inputs,
    ]);
    expect(result).toEqual({ ...(await crllint(["-f", "compact", ...inputs])), code: 1, err: "" });
    expect(readFileSync(json, "utf8")).toBe((await crllint(["-f", "json", ...inputs])).out);
    expect(readFileSync(sarif, "utf8")).toBe((await crllint(["-f", "sarif", ...inputs])).out);
    expect(readdirSync(out).sort()).toEqual(["a.sarif", "a=b.json"]);
  });

  test("human text in a file has no colors, and does not depend on the width of the terminal", async () => {
    const file = join(folder("human"), "report.txt");
    await crllint(["--report", `human=${file}`, "--color", "always", ...inputs], { isTty: true, columns: 40 });
    expect(readFileSync(file, "utf8")).toBe((await crllint(inputs)).out);
  });

  test.each([
    [["--report", "xml=a"], /Expected FORMAT=FILE, where FORMAT is human, compact/u],
    [["--report", "json"], /Expected FORMAT=FILE/u],
    [["--report", "json="], /No file given/u],
    [["--report", "json=-"], /No file given/u],
    [["--report", "json=a", "--report", "sarif=./a"], /two reports cannot go into one file/u],
    [["--report", `json=${crl}`], /reversed\.crl would replace an input file\n/u],
    [["--issuer", ca, "--report", `json=${ca}`], /ca\.der would replace an input file\n/u],
  ])("%j is a usage error", async (args, message) => {
    const result = await crllint([...args, crl]);
    expect(result).toMatchObject({ code: 2, out: "" });
    expect(result.err).toMatch(message);
  });

  test.each([
    ["a CRL of a directory", (at: string) => [`${at}/crl.der`, at]],
    ["the target of a symbolic link", (at: string) => [`${at}/link`, at]],
    ["a certificate of --issuers", (at: string) => [`${at}/ca.pem`, "--issuers", at, crl]],
  ])("a report does not replace %s", async (name, argsIn) => {
    const at = folder(name.replaceAll(" ", "-"));
    const bytes = readFileSync(crl);
    writeFileSync(join(at, "crl.der"), bytes);
    writeFileSync(join(at, "ca.pem"), pem("CERTIFICATE", kit.ca.certificate));
    symlinkSync("crl.der", join(at, "link"));
    const [file = "", ...args] = argsIn(at);
    const { code, out, err } = await crllint(["--report", `json=${file}`, ...args]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/^error: the report .* would replace a file with a CRL, a certificate or a key\n/u);
    expect(readFileSync(join(at, "crl.der"))).toEqual(bytes);
  });

  test.each(formats)("a report replaces an earlier one that quotes a PEM boundary: %s", async (format) => {
    const at = folder(`again-${format}`);
    const file = join(at, "list.pem");
    writeFileSync(file, pem("CERTIFICATE", kit.crl().crl));
    const args = ["--report", `${format}=${join(at, "report")}`, ca, file];
    const first = await crllint(args);
    expect(await crllint(args)).toEqual(first);
  });

  test("a report that cannot be written causes exit code 2, and all others are written", async () => {
    const out = folder("broken");
    const good = join(out, "good.json");
    const args = ["--report", `json=${join(out, "nowhere", "a")}`, "--report", `json=${good}`, "-f", "compact"];
    const result = await crllint([...args, ...inputs]);
    expect(result.code).toBe(2);
    expect(result.out).toBe((await crllint(["-f", "compact", ...inputs])).out);
    expect(result.err).toMatch(/^error: the report .*nowhere\/a was not written: no such directory\n$/u);
    expect(JSON.parse(readFileSync(good, "utf8"))).toMatchObject({ version: 2 });
    expect(readdirSync(out)).toEqual(["good.json"]);
  });

  test.skipIf(!existsSync("/dev/full"))("a full device is reported", async () => {
    const result = await crllint(["--report", "json=/dev/full", ...inputs]);
    expect(result).toMatchObject({
      code: 2,
      err: "error: the report /dev/full was not written: the disk is full\n",
    });
    expect(lstatSync("/dev/full").isCharacterDevice()).toBe(true);
  });

  test("a report is appended to a job's summary", async () => {
    const summary = bench.put("summary.md", "# from another step\n");
    const markdown = (await crllint(["-f", "markdown", ...inputs])).out;
    await crllint(["--report", `markdown=${summary}`, ...inputs], { env: { GITHUB_STEP_SUMMARY: summary } });
    expect(readFileSync(summary, "utf8")).toBe(`# from another step\n${markdown}`);
    await crllint(["--report", `markdown=${summary}`, ...inputs]);
    expect(readFileSync(summary, "utf8")).toBe(markdown);
  });
});

describe("a report file", () => {
  const write = (path: string, text: string, isShared = false): string | undefined => {
    const file = new ReportFile(path, isShared);
    file.write([text]);
    return file.close();
  };

  test("stays unchanged if it is aborted, and leaves no other file", () => {
    const out = folder("whole");
    const path = join(out, "report");
    writeFileSync(path, "before");
    for (const name of ["report", "new"]) {
      const file = new ReportFile(join(out, name));
      file.write(["x".repeat(2 ** 17)]);
      expect(readdirSync(out)).toHaveLength(2);
      file.abandon();
    }
    expect(readFileSync(path, "utf8")).toBe("before");
    expect(readdirSync(out)).toEqual(["report"]);
  });

  test("truncates a shared file to its old size if it is aborted", () => {
    const path = bench.put("shared", "before");
    const file = new ReportFile(path, true);
    file.write(["x".repeat(2 ** 17)]);
    expect(statSync(path).size).toBeGreaterThan(2 ** 16);
    file.abandon();
    expect(readFileSync(path, "utf8")).toBe("before");
  });

  test("replaces the old file only when it is complete", () => {
    const out = folder("late");
    const path = join(out, "report");
    const file = new ReportFile(path);
    file.write(["x".repeat(2 ** 17)]);
    expect(existsSync(path)).toBe(false);
    expect(file.close()).toBeUndefined();
    file.abandon();
    expect(readdirSync(out)).toEqual(["report"]);
    expect(statSync(path).size).toBe(2 ** 17);
  });

  test("keeps permissions of the old file, and symbolic links to it", () => {
    const out = folder("links");
    const file = join(out, "file");
    const link = join(out, "link");
    writeFileSync(file, "before");
    chmodSync(file, 0o640);
    symlinkSync(file, link);
    expect(write(link, "after")).toBeUndefined();
    expect(readFileSync(file, "utf8")).toBe("after");
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });

  test("does not accept a directory", () => {
    expect(write(folder("taken"), "x")).toMatch(/taken was not written: this is a directory$/u);
    expect(write(join(crl, "x"), "x")).toMatch(/x was not written: a part of its path is not a directory$/u);
  });

  test.skipIf(process.platform === "win32")("writes into a pipe", async () => {
    const pipe = join(folder("pipe"), "p");
    execFileSync("mkfifo", [pipe]);
    const { open } = await import("node:fs/promises");
    const reader = await open(pipe, "r+");
    expect(write(pipe, "through")).toBeUndefined();
    const { buffer, bytesRead } = await reader.read(Buffer.alloc(100), 0, 100);
    await reader.close();
    expect(buffer.toString("utf8", 0, bytesRead)).toBe("through");
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });
});

test("schema report prints the JSON Schema of json reports", async () => {
  const { code, out, err } = await crllint(["schema", "report"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const { reportSchema } = await import("../../src/report/schema/report-2.ts");
  expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(reportSchema)));
  for (const name of ["report:2", "config:1", "baseline:1", "attestation:1"]) {
    const { $id } = JSON.parse((await crllint(["schema", name.slice(0, -2)])).out) as { readonly $id: string };
    expect($id).toBe(`urn:x-crllint:${name}`);
  }
  expect(await crllint(["schema", "nonsense"])).toMatchObject({ code: 2, out: "" });
});
