// Puts a code cache beside the core of the bundle: runs it on some CRLs in this process, and keeps what V8 has compiled
// for that. Only the V8 that made it takes it, so that a release makes one with each Node it supports:
//
//   tsx scripts/code-cache.ts [folder of the bundle]
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { codeCachePath, compile, runAsModule } from "../src/cli/code-cache.ts";
import type * as runModule from "../src/cli/run.ts";

const folder = resolve(process.argv[2] ?? fileURLToPath(new URL("../dist/", import.meta.url)));
const core = `${folder}/cli/core.cjs`;
const fixtures = fileURLToPath(new URL("../fixtures/incidents/bz1888371/", import.meta.url));

/** What a start does most often: a sound CRL, one that is not, in the formats of a person and of a gate. */
const runs = ["globaltrust-2020-server-ov-1.sound.crl", "globaltrust-2020-server-ov-1.crl"].map((crl) => [
  "--no-config",
  "--now",
  "2024-03-26T00:00:00Z",
  `${fixtures}globaltrust-2020-server-ov-1.pem`,
  `${fixtures}${crl}`,
]);

const script = compile(core);
const { exports } = runAsModule(script, core, createRequire(core).cache);
const { run } = (exports as { readonly run_exports: typeof runModule }).run_exports;
for (const args of runs) {
  const code = await run(args, {
    write: () => Promise.resolve(true),
    writeError: (text) => Promise.reject(new Error(text)),
    readStdin: () => process.stdin,
    env: {},
    isTty: false,
    columns: undefined,
    isErrorTty: false,
    now: () => Date.now() / 1000,
  });
  if (code !== 0 && code !== 1) throw new Error(`crllint ${args.join(" ")}: exit ${code}`);
}
writeFileSync(codeCachePath(core), script.createCachedData());
