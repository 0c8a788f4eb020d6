import { expect, test } from "vitest";
import { type ProfileId, profiles } from "../../src/index.ts";
import type { SourceId } from "../../src/index.ts";
import { readPage } from "./markdown.ts";

test("the table in docs/profiles.md lists the sources of each profile, in the order of the profiles", () => {
  const rows = readPage("docs/profiles.md")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => Array.from(cell.matchAll(/`(?<id>[^`]+)`/gu), ({ groups }) => groups?.["id"])),
    );
  const inEvery: readonly SourceId[] = profiles.rfc5280.sources;
  const expected = (Object.keys(profiles) as ProfileId[]).map((id) => {
    const { sources, byCa = [] }: { readonly sources: readonly SourceId[]; readonly byCa?: readonly SourceId[] } =
      profiles[id];
    for (const source of inEvery) expect(sources, id).toContain(source);
    return [[id], sources.filter((source) => !inEvery.includes(source)), [...byCa]];
  });
  expect(rows).toEqual(expected);
});
