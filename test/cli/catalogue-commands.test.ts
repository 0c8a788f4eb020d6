import { readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { readCrl } from "../../src/crl/read.ts";
import { kit } from "../../src/fixture/index.ts";
import { rules } from "../../src/index.ts";
import { optionalInputs } from "../../src/lint/input-names.ts";
import { matchesPattern } from "../../src/lint/select.ts";
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
  test("the profiles together have at least 250 rules with 300 requirements", async () => {
    const { counts } = await listJson("--profile", "tls-br,mozilla,ccadb,smime-br,cs-br,etsi,fpki,rpki,icao,microsoft");
    expect(counts.rules).toBeGreaterThanOrEqual(250);
    expect(counts.requirements).toBeGreaterThanOrEqual(300);
  });

  test("all rules are listed without a filter", async () => {
    expect((await listJson()).rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
  });

  test("with a profile, only active requirements are shown and counted", async () => {
    const { counts, rules: list } = await listJson("--profile", "rfc5280");
    const shown = list.flatMap(({ requirements }) => requirements);
    expect(new Set(shown.map(({ source }) => source))).toEqual(new Set(["x690", "rfc5280", "rfc7468", "hygiene"]));
    expect(counts).toEqual({ rules: list.length, requirements: shown.length });
  });

  test("rules are filtered by part, source and needed input", async () => {
    const parts = (await listJson("--part", "crl-number")).rules.map(({ id }) => id.split("/")[0]);
    expect(new Set(parts)).toEqual(new Set(["crl-number"]));
    for (const { requirements } of (await listJson("--source", "mozilla")).rules) {
      expect(requirements.map(({ source }) => source)).toContain("mozilla");
    }
    for (const { id, requirements } of (await listJson("--part", "reason", "--source", "mozilla")).rules) {
      expect(id).toMatch(/^reason\//u);
      expect(requirements.map(({ source }) => source)).toContain("mozilla");
    }
  });

  test("--needs lists exactly the rules that --ignore needs:INPUT skips", async () => {
    for (const input of optionalInputs) {
      const listed = (await listJson("--needs", input)).rules.map(({ id }) => id);
      expect(listed).toEqual(rules.filter((rule) => matchesPattern(rule, `needs:${input}`)).map(({ id }) => id));
      expect(listed).not.toEqual([]);
    }
  });

  test("a mistyped input is rejected with a suggestion", async () => {
    const { code, err } = await crllint(["rules", "--needs", "shard"]);
    expect(code).toBe(2);
    expect(err).toContain("There is no input shard. Did you mean shards?");
  });

  test.each([
    ["shards/serial-in-two", "all partitions of the CA (`--shards`)"],
    ["ccadb/url-missing", "the CCADB export (`--ccadb`)"],
    ["certs/revoked-not-listed", "certificates that are revoked or good (`--expect-revoked`, `--expect-good`)"],
    ["transport/content-type", "the HTTP response (`crllint fetch`)"],
    ["input/tbs-was-differs", "what was linted before it was signed (`--tbs-was`)"],
  ])("%s states that it needs %s", async (id, needs) => {
    expect((await crllint(["explain", id])).out.split("\n").find((line) => line.startsWith("- Needs: "))).toContain(
      needs,
    );
  });

  test("the exit code is 2 if no rule matches the filters", async () => {
    expect(await crllint(["rules", "--part", "reason", "--needs", "ccadb"])).toEqual({
      code: 2,
      out: "",
      err: "error: no rule matches these filters; run crllint rules to list all rules\n(see crllint rules --help)\n",
    });
  });

  test.each([
    ["--part", "idpp", "idpp/*; did you mean idp?"],
    ["--source", "hygien", "source:hygien; did you mean source:hygiene?"],
    ["--source", "crllint", "source:crllint"],
  ])("%s %s is rejected with the nearest one", async (option, value, message) => {
    const err = `error: no rule matches ${message}\n(see crllint rules --help)\n`;
    expect(await crllint(["rules", option, value])).toEqual({ code: 2, out: "", err });
  });

  test("the default format is a table, and --format markdown writes Markdown", async () => {
    expect((await crllint(["rules", "--part", "crl-number"])).out).toMatch(
      /^ID +SEVERITY +IN FORCE +DOCUMENT +NEEDS\n.*\ncrl-number\/missing +error/mu,
    );
    expect((await crllint(["rules", "--part", "certs"])).out).not.toContain("`");
    expect((await crllint(["rules", "-f", "markdown", "--part", "crl-number"])).out).toContain(
      "| [crl-number/missing]",
    );
  });
});

describe("crllint explain", () => {
  test("the page of a rule shows the quotation, the fix and the output of its examples", async () => {
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
    ["crllint", "# crllint/"],
  ])("there is a page for %s", async (name, title) => {
    const { code, out } = await crllint(["explain", name]);
    expect(code).toBe(0);
    expect(out.startsWith(title)).toBe(true);
  });

  test("the advice on a signature that was not verified applies to both of its causes", async () => {
    const { out } = await crllint(["explain", "crllint/signature-not-checked"]);
    expect(out).toContain("without --signature ignore; if crllint cannot verify it, verify it with other software");
  });

  test("an unknown name is an error that suggests the nearest name", async () => {
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

  test("prints issuer, number of entries, reasons and decoded extensions", async () => {
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

  test("escapes text from the file", async () => {
    const hostile = kit.crl({ issuer: kit.ca.subject.withText(1, "a\u202eb\u001b[31m") }).crl;
    const { out } = await crllint(["show", bench.put("hostile.crl", hostile)]);
    expect(out).toContain(String.raw`O=a\u{202e}b\u{1b}[31m`);
  });

  test("prints JSON with offset and length of fields", async () => {
    const { out } = await crllint(["show", "-f", "json", file]);
    const { crls } = JSON.parse(out) as {
      crls: { issuer: { offset: number; length: number }; entries: { count: number } }[];
    };
    const [crl] = crls;
    expect(crl?.entries.count).toBe(3);
    const issuer = crl?.issuer ?? { offset: 0, length: 0 };
    expect(Buffer.compare(made.subarray(issuer.offset, issuer.offset + issuer.length), kit.ca.subject.der())).toBe(0);
  });

  describe("of a truncated CRL", () => {
    const whole = readCrl(made);
    const list = whole.revokedCertificates ?? { content: 0, end: 0 };
    const inExtensions = (whole.crlExtensions?.list[1]?.start ?? 0) + 1;
    const lists = ["revokedCertificates", "crlExtensions"];
    const rest = ["signatureAlgorithm", "signatureValue"];

    test.each([
      ["in issuer", (whole.issuer?.start ?? 0) + 5, ["issuer", "thisUpdate", "nextUpdate", ...lists, ...rest]],
      ["before the entries", whole.nextUpdate?.end ?? 0, [...lists, ...rest]],
      ["in the entries", list.content + 5, [...lists, ...rest]],
      ["after the entries", list.end + 1, ["crlExtensions", ...rest]],
      ["at the start of crlExtensions", list.end + 3, ["crlExtensions", ...rest]],
      ["in crlExtensions", inExtensions, ["crlExtensions", ...rest]],
      ["in signatureValue", made.length - 1, ["signatureValue"]],
    ])("%s: what was not read is named, with exit code 2", async (_, length, fields) => {
      const cut = bench.put("cut.crl", made.subarray(0, length));
      const shown = await crllint(["show", "-f", "json", cut]);
      expect({ code: shown.code, err: shown.err }).toEqual({ code: 2, err: "" });
      const [crl] = (JSON.parse(shown.out) as { crls: Record<string, unknown>[] }).crls;
      expect(crl?.["unread"]).toEqual(Object.fromEntries(fields.map((field) => [field, "the file is truncated"])));
      expect([crl?.["entries"] === undefined, crl?.["extensions"] === undefined]).toEqual([
        length < list.content,
        length <= list.end + 3,
      ]);
      const { code, out } = await crllint(["show", cut]);
      expect(code).toBe(2);
      const lines = out.split("\n").filter((line) => /not read(?: in full)?: the file is truncated$/u.test(line));
      expect(lines.map((line) => /^ {2}(?<field>\w+)/u.exec(line)?.groups?.["field"])).toEqual(fields);
      expect(out).not.toMatch(/ 0 entries|crlExtensions: 0/u);
    });

    test("a CRL without optional fields is read in full", async () => {
      const { crl } = kit.crl({ version: null, crlExtensions: null, entries: [], nextUpdate: null });
      const { code, out } = await crllint(["show", bench.put("v1.crl", crl)]);
      expect(code).toBe(0);
      expect(out).toContain("  crlExtensions: 0\n");
      expect(out).not.toContain("not read");
    });
  });

  test("reports a certificate as not a CRL, with exit code 2", async () => {
    const { code, err } = await crllint(["show", bench.put("ca.der", kit.ca.certificate)]);
    expect(code).toBe(2);
    expect(err).toContain("this is a certificate, not a CRL");
  });
});
