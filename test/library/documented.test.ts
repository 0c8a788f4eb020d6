import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const src = new URL("../../src/", import.meta.url);

/** Matches an exported declaration. */
const declaration = /^export (?:abstract |async )*(?:function\*?|class|interface|type|const) (?<name>\w+)/u;

test("every export has a doc comment", () => {
  const files = readdirSync(src, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    // A rule's file exports its rule, whose fields are its documentation.
    .filter((name) => name.endsWith(".ts") && !name.startsWith("rules/"));
  const bare = files.flatMap((file) => {
    const lines = readFileSync(new URL(file, src), "utf8").split("\n");
    return lines.flatMap((line, i) => {
      const name = declaration.exec(line)?.groups?.["name"];
      const above = lines.slice(0, i).findLast((other) => !other.startsWith("// oxlint-disable")) ?? "";
      return name === undefined || above.endsWith("*/") ? [] : [`${file}:${i + 1}: ${name}`];
    });
  });
  expect(bare).toEqual([]);
});
