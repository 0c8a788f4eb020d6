// Writes a code cache next to the core of the bundle: lints a CRL in this process, and stores the code that V8 has
// compiled. Only the V8 version that wrote a code cache can load it.
//
//   tsx scripts/code-cache.ts [directory of the bundle]
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { codeCachePath, compile, runAsModule } from "../src/cli/code-cache.ts";
import type * as runModule from "../src/cli/run.ts";

const folder = resolve(process.argv[2] ?? fileURLToPath(new URL("../dist/", import.meta.url)));
const core = `${folder}/cli/core.cjs`;
const fixtures = fileURLToPath(new URL("../fixtures/incidents/bz1888371/", import.meta.url));

/** The usual call of a gate, with a valid CRL. Code that this call does not compile is not in the cache. */
const args = [
  "--no-config",
  "--now",
  "2024-03-26T00:00:00Z",
  `${fixtures}globaltrust-2020-server-ov-1.pem`,
  `${fixtures}globaltrust-2020-server-ov-1.sound.crl`,
];

const script = compile(core);
const { exports } = runAsModule(script, core, createRequire(core).cache);
const { run } = (exports as { readonly run_exports: typeof runModule }).run_exports;
const code = await run(args, {
  write: () => Promise.resolve(true),
  writeError: (text) => Promise.reject(new Error(text)),
  readStdin: () => process.stdin,
  env: {},
  isTty: false,
  columns: undefined,
  isErrorTty: false,
  program: [],
  now: () => Date.now() / 1000,
});
if (code !== 0) throw new Error(`crllint ${args.join(" ")}: exit ${code}`);
writeFileSync(codeCachePath(core), script.createCachedData());
