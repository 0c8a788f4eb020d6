import { readFileSync, truncateSync } from "node:fs";
import { afterAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { readFile } from "../../src/files/read-files.ts";
import { readCrl } from "../../src/crl/read.ts";
import { isLimit, largestLimits, limitNames, type Limits, usualLimits } from "../../src/der/limits.ts";
import { kit } from "../../src/fixture/index.ts";
import type { CrlKnobs } from "../../src/fixture/index.ts";
import { lintCrl } from "../../src/index.ts";
import { crllint, pem, Workbench } from "../cli/workbench.ts";
import { lintCase, outcome, messagesOf } from "../support/lint-case.ts";
import { isFull } from "./inside.ts";

const { der, extension, oids } = kit;
const documented = readFileSync(new URL("../../docs/limits.md", import.meta.url), "utf8");

/** Returns repeated bytes. */
function repeat(bytes: Uint8Array, count: number): Uint8Array {
  const all = new Uint8Array(bytes.length * count);
  for (let i = 0; i < count; i += 1) all.set(bytes, i * bytes.length);
  return all;
}

const anExtension = der.seq(der.oid("1.2.3"), der.octetString(der.nul()));
const anRdn = der.set(der.seq(der.oid("2.5.4.3"), der.utf8("a")));
const aName = der.tlv(0x86, der.ascii("http://a.example/1.crl"));
const anAccess = der.seq(der.oid("1.3.6.1.5.5.7.48.2"), aName);
const aBlock = pem("PARAMETERS", der.nul());

function nested(depth: number): Uint8Array {
  let value = der.nul();
  for (let i = 0; i < depth; i += 1) value = der.seq(value);
  return value;
}

function longName(length: number): CrlKnobs {
  return { issuer: der.seq(der.set(der.seq(der.oid("2.5.4.3"), der.utf8("a".repeat(length))))) };
}

/** CRLs with a given number of the elements that a limit counts. */
const cases: readonly (readonly [string, keyof Limits, (count: number) => CrlKnobs])[] = [
  ["extensions", "extensions", (count) => ({ crlExtensions: der.explicit(0, der.seq(repeat(anExtension, count))) })],
  ["RDNs", "attributes", (count) => ({ issuer: der.seq(repeat(anRdn, count)) })],
  ["bytes of an attribute value", "value", longName],
  [
    "general names",
    "names",
    (count) => ({ extra: [extension.extension(oids.issuerAltName, der.seq(repeat(aName, count)))] }),
  ],
  [
    "distribution points",
    "names",
    (count) => ({ extra: [extension.extension(oids.freshestCrl, der.seq(repeat(der.seq(), count)))] }),
  ],
  [
    "access descriptions",
    "names",
    (count) => ({ extra: [extension.extension(oids.authorityInfoAccess, der.seq(repeat(anAccess, count)))] }),
  ],
  [
    "bytes of an OBJECT IDENTIFIER",
    "oid",
    (count) => ({ extra: [der.seq(der.tlv(0x06, repeat(Uint8Array.of(0x2a), count)), der.octetString(der.nul()))] }),
  ],
  ["levels of nesting", "depth", (depth) => ({ extra: [extension.extension("2.5.29.9", nested(depth))] })],
  ["PEM blocks", "blocks", (count) => ({ text: (pem) => pem + aBlock.repeat(count - 1) })],
];

const rule = "input/over-limit";

/** Returns the findings for a CRL that exceeds a limit. */
function overLimit(knobs: CrlKnobs, limits: Partial<Limits>): readonly string[] {
  return messagesOf(lintCase(kit.crl(knobs), { limits }), rule);
}

describe("a limit that is exceeded is reported", () => {
  test.each(cases)("one more than the limit of %s", (_, name, make) => {
    expect(overLimit(make(50), { [name]: 50 })).toEqual([]);
    expect(overLimit(make(51), { [name]: 50 })).toEqual([expect.stringMatching(/^error: .*\b50\b/u)]);
    expect(overLimit(make(51), { [name]: 51 })).toEqual([]);
  });

  // Each limit once: the test above covers the other elements that it counts.
  test.each(cases.filter((each, i) => cases.findIndex(([, name]) => name === each[1]) === i))(
    "one more than the default limit of %s",
    (_, name, make) => {
      const maximum = usualLimits[name];
      // Readers count. With so many elements, other rules would run for seconds, and no limit depends on them.
      const overLimitAlone = (count: number) => messagesOf(lintCase(kit.crl(make(count)), { select: [rule] }), rule);
      expect(overLimitAlone(maximum)).toEqual([]);
      expect(overLimitAlone(maximum + 1)).toEqual([
        expect.stringMatching(new RegExp(`^error: .*\\b${maximum}\\b`, "u")),
      ]);
    },
  );

  test("a limit can be higher than its default", () => {
    const { value } = usualLimits;
    expect(overLimit(longName(value + 1), { value: value + 1 })).toEqual([]);
    expect(overLimit(longName(value + 2), { value: value + 1 })).toHaveLength(1);
  });

  test("more entries than the limit", () => {
    // Creating and reading the default maximum number of entries takes 30 s.
    const maximum = isFull ? usualLimits.entries : 1000;
    const list = repeat(der.seq(der.int(1), der.utcTime("260601120000Z")), maximum + 300);
    const limits = { ...usualLimits, entries: maximum };
    const crl = readCrl(kit.crl({ revokedCertificates: der.seq(list) }).crl, "crl", { limits });
    expect(crl.source.faults.of(rule)?.count).toBe(1);
    expect(crl.entries.broken).toBe(true);
    let visited = 0;
    crl.entries.visit(() => (visited += 1));
    expect(visited).toBe(crl.entries.count);
    expect(visited).toBeGreaterThanOrEqual(maximum);
    expect(visited - maximum).toBeLessThan(256);
  });

  test("limits also apply to inputs that a CRL is compared with", () => {
    const entries = Array.from({ length: 600 }, (_, i) => ({ serial: i + 1 }));
    const made = { ...kit.crl(), previous: kit.earlierCrl({ entries }) };
    const removed = (maximum: number): string =>
      outcome(lintCase(made, { limits: { entries: maximum } }), "sequence/entry-removed-early");
    expect(removed(600)).not.toMatch(/^skipped/u);
    expect(removed(100)).toBe("skipped: entries after a malformed length or a limit cannot be read");
  });

  test("no rule reports extensions beyond a limit as missing", () => {
    const ca = kit.caWith({ keyUsage: null });
    const run = lintCase(kit.crl({ ca }), { limits: { extensions: 1 } });
    expect(run.judged).toBe(false);
    expect(outcome(run, "ca/key-usage-missing")).toBe(
      "skipped: the CA certificate's extensions cannot be read to their end",
    );
  });
});

describe("limits can be set", () => {
  const bench = new Workbench();
  afterAll(() => bench.clear());
  const { crl } = kit.crl({ entries: Array.from({ length: 600 }, (_, i) => ({ serial: i + 1 })) });
  const files = [bench.put("ca.der", kit.ca.certificate), bench.put("a.crl", crl)];
  const overLimit = /input\/over-limit/u;

  test("the table in docs/limits.md lists all limits", () => {
    const rows = limitNames.map((name) => {
      const numbers = [usualLimits[name], largestLimits[name]].map((limit) => limit.toLocaleString("en-US"));
      return new RegExp(`^\\| \`${name}\` +\\|[^|]+\\| ${numbers.join(" +\\| ")} +\\|$`, "mu");
    });
    for (const row of rows) expect(documented).toMatch(row);
  });

  test("by an option and by its environment variable", async () => {
    expect(await crllint(["--no-config", ...files])).toMatchObject({ code: 0 });
    const { code, out } = await crllint(["--no-config", "--limit", "entries=1,depth=9", ...files]);
    expect(code).toBe(2);
    expect(out).toMatch(overLimit);
    expect((await crllint(["--no-config", "--limit", "entries=1", "--limit", "entries=600", ...files])).code).toBe(0);
    vi.stubEnv("CRLLINT_LIMIT", "entries=1");
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    expect((await crllint(["--no-config", ...files])).out).toMatch(overLimit);
  });

  test.each([
    [
      "extension=5",
      "Expected NAME=N, where NAME is size, blocks, depth, entries, extensions, attributes, value, names, oid or candidates.",
    ],
    [
      "depth",
      "Expected NAME=N, where NAME is size, blocks, depth, entries, extensions, attributes, value, names, oid or candidates.",
    ],
    ["depth=0", "depth: Expected a whole number from 1 to 256."],
    ["depth=257", "depth: Expected a whole number from 1 to 256."],
    ["size=1e9", "size: Expected a whole number from 1 to 2147483648."],
  ])("not by invalid --limit %s", async (value, message) => {
    const { code, err } = await crllint(["--limit", value, ...files]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test("by a configuration, which an option overrides", async () => {
    const config = bench.put("crllint.yaml", "limits:\n  entries: 1\n");
    const { code, out } = await crllint(["--config", config, ...files]);
    expect(code).toBe(2);
    expect(out).toMatch(overLimit);
    expect((await crllint(["--config", config, "--limit", "depth=9", ...files])).code).toBe(0);
    const wrong = bench.put("wrong.yaml", "limits:\n  depth: 257\n  extension: 5\n");
    const { code: refused, err } = await crllint(["--config", wrong, ...files]);
    expect(refused).toBe(2);
    expect(err).toContain("a whole number from 1 to 256");
    expect(err).toMatch(/extension\b.*\n?.*did you mean extensions/u);
  });

  test("for many files, with and without workers", async () => {
    const many = Array.from({ length: 40 }, (_, i) => bench.put(`many/${i}.crl`, crl));
    const args = ["--no-config", "--limit", "entries=1", "-f", "json", ...files, ...many];
    const alone = await crllint(["--jobs", "1", ...args]);
    expect(alone.code).toBe(2);
    expect((await crllint(["--jobs", "2", ...args])).out).toBe(alone.out);
    expect(alone.out.match(/"rule": "input\/over-limit",\n\s+"severity"/gu)).toHaveLength(41);
  });

  test("not to invalid values in the library", () => {
    for (const limits of [{ depth: 0 }, { depth: 257 }, { depth: 1.5 }, { extension: 5 }, []]) {
      const options = { crl, limits } as unknown as Parameters<typeof lintCrl>[0];
      expect(() => lintCrl(options)).toThrow(/^lintCrl: limits must be an object of limits and whole numbers/u);
    }
    expect(isLimit("depth", 256)).toBe(true);
  });
});

describe("a file", () => {
  const bench = new Workbench();
  afterAll(() => bench.clear());

  test("larger than the default limit is not read", () => {
    const path = bench.put("large.crl", "");
    truncateSync(path, usualLimits.size + 1);
    expect(readFile(path)).toEqual({ name: path, fault: `too large: more than ${usualLimits.size} bytes` });
  });

  test("or standard input larger than a limit that was set is not read", async () => {
    const { crl } = kit.crl();
    const ca = kit.ca.certificate;
    const files = [bench.put("ca.der", ca), bench.put("a.crl", crl)];
    const maximum = Math.max(crl.length, ca.length);
    const lint = (limit: number, ...rest: readonly string[]) =>
      crllint(["--no-config", "--limit", `size=${limit}`, ...rest], { stdin: crl });
    expect(await lint(maximum, ...files)).toMatchObject({ code: 0 });
    const tooLarge = await lint(maximum - 1, ...files);
    expect(tooLarge.code).toBe(2);
    expect(tooLarge.out).toContain(`too large: more than ${maximum - 1} bytes`);
    expect((await lint(crl.length - 1, "-")).out).toContain(`too large: more than ${crl.length - 1} bytes`);
  });
});
