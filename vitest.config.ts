import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/setup.ts"],
    testTimeout: 60_000,
    // A dot a file: tens of thousands of examples would bury what fails.
    reporters: process.env["CI"] === undefined ? ["dot"] : ["dot", ["json", { outputFile: "coverage/tests.json" }]],
  },
});
