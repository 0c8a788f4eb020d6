import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runtimePackages } from "../scripts/runtime-packages.ts";
import { kit } from "../src/fixture/index.ts";
import { version } from "../src/index.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const incident = join(root, "fixtures/incidents/bz1888371/globaltrust-2020-server-ov-1");

describe("the single executable, on a machine without Node", () => {
  const folder = mkdtempSync(join(tmpdir(), "crllint-binary-"));
  const program = join(folder, process.platform === "win32" ? "crllint.exe" : "crllint");
  // PATH has no programs. Windows programs need the system directory.
  const env = { PATH: "", SystemRoot: process.env["SystemRoot"], CRLLINT_NOW: "2026-11-04T00:00:00Z" };

  beforeAll(() => {
    execFileSync(process.execPath, ["--import", "tsx", "scripts/binary.ts", folder], {
      cwd: root,
      stdio: "pipe",
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function run(...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, env, encoding: "utf8" });
    return { status, stdout, stderr };
  }

  test("lints the CRL of an incident, and loads report formats on demand", () => {
    expect(run("--version")).toEqual({ status: 0, stdout: `crllint ${version}\n`, stderr: "" });
    for (const format of ["compact", "json", "sarif", "html"]) {
      const ended = run("--now", "2024-03-26T00:00:00Z", "-f", format, `${incident}.pem`, `${incident}.crl`);
      expect(ended).toMatchObject({ status: 1, stderr: "" });
      expect(ended.stdout).toContain("issuer/not-byte-identical");
    }
    expect(run("--now", "2024-03-26T00:00:00Z", `${incident}.pem`, `${incident}.sound.crl`).status).toBe(0);
  });

  test("verifies signatures that OpenSSL does not support", () => {
    const issuer = kit.caWith({ key: "sm2" });
    writeFileSync(join(folder, "sm2.der"), issuer.certificate);
    writeFileSync(join(folder, "sm2.crl"), kit.crl({ ca: issuer }).crl);
    const ended = run("--profile", "rfc5280", "-f", "compact", "sm2.der", "sm2.crl");
    expect(ended).toEqual({ status: 0, stdout: "sm2.crl: verdict pass\nverdict pass\n", stderr: "" });
  });

  test("lints 2,100 files with --jobs 2", () => {
    mkdirSync(join(folder, "many"));
    const { crl } = kit.crl();
    for (let i = 0; i < 2100; i += 1) writeFileSync(join(folder, "many", `${i}.crl`), crl);
    writeFileSync(join(folder, "ca.der"), kit.ca.certificate);
    expect(run("-q", "--jobs", "2", "--select", "crl-number", "ca.der", "many")).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
  });

  test("comes with the licenses of crllint, Node and all packages", () => {
    const text = readFileSync(join(folder, "LICENSES"), "utf8");
    const names = ["crllint", `Node.js ${process.versions.node}`, ...runtimePackages().map((each) => `${each.name} `)];
    // No code uses the first one, and the executable starts no threads.
    expect(names.filter((name) => !`\n${text}`.includes(`\n${name}`))).toEqual(["@noble/ciphers ", "tinypool "]);
  });

  test("explains, completes, and writes fixtures", () => {
    expect(run("explain", "issuer/not-byte-identical")).toMatchObject({ status: 0, stderr: "" });
    expect(run("complete", "--", "--fail-on", "nev")).toMatchObject({ status: 0, stdout: "never\t\n:4\n" });
    expect(run("fixture", "issuer/not-byte-identical", "--out", "try")).toMatchObject({ status: 0, stderr: "" });
  });

  test("serves with worker processes", async () => {
    const child = spawn(program, ["serve", "--listen", "127.0.0.1:0"], { cwd: folder, env });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const address = /^listening on (?<address>\S+)\n$/u.exec(String(line))?.groups?.["address"] ?? "";
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
    const body = JSON.stringify({ crl: text(kit.crl().crl), issuer: text(kit.ca.certificate), now: "2026-11-04" });
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${address}/v1/lint`, { method: "POST", headers, body });
    expect([response.status, response.headers.get("crllint-verdict")]).toEqual([200, "pass"]);
    child.kill();
    // Windows has no signals: the process just ends.
    if (process.platform !== "win32") expect(await once(child, "exit")).toEqual([0, null]);
  });

  test("monitors, and writes its history", async () => {
    const server = createServer((_, response) => response.end(kit.crl().crl)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    writeFileSync(join(folder, "ca.der"), kit.ca.certificate);
    writeFileSync(join(folder, "urls"), `http://127.0.0.1:${port}/ca.crl ca.der\n`);
    const child = spawn(program, ["monitor", "--urls", "urls", "--out", "watch", "--allow-private"], {
      cwd: folder,
      env,
    });
    let errors = "";
    child.stderr.on("data", (chunk) => (errors += String(chunk)));
    const [code] = (await once(child, "exit")) as [number];
    server.close();
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(run("history", "--out", "watch", "-f", "json")).toMatchObject({ status: 0, stderr: "" });
  });
});
