import { beforeAll, describe, expect, test } from "vitest";
import { builtMain } from "../support/built.ts";
import { expectations } from "./expectations.ts";
import { withOwnExpectations, generateSuite, hasSuite, type Manifest, runSuite } from "./suite.ts";

/** These tests run one in this number of cases. CI runs one in ten, `npm run hostile` all, including large ones. */
const oneIn = 200;

describe.skipIf(!hasSuite)("hostile inputs", () => {
  let folder = "";
  let manifest: Manifest | undefined;

  beforeAll(() => {
    ({ folder, manifest } = generateSuite(["--no-large"]));
  });

  test("every expectation of this project has an existing case, differs from that of the suite, and has a reason", () => {
    const cases = manifest?.cases ?? [];
    const known = new Map(cases.map((item) => [item.id, item.expect]));
    const here = new Map(
      withOwnExpectations(manifest ?? { offset_regex: "", cases }).cases.map((item) => [item.id, item.expect]),
    );
    for (const { cases: ids, because, areLarge } of expectations) {
      expect(because.length).toBeGreaterThan(20);
      // Large cases are not generated here.
      if (areLarge === true) continue;
      for (const id of ids) {
        expect(known.has(id), id).toBe(true);
        expect([here.get(id)?.exit, here.get(id)?.must], id).not.toEqual([known.get(id)?.exit, known.get(id)?.must]);
      }
    }
  });

  test("a sample of the suite passes in every format", async () => {
    const sample = (manifest?.cases ?? []).flatMap(({ id }, i) => (i % oneIn === 0 ? [id] : []));
    const ids = [
      ...new Set([
        ...sample,
        ...expectations.flatMap(({ cases, areLarge }) => (areLarge === true ? [] : cases.slice(0, 1))),
      ]),
    ];
    const filter = `^(?:${ids.join("|")})$`;
    const args = ["--filter", filter, "--formats", "json,sarif,junit,github", "--color", "--time-scale", "4"];
    const { passed, failed, output } = await runSuite(folder, builtMain(), args);
    expect(output).toMatch(/\n\d+ passed, 0 failed\n$/u);
    expect(failed).toBe(0);
    expect(passed).toBeGreaterThanOrEqual(ids.length);
  });
});
