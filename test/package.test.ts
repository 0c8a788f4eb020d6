import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { runtimePackages } from "../scripts/runtime-packages.ts";
import { kit } from "../src/fixture/index.ts";
import { version } from "../src/index.ts";
import { install, makeFolder, pack, type Packed } from "./support/packed.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = makeFolder();
const empty = join(folder, "empty");
let packed: Packed;

beforeAll(() => {
  packed = pack(folder);
  install(packed.tarball, empty);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program in the directory in which crllint was installed. */
function run(command: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: empty, encoding: "utf8" });
  return { status, stdout, stderr };
}

const crllint = join(empty, "node_modules/.bin/crllint");
const incident = join(root, "fixtures/incidents/bz1888371/globaltrust-2020-server-ov-1");

describe("the published package", () => {
  test("has only the library, the command, the manual and the licenses", () => {
    const allowed = [
      /^(?:CHANGELOG\.md|LICENSE|README\.md|package\.json)$/u,
      /^man\/crllint\.1$/u,
      /^dist\/THIRD-PARTY-LICENSES$/u,
      /^dist\/cli\/[\w-]+\.cjs$/u,
      /^dist\/[a-z\d/-]+\.(?:js|d\.ts)$/u,
    ];
    const paths = packed.files.map(({ path }) => path);
    expect(paths.filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([]);
    expect(allowed.filter((pattern) => !paths.some((path) => pattern.test(path)))).toEqual([]);
  });

  test("has no dynamic import in the file that starts from a code cache, where Node does not support it", () => {
    expect(readFileSync(join(folder, "dist/cli/core.cjs"), "utf8")).not.toMatch(/\bimport\(/u);
  });

  test("has at most 1.6 MB packed and 6.4 MB unpacked", () => {
    expect(packed.size).toBeLessThan(1.6e6);
    expect(packed.unpackedSize).toBeLessThan(6.4e6);
  });

  test("has no scripts and no devDependencies, and depends only on packages that it does not bundle", () => {
    const { scripts, devDependencies, dependencies } = JSON.parse(
      readFileSync(join(empty, "node_modules/crllint/package.json"), "utf8"),
    ) as { readonly scripts?: object; readonly devDependencies?: object; readonly dependencies: object };
    expect([scripts, devDependencies]).toEqual([undefined, undefined]);
    expect(Object.keys(dependencies)).toEqual([
      "@bomb.sh/tab",
      "@noble/curves",
      "@noble/post-quantum",
      "fastest-levenshtein",
      "node-sqlite3-wasm",
      "tinyglobby",
      "tinypool",
      "valibot",
      "yaml",
    ]);
  });

  test("is built by npm pack in a clone, which leaves package.json unchanged", () => {
    const clone = join(folder, "clone");
    mkdirSync(join(clone, "scripts"), { recursive: true });
    cpSync(join(root, "scripts/pack.mjs"), join(clone, "scripts/pack.mjs"));
    const { scripts, ...own } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const build = "node build.cjs";
    const write = `fs.mkdirSync("dist"); fs.writeFileSync("dist/built.js", 'import "yaml";');`;
    writeFileSync(join(clone, "build.cjs"), `const fs = require("fs"); ${write}`);
    const text = JSON.stringify({ ...own, scripts: { ...scripts, build } });
    writeFileSync(join(clone, "package.json"), text);
    execFileSync("npm", ["pack", "--offline"], { cwd: clone, stdio: "pipe", shell: process.platform === "win32" });
    execFileSync("tar", ["-xzf", `crllint-${version}.tgz`], { cwd: clone });
    const { devDependencies: _, dependencies, ...published } = own;
    expect(JSON.parse(readFileSync(join(clone, "package/package.json"), "utf8"))).toEqual({
      ...published,
      dependencies: { yaml: dependencies.yaml },
    });
    expect(readdirSync(join(clone, "package/dist"))).toEqual(["built.js"]);
    expect(readFileSync(join(clone, "package.json"), "utf8")).toBe(text);
    expect(readdirSync(clone)).not.toContain(".package.json");
  });

  test("has types for every module resolution of TypeScript", () => {
    const attw = fileURLToPath(new URL("dist/index.js", import.meta.resolve("@arethetypeswrong/cli/package.json")));
    // All of its files are ES modules, which CommonJS loads with import() or a recent require. TypeScript's resolution
    // node10 does not support exports: it finds the types, but not package.json.
    const rules = ["--ignore-rules", "cjs-resolves-to-esm", "--exclude-entrypoints", "./package.json"];
    const { status, stdout } = run(process.execPath, attw, packed.tarball, ...rules, "--no-emoji");
    expect(status, stdout).toBe(0);
  });
});

describe("installed in an empty directory", () => {
  const lint = () =>
    run(crllint, "--now=2024-03-26T00:00:00Z", "--select=issuer", "-fcompact", `${incident}.pem`, `${incident}.crl`);

  test("the command lints", () => {
    const { status, stdout, stderr } = lint();
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toContain("error issuer/not-byte-identical: ");
  });

  test("the command finds the files that it loads on demand", () => {
    expect(run(crllint, "--version")).toEqual({ status: 0, stdout: `crllint ${version}\n`, stderr: "" });
    expect(run(crllint, "complete", "--", "--fail-on", "nev")).toEqual({
      status: 0,
      stdout: "never\t\n:4\n",
      stderr: "",
    });
    expect(run(crllint, "explain", "issuer/not-byte-identical")).toMatchObject({ status: 0, stderr: "" });
    expect(run(crllint, "fixture", "issuer/not-byte-identical", "--out", "try")).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  test("the service answers", async () => {
    const child = spawn(process.execPath, [crllint, "serve", "--listen", "127.0.0.1:0"], { cwd: empty });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const address = /^listening on (?<address>\S+)\n$/u.exec(String(line))?.groups?.["address"] ?? "";
    const [crl, issuer] = [readFileSync(`${incident}.crl`), readFileSync(`${incident}.pem`)];
    const body = JSON.stringify({ crl: crl.toString("base64"), issuer: String(issuer), now: "2024-03-26" });
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${address}/v1/lint`, { method: "POST", headers, body });
    expect([response.status, response.headers.get("crllint-verdict")]).toEqual([200, "fail"]);
    child.kill();
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test("the library lints, with import and with require", () => {
    const program = `
      const { lintCrl } = crllint;
      const [crl, issuer] = ["crl", "pem"].map((end) => fs.readFileSync(${JSON.stringify(incident)} + "." + end));
      const { findings } = lintCrl({ crl, issuer, now: new Date("2024-03-26T00:00:00Z") });
      console.log(findings.some(({ rule }) => rule === "issuer/not-byte-identical"));`;
    const module = `import * as crllint from "crllint"; import fs from "node:fs"; ${program}`;
    const common = `const fs = require("fs"); import("crllint").then((crllint) => { ${program} });`;
    expect(run(process.execPath, "--input-type=module", "-e", module)).toMatchObject({ status: 0, stdout: "true\n" });
    expect(run(process.execPath, "-e", common)).toMatchObject({ status: 0, stdout: "true\n" });
  });

  test("the code for completions is not loaded for linting", () => {
    writeFileSync(join(empty, "node_modules/@bomb.sh/tab/dist/index.mjs"), 'throw new Error("loaded");');
    expect(run(crllint, "complete", "--", "")).toMatchObject({ status: 2, stderr: expect.stringContaining("loaded") });
    expect(lint()).toMatchObject({ status: 1, stderr: "" });
  });
});

describe("the code cache", () => {
  const isWindows = process.platform === "win32";
  const home = join(folder, "home");
  const cache = join(home, isWindows ? "crllint" : ".cache/crllint");
  const spy = join(folder, "spy.cjs");
  const seen = join(folder, "seen.json");

  beforeAll(() => {
    writeFileSync(
      spy,
      `const vm = require("node:vm");
      const { Script } = vm;
      const caches = [];
      vm.Script = class extends Script {
        constructor(code, options) {
          super(code, options);
          caches.push(options.cachedData === undefined ? "none" : this.cachedDataRejected ? "rejected" : "loaded");
        }
      };
      const isPublic = (name) => /^NativeModule (?!internal)/.test(name);
      const before = new Set(process.moduleLoadList);
      process.on("exit", () => {
        const files = Object.keys(require.cache).filter((file) => file !== __filename);
        const modules = process.moduleLoadList.filter((name) => !before.has(name) && isPublic(name));
        require("node:fs").writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ caches, files, modules }));
      });`,
    );
  });
  beforeEach(() => {
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home);
  });

  /** Starts the command for a user with this home; returns the caches, files and modules of Node that it loaded. */
  function start(args: readonly string[] = [], more: Readonly<Record<string, string | undefined>> = {}, code = 0) {
    const command = ["--require", spy, join(empty, "node_modules/crllint/dist/cli/main.cjs")];
    const call = args.length > 0 ? args : ["--now=2024-03-26T00:00:00Z", `${incident}.pem`, `${incident}.sound.crl`];
    const env = { HOME: home, LOCALAPPDATA: home, SystemRoot: process.env["SystemRoot"], ...more };
    const { status, stdout, stderr } = spawnSync(process.execPath, [...command, ...call], {
      cwd: empty,
      env,
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: code, stderr: "" });
    return {
      stdout,
      ...(JSON.parse(readFileSync(seen, "utf8")) as {
        readonly caches: readonly string[];
        readonly files: readonly string[];
        readonly modules: readonly string[];
      }),
    };
  }

  test("is stored by the first run for this user alone, and loaded by later runs", () => {
    const first = start();
    expect(first.caches).toEqual(["none"]);
    const names = readdirSync(cache);
    expect(names).toHaveLength(1);
    const files = [cache, ...names.map((name) => join(cache, name))].map((path) => statSync(path));
    if (!isWindows) expect(files.map(({ mode }) => mode & 0o777)).toEqual([0o700, 0o600]);
    expect(start()).toEqual({ ...first, caches: ["loaded"] });
    expect(statSync(join(cache, names[0] ?? "")).ino).toBe(files[1]?.ino);
  });

  // It would lack most of the code that a lint run needs, and every later run would compile that again.
  test.each([
    ["does not lint", ["--version"], 0],
    ["could lint nothing", ["missing.pem", "missing.crl"], 2],
  ])("is not stored by a run that %s", (_, args, code) => {
    start(args, {}, code);
    expect(existsSync(cache)).toBe(false);
  });

  test.runIf(!isWindows).each([
    ["the parent folder", ""],
    ["the folder", "crllint"],
    ["the file", "crllint/core"],
  ])("is not loaded if others can write to %s", (_, part) => {
    start();
    const [name = ""] = readdirSync(cache);
    chmodSync(join(home, ".cache", part === "crllint/core" ? `crllint/${name}` : part), 0o770);
    expect(start().caches).toEqual(["none"]);
  });

  test.runIf(process.geteuid?.() === 0)(
    "is not loaded if another user owns it, and not stored in another user's home",
    () => {
      start();
      const [name = ""] = readdirSync(cache);
      chownSync(join(cache, name), 1, 1);
      expect(start().caches).toEqual(["none"]);
      const other = join(home, "other");
      mkdirSync(other);
      chownSync(other, 1, 1);
      start([], { HOME: other });
      expect(readdirSync(other)).toEqual([]);
    },
  );

  test("is replaced if it is damaged", () => {
    start();
    const [name = ""] = readdirSync(cache);
    const file = join(cache, name);
    const bytes = readFileSync(file);
    for (const at of [0, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(file, changed);
      expect(start().caches).toEqual(["none"]);
      expect(start().caches).toEqual(["loaded"]);
    }
  });

  test("is replaced if its code fails", () => {
    start();
    const [name = ""] = readdirSync(cache);
    const core = join(empty, "node_modules/crllint/dist/cli/core.cjs");
    // V8 compares only the length of the source. The flags of this process would be another reason to reject the code.
    const make = `const [core, file] = process.argv.slice(1);
const { createHash } = require("node:crypto");
const { readFileSync, statSync, writeFileSync } = require("node:fs");
const code = readFileSync(core, "latin1");
const wrapped = "(function (exports, require, module, __filename, __dirname) { " + code + "\\n})";
const other = "(function () { throw new Error('wrong code') })".padEnd(wrapped.length);
const cached = new (require("node:vm").Script)(other, { filename: core }).createCachedData();
const identity = code.slice(0, code.indexOf("\\n")) + " " + statSync(core).mtimeMs;
const digest = createHash("sha256").update(identity).update(cached).digest();
writeFileSync(file, Buffer.concat([digest, cached]));`;
    execFileSync(process.execPath, ["-e", make, core, join(cache, name)]);
    expect(start().caches).toEqual(["loaded"]);
    expect(start().caches).toEqual(["none"]);
    expect(start().caches).toEqual(["loaded"]);
  });

  test("is replaced if the code is another, of another build or changed by hand", () => {
    start();
    const core = join(empty, "node_modules/crllint/dist/cli/core.cjs");
    const [code, { atime, mtime }] = [readFileSync(core, "latin1"), statSync(core)];
    const build = code.slice("// ".length, code.indexOf("\n"));
    expect(build).toBe(
      createHash("sha256")
        .update(code.slice(code.indexOf("\n") + 1))
        .digest("hex"),
    );
    writeFileSync(core, code.replace(build, build.replaceAll(/./gu, "0")));
    utimesSync(core, atime, mtime);
    expect(start().caches).toEqual(["none"]);
    writeFileSync(core, code);
    utimesSync(core, atime, new Date(mtime.getTime() + 1000));
    expect(start().caches).toEqual(["none"]);
    utimesSync(core, atime, mtime);
  });

  test.each([
    ["NODE_DISABLE_COMPILE_CACHE is set", { NODE_DISABLE_COMPILE_CACHE: "1" }],
    ["NODE_COMPILE_CACHE is set", { NODE_COMPILE_CACHE: join(folder, "of-node") }],
    ["the user has no home", { HOME: undefined, LOCALAPPDATA: undefined }],
  ])("is not used if %s", (_, variables) => {
    expect(start([], variables).caches).toEqual([]);
    expect(readdirSync(home)).toEqual([]);
  });

  test("is not stored if the home is not writable, without an error", () => {
    const file = join(home, "file");
    writeFileSync(file, "");
    expect(start([], { HOME: file, LOCALAPPDATA: file }).caches).toEqual(["none"]);
  });

  test("lets a run with a valid CRL load only 2 files, less than 830 KB in total, and few modules of Node", () => {
    const { files, modules } = start();
    expect(files.map((file) => basename(file))).toEqual(["main.cjs", "core.cjs"]);
    // Streams belong to node:crypto.
    const needed = new Set(["crypto", "process", "stream", "stream/promises", "string_decoder"]);
    expect(modules.filter((name) => !needed.has(name.replace("NativeModule ", "")))).toEqual([]);
    expect(files.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(830_000);
  });
});

describe("the layout of the image", () => {
  const image = join(folder, "image");
  const corpus = join(folder, "corpus");
  const count = 80;
  const work = join(folder, "work");

  beforeAll(() => {
    // The files that the Dockerfile copies. Its build stage keeps only the packages that are installed with crllint.
    const own = join(empty, "node_modules/crllint");
    for (const name of ["package.json", "LICENSE", "dist"])
      cpSync(join(own, name), join(image, name), { recursive: true });
    cpSync(join(empty, "node_modules"), join(image, "node_modules"), {
      recursive: true,
      filter: (path) => path !== own && !path.includes(".bin"),
    });
    mkdirSync(join(corpus, "ca"), { recursive: true });
    mkdirSync(join(corpus, "crls"));
    mkdirSync(work);
    writeFileSync(join(corpus, "ca/ca.der"), kit.ca.certificate);
    // Valid at the time in the manifest, and enough for every pod to have one.
    const { crl } = kit.crl({ thisUpdate: "2026-11-22T00:00:00Z", nextUpdate: "2026-11-28T23:59:59Z" });
    for (let i = 0; i < count; i += 1) writeFileSync(join(corpus, `crls/${i}.crl`), crl);
  });

  /** The arguments of the entry point in the image. */
  const entry = JSON.parse(
    /^ENTRYPOINT (?<list>.+)$/mu.exec(readFileSync(join(root, "Dockerfile"), "utf8"))?.groups?.["list"] ?? "[]",
  ) as readonly string[];
  const start = entry.slice(1).map((path) => path.replace(/^\/crllint/u, image));

  /** Starts the entry point as in a pod: without PATH, and with only the variables of the manifest. */
  function pod(args: readonly string[], env: Readonly<Record<string, string>>) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...start, ...args], {
      cwd: work,
      encoding: "utf8",
      env,
    });
    return { status, stdout, stderr };
  }

  test("the pods of the Job in docs/many-files.md lint all files, and merge joins them", () => {
    const page = readFileSync(join(root, "docs/many-files.md"), "utf8");
    const blocks = [...page.matchAll(/```yaml\n(?<yaml>[\s\S]*?)```/gu)].map(({ groups }) => groups?.["yaml"] ?? "");
    const { spec } = parse(blocks.find((block) => block.includes("kind: Job")) ?? "") as {
      readonly spec: {
        readonly completions: number;
        readonly template: {
          readonly spec: {
            readonly containers: readonly [
              {
                readonly args: readonly string[];
                readonly env: readonly { readonly name: string; readonly value: string }[];
              },
            ];
          };
        };
      };
    };
    const [{ args, env: given }] = spec.template.spec.containers;
    const reports = Array.from({ length: spec.completions }, (_, index) => {
      const variables = given.map(({ name, value }) => [name, value] as const);
      const env = { ...Object.fromEntries(variables), JOB_COMPLETION_INDEX: String(index) };
      const replaced = args.map((arg) =>
        arg.replace("$(JOB_COMPLETION_INDEX)", String(index)).replace("/corpus", corpus),
      );
      expect(pod(replaced, env)).toMatchObject({ status: 0, stderr: "" });
      return join(corpus, `part-${index}.json`);
    });
    const merged = pod(["merge", "-f", "compact", ...reports], {});
    expect(merged.status).toBe(0);
    expect(merged.stdout.match(/^.*\.crl: verdict pass$/gmu)).toHaveLength(count);
  });

  test("the entry point prints the version", () => {
    expect(pod(["--version"], {})).toEqual({ status: 0, stdout: `crllint ${version}\n`, stderr: "" });
  });
});

describe("licenses", () => {
  const permissive = new Set(["MIT", "ISC", "BSD-3-Clause", "0BSD"]);

  test("every runtime package has a permissive license and no install script", () => {
    const violations = runtimePackages().filter(
      ({ license, hasInstallScript }) => hasInstallScript || !permissive.has(license ?? ""),
    );
    expect(violations).toEqual([]);
  });

  test("THIRD-PARTY-LICENSES names every runtime package, with the license texts", () => {
    const text = readFileSync(join(folder, "dist/THIRD-PARTY-LICENSES"), "utf8");
    const named = (packageName: string, license = "") =>
      text.includes(`${packageName} `) && text.includes(`(${license})\n`);
    expect(runtimePackages().filter(({ name, license }) => !named(name, license))).toEqual([]);
    expect(text).toContain("Permission is hereby granted, free of charge");
  });
});
