import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasBash, hasOpenssl } from "../support/tools.ts";
import { blocksOf } from "./markdown.ts";
import { shown, Walk } from "./walk.ts";

/**
 * Waits for the next second: OpenSSL writes times in whole seconds, and a user takes longer than that between two CRLs.
 */
async function nextSecond(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1001 - (Date.now() % 1000)));
}

describe.skipIf(!hasBash || !hasOpenssl)("the commands of docs/recipes/openssl.md run in order", () => {
  let walk: Walk;
  beforeAll(() => {
    walk = Walk.begin();
  });
  afterAll(() => walk.end());

  const blocks = blocksOf("docs/recipes/openssl.md");
  const steps = blocks.flatMap((block, i) => {
    const next = blocks[i + 1];
    const output = next?.language === "text" ? next : undefined;
    return block.language === "sh" ? [{ title: `line ${block.line}`, block, output }] : [];
  });

  test("has the expected steps", () => {
    expect(steps.map(({ block }) => Number(block.marks.get("exit") ?? 0))).toEqual([0, 0, 0, 0, 0, 1, 2, 0]);
    expect(steps.filter(({ output }) => output !== undefined)).toHaveLength(4);
  });

  test.each(steps)("$title", async ({ block, output }) => {
    if (/ -(?:gencrl|revoke) /u.test(`${block.text} `)) await nextSecond();
    const { code, out, err } = walk.run(block.text);
    expect({ code, err }).toMatchObject({ code: Number(block.marks.get("exit") ?? 0) });
    if (output !== undefined) expect(out + (code === 2 ? err : "")).toMatch(shown(output.text));
  });

  test("the last published CRL lists the certificate", () => {
    const { out } = walk.run("openssl crl -inform der -in www/ca.crl -noout -text");
    expect(out).toMatch(/Issuer: C = AT, O = Example Trust GmbH, CN = Example Server CA 1\n/u);
    expect(out).toMatch(/CRL Reason Code: *\n *Superseded/u);
  });
});
