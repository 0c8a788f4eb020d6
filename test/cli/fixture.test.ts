import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rules } from "../../src/index.ts";
import { crllint, type CommandResult, Workbench } from "./workbench.ts";

const bench = new Workbench();
const before = process.cwd();
let result: CommandResult | undefined;
beforeAll(async () => (result = await crllint(["fixture", "--all", "--out", bench.folder])));
afterAll(() => bench.clear());

/** An example in the README of a rule: the ids that its command reports, what it lacks, and the command. */
const entry =
  /^(?<ids>.*?)(?: in (?<where>\S+?))?(?<lacks>, with .*`lintCrl`.*)?:\n\n```sh\ncrllint (?<args>.*)\n```$/gmu;

/** Rules whose examples differ in what further rules report: all their commands are run. */
const varied = /^(?:manifest|set|input)\/|^time\/next-update-not-after-this-update$/u;

test("fixture --all writes a directory for each rule", () => {
  expect(result).toMatchObject({ code: 0, err: "" });
  expect(result?.out.split("\n")).toHaveLength(rules.length + 1);
});

test.each(rules.map(({ id }) => id))(
  "the commands in the README of fixture %s report exactly the rules that it names",
  async (id) => {
    process.chdir(join(bench.folder, id));
    try {
      const examples = [...readFileSync("README.md", "utf8").matchAll(entry)].map(({ groups }) => groups ?? {});
      const rule = rules.find((each) => each.id === id);
      const { bad, good } = rule?.examples() ?? { bad: [], good: [] };
      expect(examples).toHaveLength(bad.length + good.length);
      const tried = new Set<string>();
      for (const { ids = "", where, lacks, args = "" } of examples) {
        // Commands that differ only in the number of the example run once: test/rules.test.ts lints each example.
        const kind = `${ids} ${varied.test(id) ? args : args.replaceAll(/-\d+\b/gu, "")}`;
        if (lacks !== undefined || tried.has(kind)) continue;
        tried.add(kind);
        const { out } = await crllint([...args.replaceAll("'", "").split(" "), "-f", "json"]);
        const { runs } = JSON.parse(out) as { runs: { crl: string; findings: { rule: string }[] }[] };
        const own = runs.filter(({ crl }) => where === undefined || crl === where);
        const found = new Set(own.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
        const named = Array.from(ids.matchAll(/`(?<rule>[^`]+)`/gu), ({ groups }) => groups?.["rule"] ?? "");
        expect([args, [...found].sort()]).toEqual([args, [...named].sort()]);
      }
    } finally {
      process.chdir(before);
    }
  },
);

describe("only files that crllint wrote are replaced", () => {
  const id = "time/expired";
  const folder = (name: string): string => {
    const path = join(bench.folder, "own", name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const write = (out: string, ...more: readonly string[]): Promise<CommandResult> =>
    crllint(["fixture", ...(more.length === 0 ? [id] : more), "--out", out]);
  const refused = (path: string, why: string): CommandResult => ({
    code: 2,
    out: "",
    err: `error: ${path} ${why}\n(see crllint fixture --help)\n`,
  });
  const notOwn = "exists, and crllint did not write it; name another directory";

  test.each(["README.md", "bad-1.crl", "good-1.ca.pem"])("not a %s of the user", async (name) => {
    const out = folder(`user-${name}`);
    writeFileSync(join(out, name), "my project\n");
    expect(await write(out)).toEqual(refused(join(out, name), notOwn));
    expect(readdirSync(out)).toEqual([name]);
    expect(readFileSync(join(out, name), "utf8")).toBe("my project\n");
  });

  test("not a limbo.json of another program", async () => {
    const out = folder("limbo");
    const text = JSON.stringify({ version: 1, testcases: [{ id: "rfc5280::nc" }] }, null, 2);
    writeFileSync(join(out, "limbo.json"), text);
    expect(await write(out, id, "--format", "limbo")).toEqual(refused(join(out, "limbo.json"), notOwn));
    expect(readFileSync(join(out, "limbo.json"), "utf8")).toBe(text);
  });

  test.skipIf(process.platform === "win32").each([
    ["README.md", [id]],
    ["bad-1.crl", [id]],
    ["limbo.json", [id, "--format", "limbo"]],
  ])("nothing through a symbolic link: %s", async (name, args) => {
    const target = folder(`target-${name}`);
    expect((await write(target, ...args)).code).toBe(0);
    const before = readFileSync(join(target, name));
    const out = folder(`link-${name}`);
    symlinkSync(join(target, name), join(out, name));
    expect(await write(out, ...args)).toEqual(refused(join(out, name), "is a symbolic link; remove it"));
    expect(lstatSync(join(out, name)).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(target, name))).toEqual(before);
  });

  test.skipIf(process.platform === "win32")("nothing through a linked directory", async () => {
    const out = folder("linked");
    const target = folder("elsewhere");
    symlinkSync(target, join(out, "bad-1"));
    expect(await write(out, "manifest/not-one-crl")).toEqual(
      refused(join(out, "bad-1"), "is a symbolic link; remove it"),
    );
    expect(readdirSync(target)).toEqual([]);
  });

  test.each([[[id]], [[id, "--format", "limbo"]]])("%j runs again, and after another rule", async (args) => {
    const out = folder(`again-${args.length}`);
    const first = await write(out, ...args);
    const contents = (): readonly Buffer[] => readdirSync(out).map((name) => readFileSync(join(out, name)));
    const before = contents();
    expect([first.code, await write(out, ...args), contents()]).toEqual([0, first, before]);
    expect((await write(out, "time/next-update-missing", ...args.slice(1))).code).toBe(0);
    expect(await write(out, ...args)).toEqual(first);
  });

  test("a run that was interrupted before its README is repeated", async () => {
    const [whole, out] = [folder("whole"), folder("interrupted")];
    const first = await write(whole);
    writeFileSync(join(out, "bad-1.crl"), readFileSync(join(whole, "bad-1.crl")));
    expect((await write(out)).code).toBe(first.code);
  });

  test("a directory whose name is like a pattern", async () => {
    const out = folder("a[1]{b,c}(d)");
    expect((await write(out)).code).toBe(0);
    expect(readFileSync(join(out, "README.md"), "utf8")).toContain("\n`time/expired`:\n");
  });
});
