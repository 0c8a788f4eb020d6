import { readFileSync, truncateSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { readFile } from "../../src/cli/read-files.ts";
import { maximumEntries } from "../../src/crl/entries.ts";
import { readCrl } from "../../src/crl/read.ts";
import { maximumDepth } from "../../src/der/cursor.ts";
import { maximumExtensions } from "../../src/extension/extension.ts";
import { maximumGeneralNames } from "../../src/extension/general-name.ts";
import { kit } from "../../src/fixture/index.ts";
import type { CrlKnobs } from "../../src/fixture/index.ts";
import { maximumAttributes, maximumValueOctets } from "../../src/name/parse.ts";
import { maximumOidOctets } from "../../src/der/oid.ts";
import { maximumBlocks } from "../../src/pem/armour.ts";
import { pem, Workbench } from "../cli/workbench.ts";
import { lintCase, said } from "../support/lint-case.ts";
import { isFull } from "./inside.ts";

const { der, extension, oids } = kit;
const documented = readFileSync(new URL("../../docs/limits.md", import.meta.url), "utf8");

/** The same octets many times. */
function repeat(octets: Uint8Array, count: number): Uint8Array {
  const all = new Uint8Array(octets.length * count);
  for (let i = 0; i < count; i += 1) all.set(octets, i * octets.length);
  return all;
}

const anExtension = der.seq(der.oid("1.2.3"), der.octetString(der.nul()));
const anRdn = der.set(der.seq(der.oid("2.5.4.3"), der.utf8("a")));
const aName = der.tlv(0x86, der.ascii("http://a.example/1.crl"));

function nested(depth: number): Uint8Array {
  let value = der.nul();
  for (let i = 0; i < depth; i += 1) value = der.seq(value);
  return value;
}

/** CRLs that have as many of something as is read, or one more. */
const cases: readonly (readonly [string, number, (count: number) => CrlKnobs])[] = [
  [
    "extensions",
    maximumExtensions,
    (count) => ({ crlExtensions: der.explicit(0, der.seq(repeat(anExtension, count))) }),
  ],
  ["RDNs", maximumAttributes, (count) => ({ issuer: der.seq(repeat(anRdn, count)) })],
  [
    "octets of an attribute value",
    maximumValueOctets,
    (count) => ({ issuer: der.seq(der.set(der.seq(der.oid("2.5.4.3"), der.utf8("a".repeat(count))))) }),
  ],
  [
    "general names",
    maximumGeneralNames,
    (count) => ({ extra: [extension.extension(oids.issuerAltName, der.seq(repeat(aName, count)))] }),
  ],
  [
    "distribution points",
    maximumGeneralNames,
    (count) => ({ extra: [extension.extension(oids.freshestCrl, der.seq(repeat(der.seq(), count)))] }),
  ],
  [
    "octets of an object identifier",
    maximumOidOctets,
    (count) => ({ extra: [der.seq(der.tlv(0x06, repeat(Uint8Array.of(0x2a), count)), der.octetString(der.nul()))] }),
  ],
  ["levels of nesting", maximumDepth, (depth) => ({ extra: [extension.extension("2.5.29.9", nested(depth))] })],
];

describe("limits are documented, and told when they are met", () => {
  test.each(cases)("%s", (_, limit, make) => {
    expect(documented).toMatch(new RegExp(`\\| ${limit.toLocaleString("en-US")}(?: octets| levels)? +\\|`, "u"));
    const within = said(lintCase(kit.crl(make(limit))), "input/over-limit");
    const beyond = said(lintCase(kit.crl(make(limit + 1))), "input/over-limit");
    expect(within).toEqual([]);
    expect(beyond).toHaveLength(1);
    expect(beyond[0]).toMatch(/^error: /u);
  });

  test("entries", { timeout: 300_000 }, () => {
    expect(documented).toContain(`| ${maximumEntries.toLocaleString("en-US")} `);
    // So many entries take half a minute to make and to read.
    if (!isFull) return;
    const list = repeat(der.seq(der.int(1), der.utcTime("260601120000Z")), maximumEntries + 300);
    const crl = readCrl(kit.crl({ revokedCertificates: der.seq(list) }).crl, "crl");
    expect(crl.source.faults.of("input/over-limit")?.count).toBe(1);
    expect(crl.entries.broken).toBe(true);
    let visited = 0;
    crl.entries.visit(() => (visited += 1));
    expect(visited).toBe(crl.entries.count);
    expect(visited - maximumEntries).toBeLessThan(256);
  });

  test("PEM blocks", () => {
    expect(documented).toContain(`| ${maximumBlocks.toLocaleString("en-US")} `);
    const crl = pem("X509 CRL", kit.crl({ entries: [] }).crl);
    const block = pem("PARAMETERS", der.nul());
    const file = (count: number): CrlKnobs => ({ text: () => crl + block.repeat(count - 1) });
    expect(said(lintCase(kit.crl(file(maximumBlocks))), "input/over-limit")).toEqual([]);
    expect(said(lintCase(kit.crl(file(maximumBlocks + 1))), "input/over-limit")).toEqual([
      "error: 10001 PEM blocks; only the first 10000 are read",
    ]);
  });
});

describe("a file", () => {
  const bench = new Workbench();
  afterAll(() => bench.clear());

  test("that is too large is not read", () => {
    const most = 2 ** 31;
    expect(documented).toContain(`| ${most.toLocaleString("en-US")} octets |`);
    const path = bench.put("large.crl", "");
    truncateSync(path, most + 1);
    expect(readFile(path)).toEqual({ fault: `too large: more than ${most} octets` });
  });
});
