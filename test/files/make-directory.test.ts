import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeDirectory } from "../../src/files/make-directory.ts";
import { Workbench } from "../cli/workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

test("directories above are also made, and those that exist stay", () => {
  const path = join(bench.folder, "a/b/c");
  makeDirectory(path);
  makeDirectory(path);
  makeDirectory(join(path, "../d"));
  expect([path, join(bench.folder, "a/b/d")].map((each) => statSync(each).isDirectory())).toEqual([true, true]);
});

test("a file at the path, or above it, is an error", () => {
  const file = bench.put("file", "");
  expect(() => makeDirectory(file)).toThrow("EEXIST");
  expect(() => makeDirectory(join(file, "a"))).toThrow("ENOTDIR");
});

test.runIf(existsSync("/proc/self"))("a file system that makes no directories is an error", () => {
  // With `recursive`, mkdirSync of Node 20 never returns.
  expect(() => makeDirectory("/proc/crllint")).toThrow("ENOENT");
  expect(() => makeDirectory("/proc/crllint/a")).toThrow("ENOENT");
});
