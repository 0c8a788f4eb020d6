import { DOMParser } from "@xmldom/xmldom";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import type { CrlKnobs } from "../../src/fixture/index.ts";
import { lintCrl, reportOf, type Run } from "../../src/index.ts";
import { type Format, render } from "../../src/report/index.ts";
import { crllint, pem, Workbench } from "../cli/workbench.ts";
import { broken, findingsIn, isFull } from "./inside.ts";
import { mutate, Random } from "./mutate.ts";

const issuer = kit.ca.certificate;

/** Valid CRLs of the usual shapes. */
const knobs: readonly CrlKnobs[] = [
  {},
  { entries: [] },
  { idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } },
  {
    idp: { indirect: true },
    entries: [{ extensions: [kit.extension.certificateIssuer(kit.ca.subject)] }, { reason: 6 }],
  },
  { extra: [kit.extension.freshestCrl("http://crl.example.com/delta.crl")] },
  { extra: [kit.extension.deltaCrlIndicator(4710)], entries: [{ reason: 8 }] },
];
const valid = knobs.map((each) => kit.crl(each).crl);

/** A valid CRL in which one byte was changed, removed, inserted or repeated. */
const withByteChanged = fc
  .record({
    crl: fc.constantFrom(...valid),
    how: fc.constantFrom("change", "remove", "insert", "repeat"),
    at: fc.nat({ max: 2 ** 16 }),
    byte: fc.nat({ max: 255 }),
  })
  .map(({ crl, how, at, byte }) => {
    const index = at % crl.length;
    const [before, after] = [crl.subarray(0, index), crl.subarray(index + 1)];
    if (how === "change") return crl.with(index, byte);
    if (how === "remove") return Uint8Array.from([...before, ...after]);
    const middle = how === "insert" ? [byte, crl[index] ?? 0] : [crl[index] ?? 0, crl[index] ?? 0];
    return Uint8Array.from([...before, ...middle, ...after]);
  });

/** A valid CRL whose structure was changed in a few places. */
const mutated = fc
  .record({ crl: fc.constantFrom(...valid), seed: fc.integer() })
  .map(({ crl, seed }) => mutate(crl, valid, new Random(seed)));

const any = fc.oneof(withByteChanged, mutated, fc.uint8Array({ maxLength: 200 }));

const runs = { numRuns: isFull ? 20_000 : 250 };

function lint(crl: Uint8Array): Run {
  return lintCrl({
    crl,
    issuer,
    profile: ["tls-br", "etsi"],
    signature: "ignore",
    now: new Date("2026-11-04T00:00:00Z"),
  });
}

test("no rule crashes and every location is inside its file, for any bytes", () => {
  fc.assert(
    fc.property(any, (crl) => {
      expect(broken(lint(crl), { crl: crl.length, issuer: issuer.length })).toEqual([]);
    }),
    runs,
  );
});

test("PEM and DER of a CRL have the same findings at the same locations", () => {
  fc.assert(
    fc.property(fc.oneof(withByteChanged, mutated), (crl) => {
      const text = new TextEncoder().encode(pem("X509 CRL", crl));
      const [der, armored] = [lint(crl), lint(text)];
      // Changed bytes that are no longer a CRL are reported by content for DER, and by label for PEM.
      fc.pre(der.judged && armored.judged);
      expect(findingsIn(armored)).toEqual(findingsIn(der));
    }),
    runs,
  );
});

const machineFormats: readonly Format[] = ["json", "jsonl", "sarif", "sarif-github", "gitlab", "junit"];

test("reports can be parsed, and the JSON report contains every finding", async () => {
  await fc.assert(
    fc.asyncProperty(any, async (crl) => {
      const run = lint(crl);
      for (const format of machineFormats) {
        const text = await render(reportOf([run]), format);
        expect(text).not.toMatch(/##\[|##vso\[/u);
        for (const document of format === "jsonl" ? text.trimEnd().split("\n") : [text]) parse(format, document);
        if (format === "json")
          expect(JSON.parse(text)).toMatchObject({ runs: [{ findings: run.findings.map(({ rule }) => ({ rule })) }] });
      }
    }),
    { numRuns: isFull ? 2000 : 50 },
  );
});

function parse(format: Format, document: string): void {
  if (format === "junit") {
    const onError = (_: string, message: string): never => {
      throw new Error(message);
    };
    expect(new DOMParser({ onError }).parseFromString(document, "text/xml").documentElement?.tagName).toBe(
      "testsuites",
    );
  } else JSON.parse(document);
}

describe("the order of files", () => {
  const bench = new Workbench();
  afterAll(() => bench.clear());

  test("does not change a report", async () => {
    const files = [
      bench.put("ca.der", issuer),
      bench.put("other.der", kit.otherCa.certificate),
      bench.put("a.crl", valid[0] ?? ""),
      bench.put("b.crl", kit.crl({ issuer: kit.ca.subject.reversed() }).crl),
      bench.put("c.crl", kit.crl({ ca: kit.otherCa }).crl),
      bench.put("d.crl", new Uint8Array(3)),
    ];
    const expected = await crllint(["-f", "json", ...files]);
    // The CRLs list the same serials. A finding that compares CRLs must not depend on the order of files.
    const { runs } = JSON.parse(expected.out) as { runs: { findings: { rule: string }[] }[] };
    const compared = runs.map(({ findings }) => findings.some(({ rule }) => rule === "set/serial-in-several-cas"));
    // The first CA also signed b.crl, despite its issuer. d.crl is not a CRL.
    expect(compared).toEqual([true, true, true, false]);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(files, { minLength: files.length }), async (shuffled) => {
        expect(await crllint(["-f", "json", ...shuffled])).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });
});
