import { describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { version } from "../../src/index.ts";
import { pem } from "../cli/workbench.ts";
import { base64, ca, form, good, reversed, service } from "./setting.ts";

const app = service();
const head = { Linter: "crllint", Finding: `Profile: tls-br; Version: ${version}`, Severity: "meta" };

function urlencoded(fields: Readonly<Record<string, string>>): RequestInit {
  return { method: "POST", body: new URLSearchParams(fields) };
}

async function findings(path: string, request: RequestInit): Promise<unknown> {
  const response = await app.request(path, request);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/json");
  return response.json();
}

describe("requests in pkimetal's form", () => {
  test.each([
    ["b64input", urlencoded({ b64input: base64(good), b64issuer: base64(ca) })],
    ["b64crl", urlencoded({ b64crl: pem("X509 CRL", good), b64issuer: pem("CERTIFICATE", ca) })],
    ["a multipart form", form({ b64input: base64(good), b64issuer: base64(ca) })],
  ])("%s", async (_, request) => {
    expect(await findings("/lintcrl", request)).toEqual([head]);
  });

  test("the CRL can be the body, with the other fields in the query", async () => {
    const query = new URLSearchParams({ b64issuer: base64(ca), severity: "error", profile: "rfc5280_crl" });
    const body = Uint8Array.from(reversed);
    const request = { method: "POST", headers: { "content-type": "application/pkix-crl" }, body };
    expect(await findings(`/lintcrl?${query.toString()}`, request)).toMatchObject([
      { Linter: "crllint", Field: "tbsCertList.issuer", Code: "issuer/not-byte-identical", Severity: "error" },
    ]);
  });

  test("/linttbscrl lints a TBSCertList", async () => {
    const tbs = kit.crl({ form: "tbs" }).crl;
    const sent = { b64tbscrl: base64(tbs), b64issuer: base64(ca) };
    expect(await findings("/linttbscrl", urlencoded(sent))).toEqual([head]);
    const headers = { "content-type": "application/octet-stream" };
    const raw = { method: "POST", headers, body: Uint8Array.from(tbs) };
    const query = new URLSearchParams({ b64issuer: base64(ca) });
    expect(await findings(`/linttbscrl?${query.toString()}`, raw)).toEqual([head]);
  });

  test("the most severe findings are first, and severity sets the lowest one reported", async () => {
    const { crl } = kit.crl({ issuer: kit.ca.subject.reversed(), entries: [{ reason: 0 }] });
    const sent = { b64input: base64(crl), b64issuer: base64(ca), profile: "rfc5280_crl" };
    const severities = async (severity: string): Promise<readonly string[]> => {
      const response = await app.request("/lintcrl", urlencoded({ ...sent, severity }));
      return ((await response.json()) as { Severity: string }[]).map(({ Severity }) => Severity);
    };
    expect(await severities("meta")).toEqual(["meta", "error", "warning"]);
    expect(await severities("warning")).toEqual(["error", "warning"]);
    expect(await severities("fatal")).toEqual([]);
  });
});

test("all CRLs in one file are linted", async () => {
  const both = pem("X509 CRL", good) + pem("X509 CRL", reversed);
  const sent = { b64input: both, b64issuer: base64(ca), severity: "error" };
  const response = await app.request("/lintcrl", urlencoded(sent));
  expect(response.headers.get("crllint-verdict")).toBe("fail");
  expect(await response.json()).toMatchObject([
    { Code: "issuer/not-byte-identical", Finding: expect.stringMatching(/^CRL 2 of 2: CRL issuer is not/u) },
  ]);
  const html = await app.request("/lintcrl", urlencoded({ ...sent, format: "html" }));
  expect(await html.text()).toContain("issuer/not-byte-identical");
});

describe("formats", () => {
  const sent = { b64input: base64(reversed), b64issuer: base64(ca), severity: "error" };

  test("text has one line per finding", async () => {
    const response = await app.request("/lintcrl", urlencoded({ ...sent, format: "text" }));
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await response.text()).toMatch(
      /^crllint\tERROR\ttbsCertList\.issuer: CRL issuer is not byte-for-byte .*\n$/u,
    );
  });

  test("html can be requested by the Accept header", async () => {
    const request = { ...urlencoded(sent), headers: { accept: "text/html" } };
    const response = await app.request("/lintcrl", request);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await response.text()).toMatch(/^<!DOCTYPE html>/u);
  });

  test("other formats are rejected", async () => {
    const response = await app.request("/lintcrl", urlencoded({ ...sent, format: "xml" }));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ detail: "format must be json, text or html" });
  });
});

describe("an error in a request is a finding, as in pkimetal", () => {
  test.each([
    ["no input", {}, "Unrecognised input: b64input is missing"],
    ["input that is not base64", { b64input: "%%" }, /^b64input is neither base64 nor PEM/u],
    ["an unknown severity", { b64input: base64(good), severity: "grave" }, "Unrecognised severity"],
    ["an unknown profile", { b64input: base64(good), profile: "tbr_leaf" }, 'Unrecognised profile: "tbr_leaf"'],
    [
      "an issuer that is not a certificate",
      { b64input: base64(good), b64issuer: base64(good) },
      "issuer holds a CRL, not a certificate: are crl and issuer swapped?",
    ],
  ])("%s", async (_, fields, finding) => {
    const [only, ...more] = (await findings("/lintcrl", urlencoded({ ...fields }))) as { Finding: string }[];
    expect(only).toMatchObject({ Linter: "crllint", Severity: "fatal" });
    expect(only?.Finding).toMatch(finding);
    expect(more).toEqual([]);
  });

  test("input that is not a CRL is a fatal finding", async () => {
    expect(await findings("/lintcrl", urlencoded({ b64input: base64(ca), severity: "error" }))).toMatchObject([
      { Code: "input/not-a-crl", Severity: "fatal" },
    ]);
  });
});
