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
import { gateCall } from "./gate-call.ts";

const folder = resolve(process.argv[2] ?? fileURLToPath(new URL("../dist/", import.meta.url)));
const core = `${folder}/cli/core.cjs`;

const script = compile(core);
const { exports } = runAsModule(script, core, createRequire(core).cache);
const { run } = (exports as { readonly run_exports: typeof runModule }).run_exports;
const code = await run(gateCall, {
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
if (code !== 0) throw new Error(`crllint ${gateCall.join(" ")}: exit ${code}`);
writeFileSync(codeCachePath(core), script.createCachedData());
