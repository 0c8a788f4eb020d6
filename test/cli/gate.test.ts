import { afterAll, describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { crllint, pem, Workbench } from "./workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

const ca = bench.put("ca.pem", pem("CERTIFICATE", kit.ca.certificate));
const crl = bench.put("crl.der", kit.crl().crl);
const older = bench.put("older.der", kit.crl({ crlNumber: 4710 }).crl);
const leaf = bench.put("leaf.pem", pem("CERTIFICATE", kit.certificate({ serial: 77 })));
const otherTbs = bench.put("other.tbs", kit.crl({ form: "tbs", crlNumber: 4712 }).crl);

const everyInput = "previous,base,certs,expected,shards,ccadb,url";

/** Lints a CRL; returns the exit code and the rules of the findings. */
async function lint(...args: readonly string[]) {
  const { code, out, err } = await crllint(["-f", "compact", ...args]);
  return { code, rules: Array.from(out.matchAll(/: (?:error|warning|notice) (\S+):/gu), ([, rule]) => rule), err };
}

describe("--gate --without", () => {
  test("excuses inputs that are not given, also if it is repeated", async () => {
    expect(await lint("--gate", "--without", everyInput, ca, crl)).toEqual({ code: 0, rules: [], err: "" });
    const [first = "", ...others] = everyInput.split(",");
    const repeated = ["--without", first, "--without", others.join(",")];
    expect(await lint("--gate", ...repeated, ca, crl)).toEqual({ code: 0, rules: [], err: "" });
    expect(await lint("--gate", "--without", others.join(","), ca, crl)).toEqual({
      code: 1,
      rules: ["crllint/rule-skipped"],
      err: "",
    });
  });

  test.each([
    ["--previous", [crl, ca, older], ["sequence/number-not-increasing"]],
    ["--expect-revoked", [leaf, ca, crl], ["certs/revoked-not-listed"]],
  ])("does not excuse a check of %s, which is given", async (option, args, rules) => {
    expect(await lint("--gate", "--without", everyInput, option, ...args)).toEqual({ code: 1, rules, err: "" });
  });

  test.each(["issuer", "now", "certificates"])("rejects %s", async (input) => {
    expect(await crllint(["--gate", "--without", input, ca, crl])).toEqual({
      code: 2,
      out: "",
      err:
        `error: option '--without <inputs>' argument '${input}' is invalid. ` +
        "Expected previous, base, certs, expected, shards, ccadb or url.\n(see crllint --help)\n",
    });
  });
});

/** Options with which a call states what it expects: a value that is wrong for the CRL, and the rule that checks it. */
const expectations = [
  ["--expect-revoked", leaf, "certs/revoked-not-listed"],
  ["--valid-for", "400d", "time/not-valid-for"],
  ["--tbs-was", otherTbs, "input/tbs-was-differs"],
] as const;

describe.each(expectations)("%s", (option, value, rule) => {
  test("fails the CRL", async () => {
    expect(await lint(option, value, ca, crl)).toEqual({ code: 1, rules: [rule], err: "" });
  });

  test.each([
    ["--select", "issuer,signature"],
    ["--ignore", rule],
    ["--severity", `${rule}=off`],
  ])("is named as not checked with %s %s", async (selecting, patterns) => {
    const by = `${selecting} ${patterns}`;
    const { code, out } = await crllint([selecting, patterns, option, value, ca, crl]);
    expect([code, out.split("\n").slice(1)]).toEqual([0, [`  ${option} not checked (${by})`, ""]]);
    expect(await crllint(["-f", "compact", selecting, patterns, option, value, ca, crl])).toMatchObject({
      code: 0,
      out: `${crl}: verdict pass (${option} not checked (${by}))\nverdict pass\n`,
    });
    const gate = ["--gate", "--without", everyInput];
    expect(await crllint([...gate, selecting, patterns, option, value, ca, crl])).toEqual({
      code: 2,
      out: "",
      err: `error: --gate requires ${rule} as an error: ${by}\n(see crllint --help)\n`,
    });
  });

  test("is not named if it is not given", async () => {
    const { out } = await crllint(["-f", "compact", "--ignore", rule, ca, crl]);
    expect(out).toBe(`${crl}: verdict pass\nverdict pass\n`);
  });

  test("with --gate, its rule must stay an error", async () => {
    const { code, err } = await crllint(["--gate", "--severity", `${rule}=notice`, option, value, ca, crl]);
    expect([code, err.split("\n")[0]]).toEqual([
      2,
      `error: --gate requires ${rule} as an error: severity notice (--severity)`,
    ]);
  });
});

test("--expect-revoked is checked although the rule on --expect-good is not selected", async () => {
  expect(await lint("--ignore", "certs/good-listed", "--expect-revoked", leaf, ca, crl)).toEqual({
    code: 1,
    rules: ["certs/revoked-not-listed"],
    err: "",
  });
  const args = ["--ignore", "certs/good-listed", "--expect-good", leaf, "--expect-revoked", leaf, ca, crl];
  expect((await crllint(args)).out).toContain("\n  --expect-good not checked (--ignore certs/good-listed)\n");
});
