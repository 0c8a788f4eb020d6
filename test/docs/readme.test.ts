import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { kit } from "../../src/fixture/index.ts";
import { encodePem } from "../../src/pem/encode.ts";
import { type Block, blocksOf } from "./markdown.ts";
import { hasBash } from "../support/tools.ts";
import { shown, Walk } from "./walk.ts";

const blocks = [...blocksOf("README.md"), ...blocksOf("docs/gate.md")];

function blockOf(kind: "command" | "output", name: string): Block {
  const block = blocks.find(({ marks }) => marks.get(kind) === name);
  if (block === undefined) throw new Error(`the README and docs/gate.md have no ${kind} called ${name}`);
  return block;
}

/** Returns the commands of a block: its lines, joined if one ends with a backslash. */
function commandsOf({ text }: Block): readonly string[] {
  return text.trimEnd().replaceAll("\\\n", " ").split("\n");
}

describe.skipIf(!hasBash)("the commands of the README and docs/gate.md, in an empty directory", () => {
  let walk: Walk;
  beforeAll(() => {
    walk = Walk.begin();
  });
  afterAll(() => walk.end());

  test("Use: every command has the expected exit code and output", () => {
    const used = blockOf("command", "use");
    const { ended, err } = walk.paste([...commandsOf(blockOf("command", "prepare")), ...commandsOf(used)]);
    const prepared = ended.splice(0, 3);
    expect(prepared.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(ended.map(({ code }) => code).join(" ")).toBe(used.marks.get("exit"));
    expect(ended[0]?.out).toMatch(shown(blockOf("output", "use").text));
    expect(ended.every(({ out }) => out.length > 50)).toBe(true);
    expect(err).toBe("");
  });

  test("Before signing: the gate passes a valid CRL, and stops one with an error", () => {
    const commands = commandsOf(blockOf("command", "before-signing"));
    // The files that the CA and its signer create.
    walk.put("ca.pem", encodePem("CERTIFICATE", kit.ca.certificate));
    walk.put("current.crl", kit.earlierCrl());
    walk.put("next.tbs", kit.crl({ form: "tbs" }).crl);
    walk.put("signed.crl", kit.crl().crl);
    walk.put("dummy-signed.crl", kit.crl({ signingKey: "rsa2048c" }).crl);
    walk.command("sign", 'echo "signed $1" && cp signed.crl next.crl');
    const env = { CRLLINT_NOW: "2026-11-02T00:00:00Z", GATE_NOW: "2026-11-02T00:00:00Z" };
    const good = walk.paste(commands, env);
    expect(good.ended.map(({ code }) => code)).toEqual(commands.map(() => 0));
    expect(good.ended[0]?.out).toMatch(/\nsigned next\.tbs\n$/u);
    expect(good.err).toBe("");

    walk.put("next.tbs", kit.crl({ form: "tbs", issuer: kit.ca.subject.reversed() }).crl);
    const bad = walk.paste(commands, env);
    expect(bad.ended.map(({ code }) => code)).toEqual([1, 1, 0]);
    expect(bad.ended[0]?.out).toMatch(/same RDNs, reversed order/u);
    expect(bad.ended[0]?.out).not.toContain("signed next.tbs");
    expect(bad.ended[1]?.out).toMatch(/^error\[input\/tbs-was-differs\]/u);
    expect(bad.err).toBe("");
  });

  test("In CI: the step writes its report, and fails for a CRL with an error", () => {
    const [step] = parse(blockOf("command", "ci").text) as readonly { readonly run: string }[];
    const dates = { thisUpdate: "2026-11-22T00:00:00Z", nextUpdate: "2026-11-28T23:59:59Z" };
    walk.put("crls/1.crl", kit.crl(dates).crl);
    walk.put("ca/1.pem", encodePem("CERTIFICATE", kit.ca.certificate));
    expect(walk.run(step?.run ?? "")).toMatchObject({ code: 0, err: "" });
    const report = join(walk.folder, "crl.sarif");
    expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({ version: "2.1.0", runs: [{ results: [] }] });
    walk.put("crls/1.crl", kit.crl({ ...dates, issuer: kit.ca.subject.reversed() }).crl);
    expect(walk.run(step?.run ?? "").code).toBe(1);
    expect(existsSync(report)).toBe(true);
  });
});
