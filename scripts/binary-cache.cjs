// Runs the code of crllint with some arguments, and stores the code that V8 has compiled: the cache that Node makes for a
// single executable has no function that only runs later.
//
//   node scripts/binary-cache.cjs CODE CACHE ARGUMENT...
const { readFileSync, writeFileSync } = require("node:fs");
const { Module } = require("node:module");
const { Script } = require("node:vm");

const [node, , code, cache, ...args] = process.argv;
process.argv = [node, code, ...args];
const script = new Script(Module.wrap(readFileSync(code, "latin1")), { filename: code });
process.on("exit", () => writeFileSync(cache, script.createCachedData()));
script.runInThisContext()(exports, require, module, code, __dirname);
