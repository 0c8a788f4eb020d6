import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
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
