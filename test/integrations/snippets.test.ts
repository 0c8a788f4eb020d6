import { DOMParser } from "@xmldom/xmldom";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { pageWithRepository } from "../../scripts/docs.ts";
import { blocksOf } from "../docs/markdown.ts";
import { checkBy, close, readPublished } from "../support/json-schema.ts";
import { readPackage } from "../support/package.ts";
import { readProjectFile, readYaml, Stage, version } from "./stage.ts";

const stage = new Stage();
afterAll(() => stage.clear());

/** Checks that a JUnit report contains failures. */
function expectFailures(file: string): void {
  const suites = new DOMParser().parseFromString(stage.read(file), "text/xml").documentElement;
  expect(suites?.tagName).toBe("testsuites");
  expect(suites?.getElementsByTagName("failure").length).toBeGreaterThan(0);
}

describe("docs/ci/gitlab-ci.yml", () => {
  const pipeline = readYaml("docs/ci/gitlab-ci.yml");
  const { crllint: job } = pipeline as {
    readonly crllint: {
      readonly script: readonly string[];
      readonly artifacts: { readonly when: string; readonly reports: Readonly<Record<string, string>> };
    };
  };

  test("conforms to GitLab's schema", () => {
    const faults = checkBy(
      readPublished("gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json"),
    );
    expect(faults(pipeline)).toEqual([]);
    expect(faults({ crllint: { ...job, artefacts: {} } })).not.toEqual([]);
  });

  test("has a script that lints, fails, and writes the reports that it names", () => {
    const { code, err } = stage.bash(["-e"], job.script.join("\n"));
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(stage.read("npx-arguments")).toBe(`--yes\n--package=./crllint-${version}.tgz\ncrllint\n`);
    expect(job.artifacts.when).toBe("always");
    expect(Object.keys(job.artifacts.reports)).toEqual(["codequality", "junit"]);
    const issues = JSON.parse(stage.read(job.artifacts.reports["codequality"] ?? ""));
    expect(issues).toContainEqual(
      expect.objectContaining({
        check_name: "issuer/not-byte-identical",
        fingerprint: expect.stringMatching(/^[\da-f]{32,}$/u),
        location: { path: "crls/reversed.crl", lines: { begin: 1 } },
      }),
    );
    expectFailures(job.artifacts.reports["junit"] ?? "");
  });
});

describe("docs/ci/Jenkinsfile", () => {
  const text = readProjectFile("docs/ci/Jenkinsfile");
  const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(({ groups }) => groups?.["what"] ?? "");

  test("has a command that lints, fails, and writes the reports that it names", () => {
    const [command = "exit 0", ...others] = named(/\bsh '(?<what>[^']+)'/gu);
    expect(others).toEqual([]);
    const { code, err } = stage.bash(["-e"], command);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(stage.read("npx-arguments")).toBe(`--yes\n--package=./crllint-${version}.tgz\ncrllint\n`);
    const [junit = ""] = named(/\bjunit '(?<what>[^']+)'/gu);
    expectFailures(junit);
    const [sarif = ""] = named(/\bsarif\(pattern: '(?<what>[^']+)'\)/gu);
    expect(JSON.parse(stage.read(sarif)).version).toBe("2.1.0");
  });

  test("has balanced brackets", () => {
    const open: string[] = [];
    for (const bracket of text.replaceAll(/\/\/.*|'[^']*'|"[^"]*"/gu, "").match(/[()[\]{}]/gu) ?? []) {
      if ("([{".includes(bracket)) open.push({ "(": ")", "[": "]", "{": "}" }[bracket] ?? "");
      else expect(open.pop()).toBe(bracket);
    }
    expect(open).toEqual([]);
  });
});

describe(".pre-commit-hooks.yaml", () => {
  const hooks = readYaml(".pre-commit-hooks.yaml");
  const [hook] = hooks as readonly [Readonly<Record<string, unknown>>];
  const schema = readPublished("pre-commit-hooks.json");

  test("conforms to the published schema, as does the configuration in docs/ci.md", () => {
    expect(checkBy(schema)(hooks)).toEqual([]);
    const shown = blocksOf("docs/ci.md").find(({ text }) => text.startsWith("repos:"));
    const faults = checkBy(close(readPublished("pre-commit-config.json")), { schemas: [schema] });
    expect(faults(parse(shown?.text ?? ""))).toEqual([]);
    expect(faults({ repos: [{ repo: "https://example.com/crllint", revision: "v0.1.0" }] })).not.toEqual([]);
  });

  test("has the expected keys, and runs a command of the package", () => {
    expect(Object.keys(hook).sort()).toEqual(
      ["id", "name", "description", "entry", "language", "files", "require_serial"].sort(),
    );
    expect(hook).toMatchObject({ language: "node", require_serial: true });
    expect(readPackage().bin).toHaveProperty([String(hook["entry"])]);
  });

  test.each([
    ["crls/a.crl", true],
    ["ca.pem", true],
    ["a.der", true],
    ["root.arl", true],
    ["12d0da68.r0", true],
    ["crls.p7b", true],
    ["a.r", false],
    ["a.crl.txt", false],
    ["acrl", false],
  ])("lints %s: %j", (name, isLinted) => {
    expect(new RegExp(String(hook["files"]), "u").test(name)).toBe(isLinted);
  });

  test("lints all files in one run", () => {
    expect(stage.bash([], "crllint -q -fcompact --select=issuer ca/ crls/reversed.crl ca/ca.pem")).toMatchObject({
      code: 1,
      err: "",
      out: expect.stringMatching(/^crls\/reversed\.crl:\d+\+\d+: error issuer\/not-byte-identical: /u),
    });
  });
});

test("docs/ci.md names the repository of package.json, and other pages do not name a repository", () => {
  const page = readProjectFile("docs/ci.md");
  expect(pageWithRepository(page)).toBe(page);
  const repository = readPackage().repository.replace("github:", "");
  expect(page.split(repository)).toHaveLength(3);
  // A release changes the owner and the version.
  const older = page.replaceAll(repository, "someone/crllint").replaceAll(`v${version}`, "v0.0.1");
  expect(pageWithRepository(older)).toBe(page);
  const pages = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "action.yml", "docs/library.md", "docs/service.md"];
  for (const other of pages) expect(readProjectFile(other), other).not.toContain("OWNER");
});

describe("Dockerfile", () => {
  const lines = readProjectFile("Dockerfile").split("\n");
  const ignored = readProjectFile(".dockerignore").split("\n");
  test("uses the same Node version in both stages, and makes an image without root user and shell", () => {
    expect(lines.filter((line) => line.startsWith("FROM "))).toEqual([
      "FROM node:24-slim AS build",
      expect.stringMatching(/^FROM gcr\.io\/distroless\/nodejs24-debian\d+:nonroot$/u),
    ]);
    expect(lines).toContain("USER nonroot");
    const entry = lines.find((line) => line.startsWith("ENTRYPOINT "));
    expect(JSON.parse(entry?.slice("ENTRYPOINT ".length) ?? "")).toEqual([
      "/nodejs/bin/node",
      `/crllint/${readPackage().bin["crllint"]}`,
    ]);
  });

  test("has all files that the build copies in its build context", () => {
    expect(ignored[0]).toBe("*");
    const copied = lines.flatMap(
      (line) => /^COPY (?!--from)(?<what>.+) \S+$/u.exec(line)?.groups?.["what"]?.split(" ") ?? [],
    );
    const sent = ignored.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
    expect(sent).toEqual(expect.arrayContaining(copied.filter((name) => name !== ".")));
  });
});
