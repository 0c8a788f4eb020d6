#!/usr/bin/env node
import { join } from "node:path";
import { loadCore } from "./load-core.ts";

// Only the bundle, which is CommonJS, has a core to load: all that a lint run needs, in one file. What is here is compiled
// at every start.
const isBundle = typeof __dirname === "string";
const storeCode = isBundle ? loadCore(join(__dirname, "core.cjs"), require, process.env) : undefined;

// Bundled as CommonJS, which knows no await at this level.
void import("./start.ts").then(({ start }) => start(storeCode));
