import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { hasTools } from "./support/tools.ts";
import { commandTree, escapeRoff, manPage } from "../scripts/man.ts";

const file = fileURLToPath(new URL("../man/crllint.1", import.meta.url));

test("man/crllint.1 is the output of `npm run docs`", () => {
  expect(readFileSync(file, "utf8")).toBe(manPage());
});

test("the manual page has the usual sections, in order", () => {
  expect([...manPage().matchAll(/^\.SH (?<name>.*)$/gmu)].map(({ groups }) => groups?.["name"])).toEqual([
    "NAME",
    "SYNOPSIS",
    "DESCRIPTION",
    "OPTIONS",
    "COMMANDS",
    "EXIT STATUS",
    "ENVIRONMENT",
    "FILES",
    "EXAMPLES",
  ]);
});

test.each([
  [".TH pwned", String.raw`\&.TH pwned`],
  ["'br", String.raw`\(aqbr`],
  ["a\n.so /etc/passwd", "a\n\\&.so /etc/passwd"],
  [String.raw`a\fBb`, String.raw`a\efBb`],
  ["--fail-on", String.raw`\-\-fail\-on`],
  ['say "x"', String.raw`say \(dqx\(dq`],
  ["`x` ~ ^", String.raw`\(gax\(ga \(ti \(ha`],
])("escapeRoff(%j) is %j", (text, roff) => {
  expect(escapeRoff(text)).toBe(roff);
});

/** Returns the page as a program renders it, without backspaces, and with a single space for any whitespace. */
function render(command: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(command, [...args, file], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C.UTF-8", MANWIDTH: "1000", MANPAGER: "cat" },
  });
  // oxlint-disable-next-line no-control-regex -- the pattern matches bold and underlined text
  return { status, text: stdout.replaceAll(/.\u0008|\u001b\[[\d;]*m/gu, "").replaceAll(/\s+/gu, " "), stderr };
}

/** Returns every option and command, as a user types it. */
function namesOfTree(): readonly string[] {
  const tree = commandTree();
  const all = [tree, ...tree.createHelp().visibleCommands(tree)];
  return all.flatMap((command) => [
    command === tree ? "crllint" : `crllint ${command.name()}`,
    ...command
      .createHelp()
      .visibleOptions(command)
      .map(({ flags }) => flags),
  ]);
}

test.skipIf(!hasTools("groff"))("groff renders every option and command, without a warning", () => {
  const { status, text, stderr } = render("groff", "-man", "-ww", "-Tutf8", "-rLL=1000n");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(namesOfTree().filter((name) => !text.includes(name))).toEqual([]);
});

test.skipIf(!hasTools("man"))("man renders it without a warning", () => {
  const { status, text, stderr } = render("man", "--warnings", "-l");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(text).toContain("crllint - lints X.509 certificate revocation lists");
});

test.skipIf(!hasTools("mandoc"))("mandoc reports only the missing date", () => {
  const { text } = render("mandoc", "-T", "lint", "-W", "warning");
  expect(text.replace(/^mandoc: \S+ /u, "").trim()).toBe('WARNING: missing date, using "": TH');
});
