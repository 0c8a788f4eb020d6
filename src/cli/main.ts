#!/usr/bin/env node
import { join } from "node:path";
import { isSea } from "node:sea";
import { loadCore } from "./load-core.ts";

// Only the bundle, which is CommonJS, has a core to load: all that a lint run needs, in one file. A single executable has
// everything inside. What is here is compiled at every start.
const isBundle = typeof __dirname === "string";
const storeCode = isBundle && !isSea() ? loadCore(join(__dirname, "core.cjs"), require, process.env) : undefined;

// Bundled as CommonJS, which knows no await at this level.
void import("./start.ts").then(({ start }) => start(storeCode));
