import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { Order } from "./test/support/order.ts";

/** Most code of tests runs a few times: Node 20 optimizes it too early. Later versions do not have the flag. */
const optimizeLater = process.versions.node.startsWith("20.") ? ["--interrupt-budget=300000"] : [];

/** Milliseconds after which a test hangs, on any machine: no test measures the speed of crllint. */
const never = 1_200_000;

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/folder-of-run.ts"],
    // Tests make many short-lived objects: collected less often, fewer of them are copied. Optimizing the code of SQLite
    // takes longer than running it.
    execArgv: ["--max-semi-space-size=64", "--liftoff-only", ...optimizeLater],
    setupFiles: ["test/setup.ts"],
    sequence: { sequencer: Order },
    testTimeout: never,
    hookTimeout: never,
    expect: { poll: { timeout: never } },
    // Test files share the modules of a worker: most of the time went into loading 350 rules for each file.
    isolate: false,
    // Compiling the modules takes as long as loading them.
    experimental: { fsModuleCache: true },
    // One more than there are processors: tests wait for servers and programs.
    maxWorkers: availableParallelism() + 1,
    // A dot a file: tens of thousands of examples would bury what fails.
    reporters: process.env["CI"] === undefined ? ["dot"] : ["dot", ["json", { outputFile: "coverage/tests.json" }]],
  },
});
