#!/usr/bin/env node
import { join } from "node:path";
import { loadCore } from "./load-core.ts";

// Only the bundle, which is CommonJS, has a core to load: one file with all code that a lint run needs. The code of
// this file is compiled at every start.
const isBundle = typeof __dirname === "string";
const storeCode = isBundle ? loadCore(join(__dirname, "core.cjs"), require, process.env) : undefined;

// Bundled as CommonJS, which has no top-level await.
void import("./start.ts").then(({ start }) => start(storeCode));
