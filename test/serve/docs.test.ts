import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { openService, type Service } from "../../src/cli/serve.ts";
import { optionsOf } from "../../src/cli/options.ts";
import type { Flags } from "../../src/options/values.ts";
import { pem, Workbench } from "../cli/workbench.ts";
import { checkBy, close, readPublished } from "../support/json-schema.ts";
import { ca, now, reversed, service } from "./setting.ts";
import { builtMain } from "../support/built.ts";
import { hasTools } from "../support/tools.ts";

const text = readFileSync(new URL("../../docs/service.md", import.meta.url), "utf8");

/** Command line and flags as `crllint serve` reads them. */
function parse(args: readonly string[]): Flags<"serve"> {
  const command = new Command().exitOverride();
  for (const option of optionsOf("serve")) command.addOption(option);
  return command.parse([...args], { from: "user" }).opts();
}

describe.skipIf(!hasTools("bash", "curl"))("the commands of docs/service.md", () => {
  const bench = new Workbench();
  let open: Service;

  beforeAll(async () => {
    bench.put("crl.der", reversed);
    bench.put("ca.pem", pem("CERTIFICATE", ca));
    const io = { now: () => Date.parse(now) / 1000, writeError: async () => true, program: [builtMain()] };
    open = await openService(parse(["--listen", "127.0.0.1:0", "--threads", "1"]), io);
  });

  afterAll(async () => {
    await open.stop();
    bench.clear();
  });

  const examples = [
    ...text.matchAll(/<!-- curl -->\s*```sh\n(?<command>[\s\S]*?)```\s*```text\n(?<output>[\s\S]*?)```/gu),
  ];

  test.each(examples.map(({ groups }) => [groups?.["command"] ?? "", groups?.["output"] ?? ""]))(
    "%s",
    async (command, output) => {
      const script = command.replaceAll("http://127.0.0.1:8080", open.address);
      const { stdout } = await promisify(execFile)("bash", ["--norc", "-c", script], { cwd: bench.folder });
      const [head = "", ...rest] = output.split("...\n");
      if (rest.length > 0) expect(stdout.slice(0, head.length)).toBe(head);
      else expect(stdout).toBe(output);
    },
  );

  test("docs/service.md has 4 of them", () => {
    expect(examples.length).toBe(4);
  });
});

test("docs/service.md names every option, with its default size", () => {
  for (const { long, defaultValueDescription } of optionsOf("serve")) {
    expect(text).toContain(`\`${long ?? ""}`);
    if (/^\d+M$/u.test(defaultValueDescription ?? "")) expect(text).toContain(`| ${defaultValueDescription} `);
  }
});

interface Manifest {
  readonly kind: string;
  readonly spec: {
    readonly template?: {
      readonly spec: { readonly terminationGracePeriodSeconds: number; readonly containers: readonly Container[] };
    };
  };
}

interface Container {
  readonly args: readonly string[];
  readonly ports: readonly { readonly containerPort: number }[];
  readonly resources: { readonly limits: { readonly memory: string } };
  readonly readinessProbe: { readonly httpGet: { readonly path: string } };
  readonly lifecycle: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  readonly livenessProbe: { readonly httpGet: { readonly path: string } };
}

const yaml = /```yaml\n(?<yaml>[\s\S]*?)```/u.exec(text)?.groups?.["yaml"] ?? "";
const manifests = parseAllDocuments(yaml).map((document) => document.toJS() as Manifest);

test("the manifests have only fields that Kubernetes defines", () => {
  const definitions = close(readPublished("kubernetes-definitions.json"));
  const errorsOf = (manifest: Manifest | undefined, kind: string) =>
    checkBy({ $ref: `${definitions["$id"]}#/definitions/io.k8s.api.${kind}` }, { schemas: [definitions] })(manifest);
  // The definitions are of Kubernetes 1.18; seccompProfile was added in 1.19, and sleep later.
  expect(errorsOf(manifests[0], "apps.v1.Deployment")).toEqual([
    "/spec/template/spec/containers/0/lifecycle/preStop must NOT have additional properties: sleep",
    "/spec/template/spec/securityContext must NOT have additional properties: seccompProfile",
  ]);
  expect(errorsOf(manifests[1], "core.v1.Service")).toEqual([]);
});

test("the manifests use valid flags and paths, and their memory limit covers the maximum use", async () => {
  expect(manifests.map(({ kind }) => kind)).toEqual(["Deployment", "Service"]);
  const { containers = [], terminationGracePeriodSeconds = 0 } = manifests[0]?.spec.template?.spec ?? {};
  const [container] = containers as readonly [Container];
  const [command, ...args] = container.args;
  const flags = parse(args);
  expect([command, flags.listen]).toEqual(["serve", { host: "0.0.0.0", port: container.ports[0]?.containerPort }]);
  expect(terminationGracePeriodSeconds).toBeGreaterThan(flags.grace + container.lifecycle.preStop.sleep.seconds);
  for (const { httpGet } of [container.readinessProbe, container.livenessProbe]) {
    expect((await service().request(httpGet.path)).status).toBe(200);
  }
  // The formula in the section on limits.
  const { threads = 0, workerMemory, maxBody, maxBuffer, maxRequests } = flags;
  const maximum = 100e6 + maxBuffer + maxRequests * 2 ** 21 + threads * (100e6 + workerMemory + 3 * maxBody);
  expect(container.resources.limits.memory).toBe("1536Mi");
  expect(maximum).toBeLessThan(1536 * 2 ** 20);
});
