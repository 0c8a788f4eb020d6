import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rules } from "../../src/index.ts";
import { crllint, type CommandResult, Workbench } from "./workbench.ts";

const bench = new Workbench();
const before = process.cwd();
let result: CommandResult | undefined;
beforeAll(async () => (result = await crllint(["fixture", "--all", "--out", bench.folder])));
afterAll(() => bench.clear());

/** An example in the README of a rule: the ids that its command reports, what it lacks, and the command. */
const entry = /^(?<ids>.*?)(?: in \S+)?(?<lacks>, with .*`lintCrl`.*)?:\n\n```sh\ncrllint (?<args>.*)\n```$/gmu;

test("fixture --all writes a directory for each rule", () => {
  expect(result).toMatchObject({ code: 0, err: "" });
  expect(result?.out.split("\n")).toHaveLength(rules.length + 1);
});

test.each(rules.map(({ id }) => id))(
  "the commands in the README of fixture %s report the rules that it names",
  async (id) => {
    process.chdir(join(bench.folder, id));
    try {
      const examples = [...readFileSync("README.md", "utf8").matchAll(entry)].map(({ groups }) => groups ?? {});
      const rule = rules.find((each) => each.id === id);
      const { bad, good } = rule?.examples() ?? { bad: [], good: [] };
      expect(examples).toHaveLength(bad.length + good.length);
      const tried = new Set<string>();
      for (const { ids = "", lacks, args = "" } of examples) {
        // Commands that differ only in the number of the example run once: test/rules.test.ts lints each example.
        const kind = `${ids.includes(`\`${id}\``)} ${args.replaceAll(/-\d+\b/gu, "")}`;
        if (lacks !== undefined || tried.has(kind)) continue;
        tried.add(kind);
        const { out } = await crllint([...args.replaceAll("'", "").split(" "), "-f", "json"]);
        const { runs } = JSON.parse(out) as { runs: { crl: string; findings: { rule: string }[] }[] };
        const own = runs.filter(({ crl }) => args.endsWith(` ${crl}`));
        const found = new Set(own.flatMap(({ findings }) => findings.map(({ rule }) => rule)));
        expect([args, ids, found.has(id)]).toEqual([args, ids, ids.includes(`\`${id}\``)]);
      }
    } finally {
      process.chdir(before);
    }
  },
);
