import { describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { pem } from "../cli/workbench.ts";
import {
  answerOf,
  base64,
  bodyOf,
  ca,
  form,
  good,
  json,
  type LintAnswer,
  type Refusal,
  reversed,
  service,
  storeOf,
} from "./setting.ts";

const without = service();
const withStore = service({}, storeOf(kit.root.certificate, ca));

async function post(app: typeof without, request: RequestInit, path = "/v1/lint") {
  const response = await app.request(path, request);
  return { status: response.status, verdict: response.headers.get("crllint-verdict"), response };
}

async function lint(app: typeof without, request: RequestInit) {
  const { status, verdict, response } = await post(app, request);
  const answer = await answerOf(response);
  const [run] = answer.report.runs;
  expect([status, answer.verdict, answer.ok]).toEqual([200, verdict, verdict === "pass"]);
  return { verdict, found: run?.findings.map(({ rule }) => rule), statusOf: statuses(run) };
}

function statuses(run: LintAnswer["report"]["runs"][number] | undefined) {
  return Object.fromEntries(run?.rules.map(({ rule, status }) => [rule, status]) ?? []);
}

describe("a request without an issuer", () => {
  test.each([
    ["JSON", json({ crl: base64(good) })],
    ["a form", form({ crl: good })],
  ])("%s: is undecided without a store", async (_, request) => {
    expect(await lint(without, request)).toMatchObject({ verdict: "undecided", found: ["crllint/no-issuer"] });
  });

  test("finds its CA in the store", async () => {
    expect(await lint(withStore, json({ crl: base64(good) }))).toMatchObject({ verdict: "pass", found: [] });
    expect(await lint(withStore, form({ crl: reversed }))).toMatchObject({
      verdict: "fail",
      found: ["issuer/not-byte-identical"],
    });
  });

  test("is undecided if the store does not have its CA", async () => {
    const { verdict } = await lint(service({}, storeOf(kit.root.certificate)), json({ crl: base64(good) }));
    expect(verdict).toBe("undecided");
  });

  test("finds its CA in the file of the CRL", async () => {
    for (const [crl, verdict] of [
      [good, "pass"],
      [reversed, "fail"],
    ] as const) {
      const file = pem("CERTIFICATE", ca) + pem("X509 CRL", crl);
      expect((await lint(without, json({ crl: file }))).verdict).toBe(verdict);
      expect((await lint(without, form({ crl: Buffer.from(file) }))).verdict).toBe(verdict);
    }
  });

  test.each([
    ["/lintcrl", "b64crl", good, "pass"],
    ["/lintcrl", "b64input", reversed, "fail"],
    ["/linttbscrl", "b64tbscrl", kit.crl({ form: "tbs" }).crl, "pass"],
  ])("in pkimetal's form (%s, %s) finds its CA in the store", async (path, name, crl, verdict) => {
    const request = (): RequestInit => ({ method: "POST", body: new URLSearchParams({ [name]: base64(crl) }) });
    expect(await post(withStore, request(), path)).toMatchObject({ status: 200, verdict });
    const { status, verdict: undecided, response } = await post(without, request(), path);
    expect([status, undecided]).toEqual([200, "undecided"]);
    expect(await response.json()).toContainEqual(
      expect.objectContaining({ Code: "crllint/no-issuer", Severity: "fatal" }),
    );
  });

  test("a given issuer takes precedence over the store", async () => {
    const request = json({ crl: base64(good), issuer: base64(kit.otherCa.certificate) });
    expect((await lint(withStore, request)).verdict).toBe("fail");
  });
});

describe("issuer none", () => {
  test.each([
    ["JSON", json({ crl: base64(reversed), issuer: "none" })],
    ["a form", form({ crl: reversed, issuer: "none" })],
  ])("%s: skips the comparison with the issuer and the signature, also with a store", async (_, request) => {
    expect(await lint(withStore, request)).toMatchObject({ verdict: "pass", found: [] });
  });

  test("a file called none is read as a certificate", async () => {
    const data = new FormData();
    data.append("crl", new Blob([Uint8Array.from(good)]), "good.crl");
    data.append("issuer", new Blob(["none"]), "none");
    const { status, response } = await post(without, { method: "POST", body: data });
    expect([status, (await bodyOf<Refusal>(response)).detail]).toEqual([
      400,
      "issuer holds no certificate that can be read",
    ]);
  });

  test("is rejected together with a file", async () => {
    const { status, response } = await post(without, form({ crl: good, issuer: ["none", ca] }));
    expect([status, (await bodyOf<Refusal>(response)).detail]).toEqual([
      400,
      "issuer is given both as none and as a file",
    ]);
  });
});
