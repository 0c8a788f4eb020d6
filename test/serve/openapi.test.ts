import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { formats } from "../../src/report/formats.ts";
import { makeRequestSchema } from "../../scripts/schemas.ts";
import { fileFields, optionFields } from "../../src/serve/request.ts";
import { requestSchema } from "../../src/serve/schema/request-1.ts";
import { checkBy, readPublished } from "../support/json-schema.ts";
import { base64, ca, form, good, json, reversed, service } from "./setting.ts";

interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: Schema }>> }>>;
}

type Schema = Readonly<Record<string, unknown>>;

const app = service();
const description = (await (await app.request("/v1/openapi.json")).json()) as Description;
const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema({ ...description, $id: "service" });

/** Returns the schema of a response according to the description. */
function schemaOf(path: string, response: Response, method = "get"): ValidateFunction | undefined {
  const type = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
  const described = description.paths[path]?.[method]?.responses[String(response.status)];
  expect(described, `${path} ${response.status}`).toBeDefined();
  if (described?.content === undefined) return undefined;
  expect(Object.keys(described.content).map((name) => name.split(";")[0])).toContain(type);
  const pointer = [path, method, "responses", String(response.status), "content", type, "schema"];
  const escaped = pointer.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")));
  return ajv.getSchema(`service#/paths/${escaped.join("/")}`);
}

async function check(path: string, url: string, request?: RequestInit): Promise<number> {
  const response = await app.request(url, request);
  const validate = schemaOf(path, response, (request?.method ?? "get").toLowerCase());
  const text = await response.text();
  if (!/[/+]json$/u.test((response.headers.get("content-type") ?? "").split(";")[0] ?? "")) return response.status;
  validate?.(JSON.parse(text));
  expect(path === "/v1/openapi.json" || url.endsWith("busy") || validate !== undefined).toBe(true);
  expect(validate?.errors ?? []).toEqual([]);
  return response.status;
}

test("the description is valid OpenAPI 3.1", () => {
  const published = readPublished("raw.githubusercontent.com/OAI/OpenAPI-Specification/main/schemas/v3.1/schema.json");
  // If no dialect extends it, this reference means the definition here; Ajv resolves it to the schema around it.
  const text = JSON.stringify(published).replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"');
  expect(text).not.toContain("$dynamicRef");
  const errors = checkBy(JSON.parse(text));
  expect(errors(description)).toEqual([]);
  expect(errors({ ...description, servants: [] })).toHaveLength(1);
});

test("the described request has the fields that the service reads", () => {
  expect(requestSchema).toEqual(makeRequestSchema());
  expect(description.components.schemas["LintRequest"]).toMatchObject({ properties: requestSchema.properties });
  const { LintForm } = description.components.schemas;
  expect(Object.keys(LintForm?.["properties"] as object).sort()).toEqual(
    [...Object.keys(fileFields), ...optionFields].sort(),
  );
});

describe("responses match the description", () => {
  const valid = { crl: base64(good), issuer: base64(ca) };

  test.each([
    ["/v1/lint", json(valid), 200],
    ["/v1/lint", json({ ...valid, crl: base64(reversed) }), 200],
    ["/v1/lint", form({ crl: ca }), 200],
    ["/v1/lint", json({}), 400],
    ["/v1/lint", { method: "POST", body: "x" }, 415],
    ["/lintcrl", { method: "POST", body: new URLSearchParams({ b64input: base64(reversed) }) }, 200],
    ["/lintcrl", { method: "POST", body: new URLSearchParams({ b64input: "" }) }, 200],
    ["/linttbscrl", { method: "POST", body: new URLSearchParams({ format: "xml" }) }, 400],
  ])("POST %s", async (path, request, status) => {
    expect(await check(path, path, request)).toBe(status);
  });

  test.each(formats)("POST /v1/lint, format %s", async (format) => {
    expect(await check("/v1/lint", "/v1/lint", json({ ...valid, format }))).toBe(200);
  });

  test.each([
    ["/v1/rules", "/v1/rules", 200],
    ["/v1/rules", "/v1/rules?nonsense=1", 400],
    ["/v1/openapi.json", "/v1/openapi.json", 200],
    ["/v1/problems/{name}", "/v1/problems/busy", 200],
    ["/v1/problems/{name}", "/v1/problems/nonsense", 404],
    ["/healthz", "/healthz", 200],
    ["/metrics", "/metrics", 200],
    ["/", "/", 200],
  ])("GET %s: %s", async (path, url, status) => {
    expect(await check(path, url)).toBe(status);
  });
});

test("the description has all routes", () => {
  expect(description.openapi).toBe("3.1.0");
  expect(Object.keys(description.paths).sort()).toEqual(
    [
      "/",
      "/healthz",
      "/lintcrl",
      "/linttbscrl",
      "/metrics",
      "/v1/lint",
      "/v1/openapi.json",
      "/v1/problems/{name}",
      "/v1/rules",
    ].sort(),
  );
});
