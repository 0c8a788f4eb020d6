import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { kit } from "../../src/fixture/index.ts";
import { checkBy, close, readPublished } from "../support/json-schema.ts";
import { crllint, Workbench } from "./workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

const ca = bench.put("ca/ca.der", kit.ca.certificate);
const crls = Array.from({ length: 40 }, (_, i) => bench.put(`crls/${i}.crl`, kit.crl().crl));
const folder = join(bench.folder, "crls");

async function lintedFiles(args: readonly string[], env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { code, out, err } = await crllint(["-f", "json", ca, folder, ...args], { env });
  expect([code, err]).toEqual([0, ""]);
  return (JSON.parse(out) as { readonly runs: readonly { readonly crl: string }[] }).runs.map(({ crl }) => crl);
}

describe("the shard of a pod in a Kubernetes Job", () => {
  test("depends on the index of the pod, as with --shard", async () => {
    const parts = [];
    for (const index of ["0", "1", "2"]) {
      const part = await lintedFiles([], { JOB_COMPLETION_INDEX: index, JOB_COMPLETIONS: "3" });
      expect(part).toEqual(await lintedFiles(["--shard", `${Number(index) + 1}/3`], {}));
      parts.push(...part);
    }
    expect(parts.toSorted()).toEqual(crls.toSorted());
  });

  test("is overridden by --shard, and is all files without JOB_COMPLETIONS", async () => {
    const job = { JOB_COMPLETION_INDEX: "0", JOB_COMPLETIONS: "3" };
    expect(await lintedFiles(["--shard", "2/3"], job)).toEqual(await lintedFiles(["--shard", "2/3"], {}));
    expect(await lintedFiles([], { JOB_COMPLETION_INDEX: "0" })).toHaveLength(crls.length);
  });

  test("is all files with --gate", async () => {
    const { out } = await crllint(["--gate", "-f", "json", "--without", "certs", ca, folder], {
      env: { JOB_COMPLETION_INDEX: "0", JOB_COMPLETIONS: "3" },
    });
    expect((JSON.parse(out) as { readonly runs: readonly object[] }).runs).toHaveLength(crls.length);
  });

  test.each([
    { JOB_COMPLETIONS: "3" },
    { JOB_COMPLETION_INDEX: "3", JOB_COMPLETIONS: "3" },
    { JOB_COMPLETION_INDEX: "-1", JOB_COMPLETIONS: "3" },
    { JOB_COMPLETION_INDEX: "0", JOB_COMPLETIONS: "" },
  ])("is an error with %j", async (env) => {
    const { code, err } = await crllint([ca, folder], { env });
    expect([code, err.split("\n")[0]]).toEqual([
      2,
      "error: JOB_COMPLETION_INDEX must be a whole number, 0 or greater, and lower than JOB_COMPLETIONS",
    ]);
  });
});

interface Job {
  readonly spec: {
    readonly completions: number;
    readonly template: { readonly spec: { readonly containers: readonly Container[] } };
  };
}

interface Container {
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
}

describe("the Job of docs/many-files.md", () => {
  const text = readFileSync(new URL("../../docs/many-files.md", import.meta.url), "utf8");
  const blocks = [...text.matchAll(/```yaml\n(?<yaml>[\s\S]*?)```/gu)].map(({ groups }) => groups?.["yaml"] ?? "");
  const job = parse(blocks.find((block) => block.includes("kind: Job")) ?? "") as Job;

  test("has only fields that Kubernetes defines", () => {
    const definitions = close(readPublished("kubernetes-definitions.json"));
    const check = checkBy(
      { $ref: `${definitions["$id"]}#/definitions/io.k8s.api.batch.v1.Job` },
      { schemas: [definitions] },
    );
    // The definitions are of Kubernetes 1.18. Indexed Jobs exist since 1.21.
    expect(check(job)).toEqual(["/spec must NOT have additional properties: completionMode"]);
  });

  test("has pods that together lint all files, whose reports crllint merge combines", async () => {
    const [container] = job.spec.template.spec.containers;
    const given = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
    const reports: string[] = [];
    for (let index = 0; index < job.spec.completions; index += 1) {
      const env: Readonly<Record<string, string>> = { ...given, JOB_COMPLETION_INDEX: String(index) };
      // Kubernetes replaces $(NAME) in arguments.
      const args = (container?.args ?? []).map((arg) =>
        arg
          .replaceAll(/\$\((?<name>\w+)\)/gu, (_, name: string) => env[name] ?? "")
          .replaceAll("/corpus", bench.folder),
      );
      const { err } = await crllint(args, { env });
      expect(err).toMatch(/^(?:error: nothing was linted: no CRL is in part \d of 8\n)?$/u);
      reports.push(join(bench.folder, `part-${index}.json`));
    }
    const merged = await crllint(["merge", "-f", "json", ...reports]);
    const { runs } = JSON.parse(merged.out) as { readonly runs: readonly { readonly crl: string }[] };
    expect(runs.map(({ crl }) => crl).toSorted()).toEqual(crls.toSorted());
  });
});
