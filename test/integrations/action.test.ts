import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { reversedCrl } from "../cli/workbench.ts";
import { checkBy, readPublished } from "../support/json-schema.ts";
import { type ScriptResult, readYaml, Stage } from "./stage.ts";

interface Action {
  readonly name: string;
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly id?: string;
      readonly shell: string;
      readonly env: Readonly<Record<string, string>>;
      readonly run: string;
    }[];
  };
}

const action = readYaml("action.yml") as Action;
const stages: Stage[] = [];
let stage: Stage;
beforeEach(() => {
  stage = new Stage();
  stages.push(stage);
});
afterAll(() => stages.forEach((each) => each.clear()));

/** Runs the steps like GitHub's runner: replaces expressions in `env`, and runs each script as a file, up to an error. */
function runAction(inputs: Readonly<Record<string, string>>): ScriptResult {
  let result: ScriptResult = { code: 0, out: "", err: "" };
  for (const { shell, env, run } of action.runs.steps) {
    expect(shell).toBe("bash");
    const given = Object.entries(env).map(([name, value]) => {
      const input = /^\$\{\{ inputs\.(?<name>[a-z-]+) \}\}$/u.exec(value)?.groups?.["name"] ?? "";
      expect(action.inputs).toHaveProperty([input]);
      return [name, inputs[input] ?? action.inputs[input]?.default ?? ""];
    });
    result = stage.bash(["--noprofile", "--norc", "-e", "-o", "pipefail"], run, {
      ...Object.fromEntries(given),
      GITHUB_ACTION_PATH: join(stage.folder, "clone"),
      RUNNER_TEMP: join(stage.folder, "runner temp"),
      GITHUB_OUTPUT: join(stage.folder, "output"),
      GITHUB_STEP_SUMMARY: join(stage.folder, "summary.md"),
    });
    if (result.code !== 0) return result;
  }
  return result;
}

test("action.yml conforms to the schema, and its scripts contain no expressions", () => {
  // The published schema is old and requires `required` for every input; for GitHub, the default is false.
  expect(checkBy(readPublished("github-action.json"))(action)).toEqual(
    Object.entries(action.inputs)
      .filter(([, input]) => !("required" in input))
      .map(([name]) => `/inputs/${name} must have required property 'required'`),
  );
  expect(Object.keys(action)).toEqual(["name", "description", "branding", "inputs", "outputs", "runs"]);
  expect(action.runs.using).toBe("composite");
  expect(action.outputs["exit-code"]?.value).toBe("${{ steps.lint.outputs.exit-code }}");
  expect(action.runs.steps.map(({ id }) => id)).toEqual([undefined, "lint"]);
  for (const { run } of action.runs.steps) expect(run).not.toContain("${{");
});

describe("running the steps", () => {
  test("builds the clone of the action, installs no published crllint, and lints", () => {
    expect(runAction({ files: "ca/\ngood/\n", "fail-on": "never" })).toMatchObject({ code: 0, err: "" });
    expect(stage.read("npm-arguments")).toBe("ci\n--ignore-scripts\n--no-audit\n--no-fund\nrun\nbuild\n");
    expect(stage.read("output")).toBe("exit-code=0\n");
  });

  test("fails for a CRL with an error, which is in the annotations, the summary and the SARIF file", () => {
    const { code, out, err } = runAction({ files: "ca/\ncrls/", profile: "rfc5280" });
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toMatch(/^::error file=crls\/reversed\.crl,.*issuer\/not-byte-identical/mu);
    expect(stage.read("output")).toBe("exit-code=1\n");
    expect(stage.read("summary.md")).toContain("issuer/not-byte-identical");
    const [{ results }] = JSON.parse(stage.read("crllint.sarif")).runs;
    expect(results.map((result: { ruleId: string }) => result.ruleId)).toContain("issuer/not-byte-identical");
  });

  test("accepts further reports and options, one per line", () => {
    const ended = runAction({
      files: "crls/*.crl",
      sarif: "",
      report: "junit=a b.xml\njson=run.json",
      arguments: "--issuer=ca/ca.pem\n--select=issuer/not-byte-identical\n",
      format: "compact",
    });
    expect(ended).toMatchObject({ code: 1, err: "" });
    expect(ended.out).toMatch(/^crls\/reversed\.crl:\d+\+\d+: error issuer\/not-byte-identical: /u);
    expect(stage.read("a b.xml")).toContain("<testsuites");
    expect(JSON.parse(stage.read("run.json")).kinds[0]).toHaveLength(1);
    expect(existsSync(join(stage.folder, "crllint.sarif"))).toBe(false);
  });

  test("exits with 2 for an incomplete check, and prints a message", () => {
    expect(runAction({ files: "nowhere.crl" })).toMatchObject({ code: 2 });
    expect(stage.read("output")).toBe("exit-code=2\n");
    expect(runAction({ files: "ca/", profile: "no-such" }).err).toContain("There is no profile no-such.");
  });
});

describe("hostile names are not run as code or read as options", () => {
  const hostile = [
    'a"; echo pwned > pwned; ".crl',
    "$(echo pwned > pwned).crl",
    "`echo pwned > pwned`.crl",
    "a; echo pwned > pwned #.crl",
    "a b'c.crl",
    "--fail-on=never",
    "--help",
    "names",
  ];

  test("names of files", () => {
    stage.put("ca.pem", kit.ca.certificate);
    for (const name of hostile) stage.put(name, reversedCrl());
    const files = ["ca.pem", ...hostile].join("\n");
    const { code, out } = runAction({ files, format: "compact", arguments: "--select=issuer/not-byte-identical" });
    expect(code).toBe(1);
    const verdict = ": verdict fail (core check not selected (--select issuer/not-byte-identical))";
    expect(
      out
        .split("\n")
        .map((line) => line.replace(/:\d.*$/u, ""))
        .sort(),
    ).toEqual(["", ...hostile, ...hostile.map((name) => name + verdict), "verdict fail"].sort());
    expect(existsSync(join(stage.folder, "pwned"))).toBe(false);
  });

  test.each(hostile)("%j as the value of every input", (text) => {
    stage.program("bin/crllint", `printf '%s\\n' "$CRLLINT_PROFILE" "$CRLLINT_FAIL_ON" "$CRLLINT_FORMAT" "$@"\n`);
    const { code, out } = runAction(Object.fromEntries(Object.keys(action.inputs).map((name) => [name, text])));
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual([
      text,
      text,
      text,
      "lint",
      `--report=markdown=${stage.folder}/summary.md`,
      `--report=sarif-github=${text}`,
      `--report=${text}`,
      text,
      "--",
      text,
      "",
    ]);
    expect(stage.read("npm-arguments").trimEnd().split("\n").at(-1)).toBe(text);
    expect(existsSync(join(stage.folder, "pwned"))).toBe(false);
  });
});
