// What SARIF 2.1.0 (OASIS Standard incorporating Errata 01) allows in the objects that crllint writes, as a JSON Schema
// of draft 7, from the sections named. Nothing else may be in them.

type Schema = Readonly<Record<string, unknown>>;

const text = { type: "string" };
const level = { enum: ["none", "note", "warning", "error"] };
const index = { type: "integer", minimum: -1 };

function closed(properties: Schema, required: readonly string[] = [], more: Schema = {}): Schema {
  return {
    type: "object",
    additionalProperties: false,
    properties: { ...properties, properties: bag },
    required,
    ...more,
  };
}

function listOf(items: Schema, uniqueItems = true): Schema {
  return { type: "array", items, uniqueItems };
}

/** 3.8 */
const bag = { type: "object", properties: { tags: listOf(text) } };

/** 3.11 */
const message = closed({ text, markdown: text, id: text, arguments: listOf(text, false) }, [], {
  anyOf: [{ required: ["text"] }, { required: ["id"] }],
});

/** 3.12 */
const multiformat = closed({ text, markdown: text }, ["text"]);

/** 3.4 */
const artifactLocation = closed({ uri: { type: "string", format: "uri-reference" }, uriBaseId: text, index });

/** 3.30; its last sentences are not in the OASIS schema, but in the text: text or binary, and what needs what. */
const region = closed(
  {
    startLine: { type: "integer", minimum: 1 },
    startColumn: { type: "integer", minimum: 1 },
    endLine: { type: "integer", minimum: 1 },
    endColumn: { type: "integer", minimum: 1 },
    byteOffset: { type: "integer", minimum: 0 },
    byteLength: { type: "integer", minimum: 0 },
    message,
  },
  [],
  {
    oneOf: [{ required: ["startLine"] }, { required: ["byteOffset"] }],
    dependencies: { byteLength: ["byteOffset"], endLine: ["startLine"], startColumn: ["startLine"] },
  },
);

/** 3.29 */
const physicalLocation = closed({ artifactLocation, region, contextRegion: region }, ["artifactLocation"], {
  dependencies: { contextRegion: ["region"] },
});

/** 3.33 */
const logicalLocation = closed({ name: text, index, fullyQualifiedName: text, kind: text });

/** 3.28 */
const location = closed({
  id: index,
  physicalLocation,
  logicalLocations: listOf(logicalLocation),
  message,
  annotations: listOf(region),
});

/** 3.52 */
const descriptorReference = closed({ id: text, index }, [], { anyOf: [{ required: ["index"] }, { required: ["id"] }] });

/** 3.58 */
const notification = closed({ locations: listOf(location), message, level, associatedRule: descriptorReference }, [
  "message",
]);

/** 3.20 */
const invocation = closed(
  { executionSuccessful: { type: "boolean" }, toolExecutionNotifications: listOf(notification, false) },
  ["executionSuccessful"],
);

/** 3.49, 3.50 */
const descriptor = closed(
  {
    id: text,
    name: text,
    shortDescription: multiformat,
    fullDescription: multiformat,
    help: multiformat,
    helpUri: { type: "string", format: "uri" },
    defaultConfiguration: closed({ level }),
  },
  ["id"],
);

/** 3.19 */
const component = closed({ name: text, semanticVersion: text, rules: listOf(descriptor) }, ["name"]);

/** 3.35 */
const suppression = closed(
  {
    kind: { enum: ["inSource", "external"] },
    status: { enum: ["accepted", "underReview", "rejected"] },
    justification: text,
  },
  ["kind"],
);

/** 3.27 */
const result = closed(
  {
    ruleId: text,
    ruleIndex: index,
    level,
    message,
    locations: listOf(location, false),
    relatedLocations: listOf(location),
    occurrenceCount: { type: "integer", minimum: 1 },
    partialFingerprints: { type: "object", additionalProperties: text },
    suppressions: listOf(suppression),
  },
  ["message"],
);

/** 3.24 */
const artifact = closed({ location: artifactLocation, roles: listOf({ enum: ["analysisTarget"] }) });

/** 3.14 */
const run = closed(
  {
    tool: closed({ driver: component }, ["driver"]),
    invocations: listOf(invocation, false),
    artifacts: listOf(artifact),
    results: listOf(result, false),
    columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
  },
  ["tool"],
);

/** 3.13 */
export const sarifShape = closed(
  { $schema: { type: "string", format: "uri" }, version: { const: "2.1.0" }, runs: listOf(run, false) },
  ["version", "runs"],
);
