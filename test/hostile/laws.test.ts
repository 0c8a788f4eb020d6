import { DOMParser } from "@xmldom/xmldom";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import type { CrlKnobs } from "../../src/fixture/index.ts";
import { lintCrl, reportOf, type Run } from "../../src/index.ts";
import { type Format, render } from "../../src/report/index.ts";
import { crllint, pem, Workbench } from "../cli/workbench.ts";
import { broken, foundIn, isFull } from "./inside.ts";
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
const sound = knobs.map((each) => kit.crl(each).crl);

/** A valid CRL in which one byte was changed, removed, inserted or repeated. */
const touched = fc
  .record({
    crl: fc.constantFrom(...sound),
    how: fc.constantFrom("change", "remove", "insert", "repeat"),
    at: fc.nat({ max: 2 ** 16 }),
    octet: fc.nat({ max: 255 }),
  })
  .map(({ crl, how, at, octet }) => {
    const index = at % crl.length;
    const [before, after] = [crl.subarray(0, index), crl.subarray(index + 1)];
    if (how === "change") return crl.with(index, octet);
    if (how === "remove") return Uint8Array.from([...before, ...after]);
    const middle = how === "insert" ? [octet, crl[index] ?? 0] : [crl[index] ?? 0, crl[index] ?? 0];
    return Uint8Array.from([...before, ...middle, ...after]);
  });

/** A valid CRL whose structure was changed in a few places. */
const mutated = fc
  .record({ crl: fc.constantFrom(...sound), seed: fc.integer() })
  .map(({ crl, seed }) => mutate(crl, sound, new Random(seed)));

const any = fc.oneof(touched, mutated, fc.uint8Array({ maxLength: 200 }));

const runs = { numRuns: isFull ? 20_000 : 250 };
const patience = 1_200_000;

function lint(crl: Uint8Array): Run {
  return lintCrl({
    crl,
    issuer,
    profile: ["tls-br", "etsi"],
    signature: "ignore",
    now: new Date("2026-11-04T00:00:00Z"),
  });
}

test("for any bytes, no rule crashes and every place is inside its file", { timeout: patience }, () => {
  fc.assert(
    fc.property(any, (crl) => {
      expect(broken(lint(crl), { crl: crl.length, issuer: issuer.length })).toEqual([]);
    }),
    runs,
  );
});

test("PEM and DER of one CRL give the same findings in the same places", { timeout: patience }, () => {
  fc.assert(
    fc.property(fc.oneof(touched, mutated), (crl) => {
      const text = new TextEncoder().encode(pem("X509 CRL", crl));
      const [der, armored] = [lint(crl), lint(text)];
      // Changed bytes that are no longer a CRL are reported by content for DER, and by label for PEM.
      fc.pre(der.judged && armored.judged);
      expect(foundIn(armored)).toEqual(foundIn(der));
    }),
    runs,
  );
});

const machineFormats: readonly Format[] = ["json", "jsonl", "sarif", "sarif-github", "gitlab", "junit"];

test("reports parse back, with every finding in them", { timeout: patience }, async () => {
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

  test("does not change a report", { timeout: patience }, async () => {
    const files = [
      bench.put("ca.der", issuer),
      bench.put("other.der", kit.otherCa.certificate),
      bench.put("a.crl", sound[0] ?? ""),
      bench.put("b.crl", kit.crl({ issuer: kit.ca.subject.reversed() }).crl),
      bench.put("c.crl", kit.crl({ ca: kit.otherCa }).crl),
      bench.put("d.crl", new Uint8Array(3)),
    ];
    const expected = await crllint(["-f", "json", ...files]);
    // The kit's CAs list the same serials. A finding that compares CRLs depends on their order if theirs is not settled.
    const { runs } = JSON.parse(expected.out) as { runs: { findings: { rule: string }[] }[] };
    const compared = runs.map(({ findings }) => findings.some(({ rule }) => rule === "set/serial-in-several-cas"));
    // b.crl is of the first CA too, whatever its issuer, and d.crl is not a CRL.
    expect(compared).toEqual([true, true, true, false]);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(files, { minLength: files.length }), async (shuffled) => {
        expect(await crllint(["-f", "json", ...shuffled])).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });
});
