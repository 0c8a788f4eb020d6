// What the executable of scripts/binary.ts runs: compiles the code of crllint with its cache, and runs it.
const { Module } = require("node:module");
const { getRawAsset } = require("node:sea");
const { Script } = require("node:vm");

const code = Buffer.from(getRawAsset("code")).latin1Slice();
const cachedData = Buffer.from(getRawAsset("cache"));
const run = new Script(Module.wrap(code), { filename: __filename, cachedData }).runInThisContext();
run(exports, require, module, __filename, __dirname);
