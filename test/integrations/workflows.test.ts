import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { runtimePackages } from "../../scripts/runtime-packages.ts";
import { checkBy, readPublished } from "../support/json-schema.ts";
import { readPackage } from "../support/package.ts";
import { readProjectFile, readYaml, root, Stage, version } from "./stage.ts";

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const ci = readYaml(".github/workflows/ci.yml") as Workflow;
const release = readYaml(".github/workflows/release.yml") as Workflow;
const all = [...Object.values(ci.jobs), ...Object.values(release.jobs)].flatMap(({ steps }) => steps);
const runs = (job: Job | undefined): readonly string[] => (job?.steps ?? []).flatMap(({ run }) => run ?? []);

describe("both workflows", () => {
  test("conform to the published schema", () => {
    const faults = checkBy(readPublished("github-workflow.json"));
    expect([ci, release].map(faults)).toEqual([[], []]);
    expect(faults({ ...ci, job: {} })).toEqual([" must NOT have additional properties: job"]);
  });

  test("give each job only the permissions that it needs", () => {
    expect(ci.permissions).toEqual({ contents: "read" });
    expect(Object.values(ci.jobs).map(({ permissions }) => permissions)).toEqual([undefined, undefined, undefined]);
    expect(release.permissions).toEqual({});
    expect(release.jobs["publish"]?.permissions).toEqual({ contents: "read", "id-token": "write" });
    expect(release.jobs["sbom"]?.permissions).toEqual({ contents: "write" });
    expect(release.jobs["binary"]?.permissions).toEqual({ contents: "write" });
  });

  test("pin actions by commit, with the version in a comment, and keep no credentials", () => {
    const texts = ["ci", "release"].map((name) => readProjectFile(`.github/workflows/${name}.yml`));
    const named = texts.flatMap((text) => [...text.matchAll(/uses: (?!\.\/$)(?<what>.*)$/gmu)]);
    expect(named).toHaveLength(all.filter(({ uses }) => uses !== undefined && uses !== "./").length);
    for (const { groups } of named)
      expect(groups?.["what"]).toMatch(/^actions\/[a-z-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/u);
    for (const step of all.filter(({ uses }) => uses?.startsWith("actions/checkout@") === true)) {
      expect(step.with).toEqual({ "persist-credentials": false });
    }
  });

  test("have no expression in a script", () => {
    expect(all.filter(({ run }) => run?.includes("${{") === true)).toEqual([]);
  });

  test("call only scripts that exist", () => {
    const called = all.flatMap(({ run }) => [...(run ?? "").matchAll(/\b(?<tool>npm run|bash) (?<what>[\w./-]+)/gu)]);
    expect(called.length).toBeGreaterThan(0);
    for (const { groups } of called) {
      const what = groups?.["what"] ?? "";
      if (groups?.["tool"] === "bash") expect(existsSync(join(root, what)), what).toBe(true);
      else expect(readPackage().scripts).toHaveProperty([what]);
    }
  });
});

test("CI runs the tests on every supported Node version, and .ci/run on one", () => {
  expect(ci.jobs["node"]?.strategy?.matrix["node"]).toEqual([20, 22, 24, 26]);
  expect(runs(ci.jobs["node"])).toEqual(["npm ci", "npm test"]);
  expect(runs(ci.jobs["everything"])).toEqual(["bash .ci/run"]);
});

test("CI runs the action with the package that npm packs", () => {
  const stage = new Stage();
  onTestFinished(() => stage.clear());
  stage.program("bin/npm", `[ "$1" = pack ] && touch crllint-${version}.tgz || true\n`);
  const [pack, action] = (ci.jobs["action"]?.steps ?? []).slice(2);
  expect(stage.bash(["-e"], pack?.run ?? "exit 1", { GITHUB_OUTPUT: "outputs" })).toMatchObject({ code: 0, err: "" });
  expect(stage.read("outputs")).toBe(`package=crllint-${version}.tgz\n`);
  expect(action?.with?.["package"]).toBe("${{ github.workspace }}/${{ steps.pack.outputs.package }}");
});

test("a release is tested, and is published without a token", () => {
  expect(runs(release.jobs["publish"]).slice(2)).toEqual([
    "npm ci --ignore-scripts",
    "npm audit signatures",
    "bash .ci/run",
    "node scripts/pack.mjs",
    "npm publish --ignore-scripts --provenance --access public",
  ]);
  expect(readProjectFile(".github/workflows/release.yml")).not.toMatch(/secrets\.|NODE_AUTH_TOKEN/u);
});

test("the SBOM of a release lists exactly the packages whose code crllint runs", () => {
  const stage = new Stage();
  onTestFinished(() => stage.clear());
  for (const file of ["package.json", "package-lock.json"]) stage.put(file, readProjectFile(file));
  // The real npm, without network: the lock file has all data.
  stage.program("bin/npm", `PATH=\${PATH#*:} npm_config_offline=true exec npm "$@"\n`);
  const step = release.jobs["sbom"]?.steps.find(({ run }) => run?.includes("npm sbom") === true);
  const { code, err } = stage.bash(["-e"], step?.run ?? "exit 1");
  expect(code, err).toBe(0);
  const { components, metadata } = JSON.parse(stage.read("crllint.cdx.json"));
  expect(metadata.component.purl).toBe(`pkg:npm/crllint@${version}`);
  expect(components.map(({ purl }: { purl: string }) => decodeURIComponent(purl)).sort()).toEqual(
    runtimePackages().map((each) => `pkg:npm/${each.name}@${each.version}`),
  );
});

test("a release has an archive with executable, licenses and digest for each system", () => {
  const stage = new Stage();
  onTestFinished(() => stage.clear());
  expect(release.jobs["binary"]?.strategy?.matrix["runner"]).toEqual([
    "ubuntu-latest",
    "ubuntu-24.04-arm",
    "macos-latest",
    "windows-latest",
  ]);
  const [install, smoke, upload = "exit 1"] = runs(release.jobs["binary"]);
  expect([install, smoke]).toEqual(["npm ci --ignore-scripts", "npx vitest run test/binary.test.ts"]);
  // Substitutes for the build, which test/binary.test.ts runs, and for the upload.
  stage.program(
    "bin/npm",
    `mkdir "$4"\necho "$@" > "$4/crllint"\necho "Copyright Node.js contributors." > "$4/LICENSES"\n`,
  );
  stage.program("bin/gh", `printf '%s\n' "$@" > gh-arguments\n`);
  const env = { TAG: `v${version}`, GITHUB_REPOSITORY: "o/r" };
  expect(stage.bash(["-e", "-o", "pipefail"], upload, env)).toMatchObject({ code: 0, err: "" });
  const archive = `crllint-${version}-${process.platform}-${process.arch}.tar.gz`;
  expect(stage.read("gh-arguments").split("\n")).toEqual([
    "release",
    "upload",
    env.TAG,
    archive,
    `${archive}.sha256`,
    "--repo",
    "o/r",
    "",
  ]);
  const { code, out } = stage.bash(["-e"], `tar -tf ${archive} | sort && shasum -a 256 -c ${archive}.sha256`);
  expect([code, out]).toEqual([0, `crllint/\ncrllint/LICENSES\ncrllint/crllint\n${archive}: OK\n`]);
});

test("files that name a version of crllint name the current version", () => {
  const pages = ["ci.md", "ci/gitlab-ci.yml", "ci/Jenkinsfile", "library.md", "monitor.md", "service.md"];
  for (const path of pages.map((page) => `docs/${page}`)) {
    const named = [...readProjectFile(path).matchAll(/\bcrllint[@:-]v?(?<version>\d+\.\d+\.\d+)/gu)];
    expect(named.length, path).toBeGreaterThan(0);
    for (const { groups } of named) expect(groups?.["version"], path).toBe(version);
  }
});
