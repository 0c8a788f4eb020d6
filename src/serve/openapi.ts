import { formats } from "../report/formats.ts";
import { options } from "../options/table.ts";
import { version } from "../version.ts";
import { mediaTypes } from "./media-types.ts";
import { refTo, schemas } from "./openapi-schemas.ts";
import { problemPath } from "./problem.ts";
import { ruleParameters } from "./rules.ts";

type Part = Readonly<Record<string, unknown>>;

function json(name: string, description: string): Part {
  return { description, content: { "application/json": { schema: refTo(name) } } };
}

function text(type: string, description: string): Part {
  return { description, content: { [type]: { schema: { type: "string" } } } };
}

function problem(description: string): Part {
  return { description, content: { "application/problem+json": { schema: refTo("Problem") } } };
}

/** Answers that refuse any request that needs work. */
const refusals = {
  "408": problem("The body took too long to arrive"),
  "413": problem("The body is too large, or has too many parts"),
  "415": problem("The body is of another type"),
  "421": problem("The service does not answer by this name"),
  "500": problem("The service failed"),
  "503": problem("Busy or stopping: come back after Retry-After; or the input took too long to lint"),
};

const verdictHeader = {
  "crllint-verdict": { description: "pass, fail or undecided", schema: { enum: ["pass", "fail", "undecided"] } },
};

function lintPath(): Part {
  const reports = formats.map((format) => mediaTypes[format]).filter((type) => type !== "application/json");
  return {
    post: {
      operationId: "lint",
      summary: "Lint a CRL",
      description:
        "For a malformed CRL, and an input that is not a CRL, there is a verdict: status 200, with ok false. An empty file is an error: status 400. If the file holds several CRLs, the report has a run for each, and the verdict is the worst of theirs.",
      requestBody: {
        required: true,
        content: {
          "application/json": { schema: refTo("LintRequest") },
          "multipart/form-data": { schema: refTo("LintForm") },
        },
      },
      responses: {
        "200": {
          description: "The CRL was linted, or the input is not a CRL",
          headers: verdictHeader,
          content: {
            // With `format`, the answer is the report itself. The report of gitlab is a list.
            "application/json": { schema: { anyOf: [refTo("LintAnswer"), refTo("Report"), { type: "array" }] } },
            ...Object.fromEntries(reports.map((type) => [type, { schema: {} }])),
          },
        },
        "400": problem("The request cannot be followed"),
        ...refusals,
        "422": problem("The answer would be too large, or the input takes more memory than is granted"),
      },
    },
  };
}

function pkimetalPath(input: string, raw: string): Part {
  const schema = refTo("PkimetalRequest");
  return {
    post: {
      summary: `As pkimetal: ${input}`,
      description: "An error in a request is a finding of severity fatal, with status 200.",
      requestBody: {
        required: true,
        content: {
          "application/x-www-form-urlencoded": { schema },
          "multipart/form-data": { schema },
          [raw]: { schema: { type: "string", format: "binary" } },
        },
      },
      responses: {
        "200": {
          description: "Findings, highest severity first",
          headers: verdictHeader,
          content: {
            "application/json": { schema: refTo("PkimetalAnswer") },
            "text/plain": { schema: { type: "string" } },
            "text/html": { schema: { type: "string" } },
          },
        },
        "400": problem("Unknown format"),
        ...refusals,
        "422": problem("The input takes more memory than is granted"),
      },
    },
  };
}

function rulesPath(): Part {
  const parameters = ruleParameters.map((name) => {
    const { help = "", type, variants } = options.get(name) ?? {};
    const description = variants?.rules?.help ?? help;
    return {
      name,
      in: "query",
      description: description.replace(/^./u, (first) => first.toUpperCase()),
      schema: { type: "string", ...(type?.kind === "choice" && { enum: type.choices }) },
    };
  });
  return {
    get: {
      operationId: "rules",
      summary: "List the rules",
      parameters,
      responses: {
        "200": json("RuleList", "The rules"),
        "400": problem("Unknown parameter, profile or input"),
        "500": refusals["500"],
        "503": refusals["503"],
      },
    },
  };
}

/** Returns the description of the service in OpenAPI 3.1. */
export function openapi(): Part {
  return {
    openapi: "3.1.0",
    info: {
      title: "crllint",
      summary: "Lints X.509 certificate revocation lists",
      version,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    paths: {
      "/v1/lint": lintPath(),
      "/v1/rules": rulesPath(),
      "/v1/openapi.json": { get: { responses: { "200": { description: "This description" } } } },
      [`${problemPath}{name}`]: {
        get: {
          summary: "What a problem is called",
          parameters: [{ name: "name", in: "path", required: true, schema: { type: "string" } }],
          responses: { "200": { description: "Its type, title and status" }, "404": problem("No such problem") },
        },
      },
      "/lintcrl": pkimetalPath("a CRL", "application/pkix-crl"),
      "/linttbscrl": pkimetalPath("a TBSCertList", "application/octet-stream"),
      "/healthz": {
        get: { responses: { "200": json("Health", "Takes requests"), "503": json("Health", "Is stopping") } },
      },
      "/metrics": { get: { responses: { "200": text("text/plain", "Prometheus text format 0.0.4") } } },
      "/": {
        get: { responses: { "200": text("text/html", "The HTML form") } },
        post: {
          summary: "The HTML form, filled in",
          description: "As /v1/lint. The field files takes the CRL and the certificates of the CA, in any order.",
          requestBody: { required: true, content: { "multipart/form-data": { schema: refTo("LintForm") } } },
          responses: {
            "200": {
              ...text("text/html", "The html report, with itself and the json report as links"),
              headers: verdictHeader,
            },
            "400": problem("The request cannot be followed"),
            ...refusals,
            "422": problem("The answer would be too large, or the input takes more memory than is granted"),
          },
        },
      },
    },
    components: { schemas },
  };
}
