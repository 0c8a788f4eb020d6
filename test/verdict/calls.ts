import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { vi } from "vitest";
import { lintFiles } from "../../src/files/index.ts";
import { gather } from "../../src/files/gather.ts";
import { Reader } from "../../src/files/read-files.ts";
import { type LintSetup, roles } from "../../src/files/lint-setup.ts";
import { sendSetup } from "../../src/files/sent-setup.ts";
import { share } from "../../src/files/share.ts";
import { lintTask } from "../../src/files/worker.ts";
import { kit } from "../../src/fixture/index.ts";
import type { IssuerStore } from "../../src/given/issuer-store.ts";
import { lintCrl, type LintCrlOptions, lintShards, passes, type Run, type Verifier } from "../../src/index.ts";
import { exitCodes, worstVerdict } from "../../src/rule/verdict.ts";
import { nodeVerifier } from "../../src/verify/node.ts";
import { CrlServer } from "../cli/crl-server.ts";
import { crllint, now } from "../cli/workbench.ts";
import { readYaml, Stage } from "../integrations/stage.ts";
import { base64, service } from "../serve/setting.ts";
import type { Call, Outcome } from "./entry-points.ts";
import { ca, type Input } from "./inputs.ts";
import { usualOptions } from "../support/usual-options.ts";

export { base64, form, json, storeOf } from "../serve/setting.ts";

/** Returns the outcome that an exit code means. */
function outcomeOf(code: number | null): Outcome {
  const [outcome] = Object.entries(exitCodes).find(([, each]) => each === code) ?? [];
  if (outcome === undefined) throw new Error(`exit code ${code}`);
  return outcome as Outcome;
}

/** The last command line that runs in this process. */
let last: Promise<unknown> = Promise.resolve();

/** Runs a command line in the folder of an input: environment variables come first, `< file` last. */
export function commandLine(input: Input, line: string): Promise<Outcome> {
  // One at a time: they share the working directory and the environment.
  const outcome = last.then(() => run(input, line));
  last = outcome.catch(() => {});
  return outcome;
}

async function run(input: Input, line: string): Promise<Outcome> {
  const [command = "", stdin] = line.split(" < ");
  const args = command.split(" ").filter((word) => word !== "");
  while (/^CRLLINT_\w+=/u.test(args[0] ?? "")) {
    const [name = "", ...value] = args.shift()?.split("=") ?? [];
    vi.stubEnv(name, value.join("="));
  }
  const before = process.cwd();
  process.chdir(input.folder);
  try {
    const { code, err } = await crllint(args, stdin === undefined ? {} : { stdin: input.read(stdin) });
    return err === "" ? outcomeOf(code) : "refused";
  } finally {
    process.chdir(before);
    vi.unstubAllEnvs();
  }
}

let count = 0;

/** Returns a file name that no other call uses. */
function unusedName(name: string): string {
  count += 1;
  return `${name}-${count}`;
}

/** A FIFO among the operands. */
export const namedPipe: Call = (input) => {
  const pipe = join(input.folder, unusedName("pipe"));
  execFileSync("mkfifo", [pipe]);
  spawn("sh", ["-c", 'cat "$1" > "$2"', "sh", join(input.folder, "crl.der"), pipe]);
  return commandLine(input, `ca.pem ${pipe}`);
};

/** `<(command)`, which is /dev/fd/63. */
export const pipeOfShell: Call = async (input) => {
  return outcomeOf(await bash(stageOf(input), "crllint ca.pem <(cat crl.der)"));
};

/** Lints a file like a worker thread. */
export const worker: Call = async (input) => {
  const operands = ["ca.pem", "crl.der"].map((name) => join(input.folder, name));
  const inputs = { operands, issuer: undefined, form: "crl", shard: undefined, keep: () => 0 } as const;
  const world = { async *readStdin() {}, now: () => now };
  const { files, certificates } = await gather(inputs, new Reader(world, "stdin"), nodeVerifier(), undefined);
  const setup: LintSetup = {
    shared: { form: "crl", ...roles(certificates, undefined) },
    pairs: [],
    options: usualOptions(now),
  };
  const read = files.map((file) => ({ ...file, objects: undefined }));
  return worstVerdict(lintTask({ setup: share(sendSetup(setup)), files: read }).flat());
};

/** `--shard` in two calls, and `crllint merge`. */
export function parts(setting: string): Call {
  return async (input) => {
    const reports: string[] = [];
    for (const part of ["1/2", "2/2"]) {
      const report = unusedName("part");
      await commandLine(input, `${setting} --shard ${part} --report json=${report} -q ca.pem crl.der`);
      reports.push(report);
    }
    return commandLine(input, `${setting} merge ${reports.join(" ")}`);
  };
}

async function serving(lint: (server: CrlServer) => Promise<Outcome>): Promise<Outcome> {
  const server = new CrlServer();
  await server.start();
  try {
    return await lint(server);
  } finally {
    await server.stop();
  }
}

/** `crllint fetch` of a file. */
export function fetched(options: string, setting = "", file = "crl.der"): Call {
  return (input) =>
    serving((server) => {
      const url = server.serve("/a.crl", input.read(file));
      return commandLine(input, `${setting} fetch --allow-private ${options} ${url}`);
    });
}

/** `crllint fetch` of a CRL that is in the cache, and that the server does not send again. */
export const copied: Call = (input) =>
  serving(async (server) => {
    const headers = { "content-type": "application/pkix-crl", etag: '"1"' };
    const url = server.on("/a.crl", (request, response) => {
      if (request.headers["if-none-match"] === undefined) response.writeHead(200, headers).end(input.crl);
      else response.writeHead(304, headers).end();
    });
    const line = `fetch --allow-private --cache ${unusedName("cache")} --issuer ca.pem ${url}`;
    await commandLine(input, line);
    return commandLine(input, line);
  });

