import { readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { rules } from "../../src/index.ts";
import { crllint, Workbench } from "./workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

interface ListJson {
  readonly counts: { readonly rules: number; readonly requirements: number };
  readonly rules: readonly { readonly id: string; readonly requirements: readonly { readonly source: string }[] }[];
}

async function listJson(...args: readonly string[]): Promise<ListJson> {
  const { code, out } = await crllint(["rules", "--format", "json", ...args]);
  expect(code).toBe(0);
  return JSON.parse(out) as ListJson;
}

describe("crllint rules", () => {
  test("all profiles of public trust together hold at least 250 rules with 300 requirements", async () => {
    const { counts } = await listJson("--profile", "tls-br,mozilla,ccadb,smime-br,cs-br,etsi,fpki,rpki,icao,microsoft");
    expect(counts.rules).toBeGreaterThanOrEqual(250);
    expect(counts.requirements).toBeGreaterThanOrEqual(300);
  });

  test("without a filter all are listed", async () => {
    expect((await listJson()).rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
  });

  test("with a profile, only active requirements are shown and counted", async () => {
    const { counts, rules: list } = await listJson("--profile", "rfc5280");
    const shown = list.flatMap(({ requirements }) => requirements);
    expect(new Set(shown.map(({ source }) => source))).toEqual(new Set(["x690", "rfc5280", "rfc7468", "hygiene"]));
    expect(counts).toEqual({ rules: list.length, requirements: shown.length });
  });

  test("by part, by source and by needed input", async () => {
    const parts = (await listJson("--part", "crl-number")).rules.map(({ id }) => id.split("/")[0]);
    expect(new Set(parts)).toEqual(new Set(["crl-number"]));
    for (const { requirements } of (await listJson("--source", "mozilla")).rules) {
      expect(requirements.map(({ source }) => source)).toContain("mozilla");
    }
    expect((await listJson("--needs", "CA's certificate")).rules.map(({ id }) => id)).toContain(
      "issuer/not-byte-identical",
    );
  });

  test("no rule to list: exit 2", async () => {
    expect(await crllint(["rules", "--part", "none"])).toMatchObject({ code: 2, out: "" });
  });

  test("a table for terminals, Markdown for documents", async () => {
    expect((await crllint(["rules", "--part", "crl-number"])).out).toMatch(
      /^ID +SEVERITY.*\n.*\ncrl-number\/missing +error/mu,
    );
    expect((await crllint(["rules", "-f", "markdown", "--part", "crl-number"])).out).toContain(
      "| [crl-number/missing]",
    );
  });
});

describe("crllint explain", () => {
  test("a rule shows the sentence, why, the fix and the output of its examples", async () => {
    const { out } = await crllint(["explain", "--examples", "issuer/not-byte-identical"]);
    for (const text of [
      "# issuer/not-byte-identical",
      "byte-for-byte identical",
      "**Fix:** copy the CA certificate's subject TLV into tbsCertList.issuer unchanged",
      "same RDNs,\n  reversed order",
    ]) {
      expect(out).toContain(text);
    }
  });

  test.each([
    ["idp", "# idp/"],
    ["tls-br", "# profile tls-br"],
    ["source:mozilla", "# source mozilla"],
    ["x690", "# source x690"],
  ])("%s has a page", async (name, title) => {
    const { code, out } = await crllint(["explain", name]);
    expect(code).toBe(0);
    expect(out.startsWith(title)).toBe(true);
  });

  test("an unknown name suggests the nearest: exit 2", async () => {
    const { code, err } = await crllint(["explain", "issuer/not-byte-identica"]);
    expect(code).toBe(2);
    expect(err).toContain("did you mean issuer/not-byte-identical?");
  });
});

test("crllint fixture writes examples with the findings in its README", async () => {
  const folder = `${bench.folder}/fixture`;
  expect((await crllint(["fixture", "crl-number/missing", "--out", folder])).code).toBe(0);
  const readme = readFileSync(`${folder}/README.md`, "utf8");
  const commands = [...readme.matchAll(/^crllint (?<args>.*)$/gmu)].map((match) => match.groups?.["args"] ?? "");
  expect(commands).toHaveLength(2);
  expect(readdirSync(folder).sort()).toEqual(["README.md", "bad-1.ca.pem", "bad-1.crl", "good-1.ca.pem", "good-1.crl"]);
  const [bad = "", good = ""] = commands;
  const inFolder = (args: string): readonly string[] =>
    args.split(" ").map((word) => (/\.(?:pem|crl)$/u.test(word) ? `${folder}/${word}` : word));
  const failed = await crllint(["-f", "compact", ...inFolder(bad)]);
  expect(failed).toMatchObject({ code: 1 });
  expect(failed.out).toContain("crl-number/missing");
  expect(await crllint(["-f", "compact", ...inFolder(good)])).toMatchObject({
    code: 0,
    out: `${folder}/good-1.crl: verdict pass\nverdict pass\n`,
  });
});

describe("crllint show", () => {
  const made = kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }).crl;
  const file = bench.put("show.crl", made);

  test("header, entries by reason and year, extensions decoded, offsets", async () => {
    const { code, out } = await crllint(["show", file]);
    expect(code).toBe(0);
    for (const text of [
      "C=AT, O=Example Trust GmbH, CN=Example TLS CA 1",
      "3 entries",
      "keyCompromise",
      "cRLNumber (2.5.29.20): 4711",
    ]) {
      expect(out).toContain(text);
    }
    expect(out).toContain("onlyContainsUserCerts: true");
  });

  test("text from the file is escaped", async () => {
    const hostile = kit.crl({ issuer: kit.ca.subject.withText(1, "a\u202eb\u001b[31m") }).crl;
    const { out } = await crllint(["show", bench.put("hostile.crl", hostile)]);
    expect(out).toContain(String.raw`O=a\u{202e}b\u{1b}[31m`);
  });

  test("as JSON, with the offset of every field", async () => {
    const { out } = await crllint(["show", "-f", "json", file]);
    const { crls } = JSON.parse(out) as {
      crls: { issuer: { offset: number; length: number }; entries: { count: number } }[];
    };
    const [crl] = crls;
    expect(crl?.entries.count).toBe(3);
    const issuer = crl?.issuer ?? { offset: 0, length: 0 };
    expect(Buffer.compare(made.subarray(issuer.offset, issuer.offset + issuer.length), kit.ca.subject.der())).toBe(0);
  });

  test("a certificate is reported as such: exit 2", async () => {
    const { code, err } = await crllint(["show", bench.put("ca.der", kit.ca.certificate)]);
    expect(code).toBe(2);
    expect(err).toContain("this is a certificate, not a CRL");
  });
});
