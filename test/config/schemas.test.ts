import { expect, test } from "vitest";
import { makeSchemas } from "../../scripts/schemas.ts";
import { baselineJsonSchema } from "../../src/config/schema/baseline-1.ts";
import { configJsonSchema } from "../../src/config/schema/config-1.ts";
import { crllint } from "../cli/workbench.ts";
import { faultsOfBaseline, faultsOfConfig } from "./validate.ts";

test("src/config/schema is the output of `npm run schemas`", () => {
  expect({ config: configJsonSchema, baseline: baselineJsonSchema }).toEqual(makeSchemas());
});

test.each(["config", "baseline"])("crllint schema %s prints the schema", async (name) => {
  const { code, out, err } = await crllint(["schema", name]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(JSON.parse(out)).toEqual(makeSchemas()[name]);
});

test("the schemas reject what crllint rejects", () => {
  expect(faultsOfConfig({ profile: ["tls-br", "etsi"], suppress: [{ rule: "idp", reason: "x" }] })).toEqual([]);
  expect(faultsOfConfig({ profile: "nope" })).not.toEqual([]);
  expect(faultsOfConfig({ profil: "etsi" })).toEqual([" must NOT have additional properties"]);
  expect(faultsOfConfig({ suppress: [{ rule: "idp" }] })).toEqual(["/suppress/0 must have required property 'reason'"]);
  expect(faultsOfBaseline({ version: 2, entries: [] })).toEqual(["/version must be equal to constant"]);
});
