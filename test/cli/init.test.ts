import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import type { Run } from "../../src/rule/report.ts";
import { kit } from "../../src/fixture/index.ts";
import { faultsOfConfig } from "../config/validate.ts";
import { crllint, pem, Workbench } from "./workbench.ts";

let bench: Workbench;
const before = process.cwd();

beforeEach(() => {
  bench = new Workbench();
  process.chdir(bench.folder);
});

afterEach(() => {
  process.chdir(before);
  bench.clear();
});

/** Reads the written configuration with another YAML parser. */
function written(): { readonly pairs?: unknown } {
  const value = parse(readFileSync("crllint.yaml", "utf8")) as { readonly pairs?: unknown };
  expect(faultsOfConfig(value)).toEqual([]);
  return value;
}

test("an empty directory gets a configuration without pairs", async () => {
  expect(await crllint(["init"])).toEqual({
    code: 0,
    out: "wrote crllint.yaml: found 0 CRLs and 0 certificates, proposed 0 pairs; crllint.schema.json is its schema, for editors\n",
    err: "",
  });
  expect(written()).toEqual({ profile: "tls-br", "fail-on": "error" });
  expect(readFileSync("crllint.yaml", "utf8")).toContain("crllint profiles lists them.\nprofile: tls-br\n");
});

test("CRLs are paired by key, with a pattern if all CRLs of a directory have one CA", async () => {
  bench.put("cas/ca.pem", pem("CERTIFICATE", kit.ca.certificate));
  bench.put("cas/other.pem", pem("CERTIFICATE", kit.otherCa.certificate));
  bench.put("crls/one.crl", kit.crl().crl);
  bench.put("crls/two.crl", kit.crl({ crlNumber: 5 }).crl);
  bench.put("mixed/own.crl", kit.crl().crl);
  bench.put("mixed/strange\u001b\n.crl", kit.crl().crl);
  bench.put("mixed/foreign.crl", kit.crl({ signingKey: "p256" }).crl);
  expect((await crllint(["init"])).out).toMatch(
    /^wrote crllint\.yaml: found 5 CRLs and 2 certificates, proposed 2 pairs; /u,
  );
  expect(written().pairs).toEqual([
    { crl: "crls/*.crl", issuer: "cas/ca.pem" },
    { crl: "mixed/own.crl", issuer: "cas/ca.pem" },
  ]);
  expect(readFileSync("crllint.yaml", "utf8")).toContain(
    "# Not signed with the key of any certificate here:\n#   mixed/foreign.crl\n",
  );
  // The written configuration is valid.
  expect((await crllint(["-f", "json", "crls"])).code).toBe(0);
});

const [ca, otherCa] = [kit.ca, kit.otherCa].map(({ certificate }) => pem("CERTIFICATE", certificate));
const own = (crlNumber: number): Uint8Array => kit.crl({ crlNumber }).crl;
const other = (crlNumber: number): Uint8Array => kit.crl({ crlNumber, ca: kit.otherCa }).crl;
const both = pem("X509 CRL", own(1)) + pem("X509 CRL", other(1));

/** Returns the verdict, the rules that report and the CA of each CRL of the working directory. */
async function verdicts(...options: readonly string[]): Promise<unknown> {
  const { code, out } = await crllint(["-f", "json", ...options, "."]);
  const { runs } = JSON.parse(out) as { readonly runs: readonly Run[] };
  return [
    code,
    runs.map(({ crl, verdict, findings, pairing }) => [
      crl,
      verdict,
      findings.map(({ rule }) => rule),
      pairing?.sha256,
    ]),
  ];
}

