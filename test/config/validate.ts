import { Ajv2020 } from "ajv/dist/2020.js";
import { baselineJsonSchema } from "../../src/config/schema/baseline-1.ts";
import { configJsonSchema } from "../../src/config/schema/config-1.ts";

const ajv = new Ajv2020({ allErrors: true });
const config = ajv.compile(configJsonSchema);
const baseline = ajv.compile(baselineJsonSchema);

/** Returns the errors of a configuration by its JSON Schema. */
export function faultsOfConfig(value: unknown): readonly string[] {
  return config(value)
    ? []
    : (config.errors ?? []).map(({ instancePath, message = "" }) => `${instancePath} ${message}`);
}

/** Returns the errors of a baseline by its JSON Schema. */
export function faultsOfBaseline(value: unknown): readonly string[] {
  return baseline(value)
    ? []
    : (baseline.errors ?? []).map(({ instancePath, message = "" }) => `${instancePath} ${message}`);
}