/** `crllint monitor` of CRLs that another program fetched. */
export function monitored(options: string, setting = ""): Call {
  return (input) => {
    const out = `--out ${unusedName("watch")}`;
    return commandLine(input, `${setting} monitor --manifest manifest.json --profile rfc5280 ${out} ${options}`);
  };
}

/** `crllint monitor` of the URLs in a CCADB export. */
export const disclosed: Call = (input) =>
  serving((server) => {
    const records = unusedName("records");
    input.put(records, kit.ccadb({ full: server.serve("/a.crl", input.crl) }));
    const options = `--ccadb ${records} --out ${unusedName("watch")} --issuer ca.pem --profile rfc5280`;
    return commandLine(input, `monitor --allow-private ${options}`);
  });

/** A request to the service, which may have a store of issuers. */
export function posted(request: (input: Input) => RequestInit, path = "/v1/lint", issuers?: IssuerStore): Call {
  return async (input) => {
    const response = await service({}, issuers).request(path, request(input));
    return (response.headers.get("crllint-verdict") ?? "refused") as Outcome;
  };
}

/** A request of pkimetal with files in base64. */
export function urlencoded(fields: Readonly<Record<string, string | Uint8Array>>): RequestInit {
  const texts = Object.entries(fields).map(
    ([name, value]) => [name, typeof value === "string" ? value : base64(value)] as const,
  );
  return { method: "POST", body: new URLSearchParams(Object.fromEntries(texts)) };
}

/** A request of pkimetal with the CRL as its body. */
export function body(crl: Uint8Array): RequestInit {
  return { method: "POST", headers: { "content-type": "application/pkix-crl" }, body: Uint8Array.from(crl) };
}

/** Returns the verdict of the library; `passes` must agree with it. */
function verdictOn(runs: readonly Run[]): Outcome {
  const verdict = worstVerdict(runs);
  if (passes(runs) !== (verdict === "pass")) throw new Error(`passes disagrees with ${verdict}`);
  return verdict;
}

/** `lintCrl`. */
export function library(options: (input: Input) => LintCrlOptions): Call {
  return async (input) => verdictOn([lintCrl({ now: new Date(now * 1000), ...options(input) })]);
}

/** `lintShards` of a valid partition and one of the kind. */
export const shards: Call = async (input) => {
  const crls = [input.read("shards/1.crl"), input.read("shards/2.crl")];
  return verdictOn(lintShards({ crls, issuer: ca, now: new Date(now * 1000) }));
};

/** `lintFiles`. */
export function lintedFiles(...names: readonly string[]): Call {
  return async (input) => {
    const runs: Run[] = [];
    const paths = names.map((name) => join(input.folder, name));
    for await (const run of lintFiles(paths, { now: new Date(now * 1000) })) runs.push(run);
    return verdictOn(runs);
  };
}

/** A verifier that knows no algorithm. */
export const noVerifier: Verifier = {
  ...(nodeVerifier() as Verifier),
  verify: () => ({ verdict: "not-checked", why: "no algorithm is known" }),
};

const stages = new Map<Input, Stage>();

/** Returns the stage of an input: a folder with `crllint` in which scripts run. */
function stageOf(input: Input): Stage {
  let stage = stages.get(input);
  if (stage === undefined) {
    stages.set(input, (stage = new Stage()));
    for (const name of ["ca.pem", "crl.der"]) stage.put(name, input.read(name));
  }
  return stage;
}

/** Runs a script for bash; returns its exit code. */
function bash(stage: Stage, script: string, env: Readonly<Record<string, string>> = {}): Promise<number | null> {
  const child = spawn("bash", ["-e", "-c", script], {
    cwd: stage.folder,
    env: { PATH: `${stage.folder}/bin:${process.env["PATH"]}`, HOME: stage.folder, ...env },
    stdio: "ignore",
  });
  return new Promise((resolve) => child.on("close", resolve));
}

/** Removes the folders of all scripts. */
export function clear(): void {
  for (const stage of stages.values()) stage.clear();
}

/** The lint step of the GitHub action. */
export const action: Call = async (input) => {
  const stage = stageOf(input);
  const { runs } = readYaml("action.yml") as {
    readonly runs: { readonly steps: readonly { readonly id?: string; readonly run: string }[] };
  };
  // The previous step builds the clone of the action.
  stage.put("action/dist/cli/main.cjs", stage.read("main.cjs"));
  const code = await bash(stage, runs.steps.find(({ id }) => id === "lint")?.run ?? "", {
    INPUT_FILES: "ca.pem\ncrl.der",
    INPUT_REPORT: "",
    INPUT_SARIF: "",
    INPUT_ARGUMENTS: "",
    INPUT_PACKAGE: "",
    GITHUB_ACTION_PATH: join(stage.folder, "action"),
    GITHUB_OUTPUT: join(stage.folder, "output"),
    GITHUB_STEP_SUMMARY: join(stage.folder, "summary.md"),
  });
  return outcomeOf(code);
};

/** The call of pre-commit after changes: the command of the hook with the changed files whose names match. */
export function hook(...changed: readonly string[]): Call {
  const [{ entry, files }] = readYaml(".pre-commit-hooks.yaml") as readonly [
    { readonly entry: string; readonly files: string },
  ];
  const matching = changed.filter((name) => new RegExp(files, "u").test(name));
  return (input) => commandLine(input, [entry.replace(/^crllint\b/u, ""), "ca.pem", ...matching].join(" "));
}