test.each<[string, Readonly<Record<string, Uint8Array | string>>, unknown, string]>([
  [
    "a certificate whose file has the name of a keyword",
    { none: ca ?? "", "crls/one.crl": own(1), "crls/two.crl": own(2) },
    [{ crl: "crls/*.crl", issuer: "./none" }],
    "",
  ],
  [
    "CRLs without a suffix next to those of another CA",
    {
      "A.pem": ca ?? "",
      "B.pem": otherCa ?? "",
      "d/a": own(1),
      "d/b": own(2),
      "d/x.crl": other(1),
      "d/y.crl": other(2),
    },
    [
      { crl: "d/a", issuer: "A.pem" },
      { crl: "d/b", issuer: "A.pem" },
      { crl: "d/*.crl", issuer: "B.pem" },
    ],
    "",
  ],
  [
    "a file with CRLs of two CAs",
    { "A.pem": ca ?? "", "B.pem": otherCa ?? "", "two.pem": both },
    [{ crl: "two.pem", issuer: ["A.pem", "B.pem"] }],
    "",
  ],
  [
    "files with CRLs of two CAs, which one pattern matches",
    { "A.pem": ca ?? "", "B.pem": otherCa ?? "", "d/one.pem": both, "d/two.pem": both },
    [{ crl: "d/*.pem", issuer: ["A.pem", "B.pem"] }],
    "",
  ],
  [
    "a file with a CRL that no certificate signed",
    { "A.pem": ca ?? "", "B.crl": own(1), "two.pem": both },
    [{ crl: "B.crl", issuer: "A.pem" }],
    "note: no proposed pair for 2 of 3 CRLs (2: not signed with the key of any certificate here)\n",
  ],
  [
    "paths with quotes and wildcards",
    { "A.pem": ca ?? "", "q'uote/a.crl": own(1), "g[1]b/b.crl": own(2), "c.crl": own(3) },
    [{ crl: "c.crl", issuer: "A.pem" }],
    "note: no proposed pair for 2 of 3 CRLs (2: its path or that of its certificate has special characters)\n",
  ],
  [
    "a certificate in a file with a CRL",
    { "all.pem": (ca ?? "") + pem("X509 CRL", own(1)), "one.crl": own(2) },
    undefined,
    "note: no proposed pair for 2 of 2 CRLs (2: the file of its certificate also has other contents)\n",
  ],
  [
    "a certificate in such a file and in one of its own",
    { "all.pem": (ca ?? "") + pem("X509 CRL", own(1)), "ca.pem": ca ?? "", "one.crl": own(2) },
    [
      { crl: "all.pem", issuer: "ca.pem" },
      { crl: "one.crl", issuer: "ca.pem" },
    ],
    "",
  ],
])("the verdicts are those of a call without the configuration: %s", async (_, files, pairs, note) => {
  for (const [name, content] of Object.entries(files)) bench.put(name, content);
  const without = await verdicts();
  expect(await crllint(["init"])).toMatchObject({ code: 0, err: note });
  expect(written().pairs).toEqual(pairs);
  expect(await verdicts()).toEqual(without);
  expect(await verdicts("--no-config")).toEqual(without);
});

test("no pattern is proposed if not all files were read, and further pairs are counted", async () => {
  bench.put("A.pem", ca ?? "");
  for (let i = 0; i < 2000; i += 1) bench.put(`d/${i}.crl`, own(1));
  const { out, err } = await crllint(["init"]);
  expect(out).toMatch(/^wrote crllint\.yaml: found 1,999 CRLs and 1 certificate, proposed 1,999 pairs; /u);
  expect(err).toBe(
    "note: no proposed pair for 1,949 of 1,999 CRLs (1,949: only 50 pairs are written)\nnote: only the first 2,000 files were read\n",
  );
  expect((written().pairs as readonly { crl: string }[]).filter(({ crl }) => crl.includes("*"))).toEqual([]);
});

test("the configuration conforms to the schema that it refers to", async () => {
  await crllint(["init"]);
  const [, schema = ""] =
    /^# yaml-language-server: \$schema=(?<file>\S+)\n/u.exec(readFileSync("crllint.yaml", "utf8")) ?? [];
  const validate = new Ajv2020().compile(JSON.parse(readFileSync(schema, "utf8")) as object);
  expect(validate(written())).toBe(true);
  expect(validate({ profil: "tls-br" })).toBe(false);
});

test("an existing schema is not overwritten", async () => {
  bench.put("crllint.schema.json", "{}");
  expect((await crllint(["init"])).code).toBe(0);
  expect(readFileSync("crllint.schema.json", "utf8")).toBe("{}");
});

test("an existing configuration is not overwritten", async () => {
  bench.put("crllint.yml", "profile: etsi\n");
  const { code, out, err } = await crllint(["init"]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(/^error: crllint\.yml already exists; delete it to start over\n/u);
});
