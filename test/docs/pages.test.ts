import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CommanderError, type Command } from "commander";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { makeProgram } from "../../src/cli/program.ts";
import { hasBash } from "../support/tools.ts";
import { callsIn } from "./command-lines.ts";
import { type Block, blocksOf, readPage, root, spansOf, writtenPages } from "./markdown.ts";

const blocks = writtenPages().flatMap((file) => blocksOf(file));
const titled = (list: readonly Block[]) => list.map((block) => [`${block.file}:${block.line}`, block] as const);

const io = {
  write: () => Promise.resolve(true),
  writeError: () => Promise.resolve(true),
  // oxlint-disable-next-line require-yield -- there is no input
  async *readStdin() {},
  env: {},
  isTty: false,
  isErrorTty: false,
  program: [],
  columns: undefined,
  now: () => 0,
};

/** Returns the usage error of crllint for arguments, without running a command; undefined if there is none. */
async function usageError(args: readonly string[]): Promise<string | undefined> {
  const program = makeProgram(io, () => {});
  const removeAction = (command: Command): void => {
    command.action(() => {}).configureOutput({ writeOut: () => {}, writeErr: () => {} });
    for (const sub of command.commands) removeAction(sub);
  };
  removeAction(program);
  try {
    // A variable is a valid value of its option. The options that check their value accept a number.
    const filled = args.map((arg) => arg.replaceAll(/\$\{\{[^}]*\}\}|\$\{\w+\}|\$\w+/gu, "1"));
    await program.parseAsync(filled, { from: "user" });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? undefined : error.message;
  }
}

const commands = new Set(["lint", ...makeProgram(io, () => {}).commands.map((command) => command.name())]);

/**
 * Every crllint command in the documents, in blocks and in code spans, except spans with only the name of a command.
 */
const calls = [
  ...blocks
    .filter(({ language, marks }) => language !== "text" || marks.has("commands"))
    .flatMap(({ file, line, text }) => callsIn(text).map((call) => ({ ...call, file, line: line + call.line }))),
  ...writtenPages().flatMap((file) =>
    spansOf(file)
      .filter(({ text }) => /^(?:npx )?crllint /u.test(text))
      .flatMap(({ line, text }) => callsIn(text).map((call) => ({ ...call, file, line })))
      .filter(({ args }) => args.length > 1 || !commands.has(args[0] ?? "")),
  ),
];

describe("crllint commands in the documents", () => {
  test("are found", () => {
    expect(calls.length).toBeGreaterThan(30);
  });

  test.each(calls.map(({ file, line, args }) => [`${file}:${line}: crllint ${args.join(" ")}`, args] as const))(
    "%s: valid arguments",
    async (_, args) => {
      expect(await usageError(args)).toBeUndefined();
      // Otherwise a word that looks like a command is a file.
      if (/^[a-z-]+$/u.test(args[0] ?? "") && args[0]?.startsWith("-") === false) expect(commands).toContain(args[0]);
    },
  );

  test("are rejected with an unknown option, choice, command or value", async () => {
    const bad = ["--nonsense ca.pem", "-f yaml ca.pem", "--now yesterday ca.pem", "--report crl.xml ca.pem", "explain"];
    const errors = await Promise.all(bad.map((line) => usageError(line.split(" "))));
    expect(errors.map((text) => typeof text)).toEqual(bad.map(() => "string"));
  });
});

test("the help and all pages define exit code 2 with the same words", () => {
  let help = "";
  const program = makeProgram(io, () => {}).configureOutput({ writeOut: (text) => (help += text) });
  program.outputHelp();
  const [meaning = ""] = /(?<=2 undecided: )[^.]+/u.exec(help.replaceAll("\n", " ")) ?? [];
  expect(meaning).toContain("usage error");
  const oneLine = (file: string): string => readPage(file).replaceAll(/\s+/gu, " ");
  for (const file of ["README.md", "docs/ci.md", "action.yml", "man/crllint.1"])
    expect(oneLine(file)).toContain(meaning);
});

test("callsIn finds crllint commands in shell text and in workflows", () => {
  const text = [
    "crllint a.pem 'b c.crl' # crllint --not-this",
    "cat a | crllint -   ",
    'if ! crllint --previous "old $x.crl" \\\n  "$@" next.crl; then exit 1; fi',
    "- run: npx crllint crls/ && npx --no-install crllint show x",
    "echo about crllint here; x=$(CRLLINT_FORMAT=json crllint y.crl 2>&1)",
  ].join("\n");
  expect(callsIn(text)).toEqual([
    { line: 0, args: ["a.pem", "b c.crl"] },
    { line: 1, args: ["-"] },
    { line: 2, args: ["--previous", "old $x.crl", "next.crl"] },
    { line: 4, args: ["crls/"] },
    { line: 4, args: ["show", "x"] },
    { line: 5, args: ["y.crl"] },
  ]);
});

describe.skipIf(!hasBash)("shell in the documents has valid syntax", () => {
  test.each(titled(blocks.filter(({ language }) => language === "sh")))("%s", (_, { text }) => {
    expect(() => execFileSync("bash", ["-n"], { input: text, stdio: ["pipe", "ignore", "pipe"] })).not.toThrow();
  });
});

describe("JSON and YAML in the documents have valid syntax", () => {
  test.each(titled(blocks.filter(({ language }) => language === "json")))("%s", (_, { text }) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow();
  });

  test.each(titled(blocks.filter(({ language }) => language === "yaml")))("%s", (_, { text }) => {
    expect(parseAllDocuments(text).flatMap(({ errors }) => errors)).toEqual([]);
  });
});

test("every block of code has a language", () => {
  expect(blocks.filter(({ language }) => language === "").map(({ file, line }) => `${file}:${line}`)).toEqual([]);
});

describe("links between pages have existing targets", () => {
  const anchorsOf = (file: string): readonly string[] =>
    [...readPage(file).matchAll(/^#+ (?<title>.*)$/gmu)].map(({ groups }) =>
      (groups?.["title"] ?? "")
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(" ", "-"),
    );

  test.each(writtenPages())("%s", (file) => {
    const links = [...readPage(file).matchAll(/\]\((?<target>[^)\s]+)\)/gu)].map(
      ({ groups }) => groups?.["target"] ?? "",
    );
    const broken = links.filter((link) => {
      if (/^[a-z]+:/u.test(link)) return false;
      const target = new URL(link, new URL(file, root));
      const name = fileURLToPath(new URL(target.pathname, root));
      if (!existsSync(name)) return true;
      const anchor = target.hash.slice(1);
      return anchor !== "" && !anchorsOf(target.pathname.slice(root.pathname.length)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});

test("every page is reachable from the README", () => {
  const seen = new Set(["README.md"]);
  for (const file of seen) {
    for (const { groups } of readPage(file).matchAll(/\]\((?<target>[^)\s:#]+\.md)(?:#[^)\s]*)?\)/gu)) {
      const { pathname } = new URL(groups?.["target"] ?? "", new URL(file, root));
      seen.add(pathname.slice(root.pathname.length));
    }
  }
  expect(writtenPages().filter((file) => !seen.has(file))).toEqual([]);
});
