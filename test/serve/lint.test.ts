import { describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { formats } from "../../src/report/formats.ts";
import { crllint, pem, privateKey, Workbench } from "../cli/workbench.ts";
import {
  answerOf,
  base64,
  bodyOf,
  ca,
  form,
  good,
  json,
  type LintAnswer,
  now,
  type Refusal,
  reversed,
  service,
} from "./setting.ts";

const app = service();

async function lint(request: RequestInit): Promise<LintAnswer> {
  const response = await app.request("/v1/lint", request);
  expect(response.status).toBe(200);
  const answer = await answerOf(response);
  expect(response.headers.get("crllint-verdict")).toBe(answer.verdict);
  expect(answer.ok).toBe(answer.verdict === "pass");
  return answer;
}

async function refused(request: RequestInit, status = 400): Promise<string> {
  const response = await app.request("/v1/lint", request);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const body = await bodyOf<Refusal>(response);
  expect([response.status, body.status]).toEqual([status, status]);
  return body.detail;
}

function rulesIn({ report }: LintAnswer): readonly string[] {
  return report.runs.flatMap(({ findings }) => findings.map(({ rule }) => rule));
}

describe("a CRL and its CA", () => {
  test.each([
    ["JSON with base64", json({ crl: base64(good), issuer: base64(ca) })],
    ["JSON with PEM", json({ crl: pem("X509 CRL", good), issuer: [pem("CERTIFICATE", ca)] })],
    [
      "JSON with base64 of PEM",
      json({ crl: Buffer.from(pem("X509 CRL", good)).toString("base64"), issuer: base64(ca) }),
    ],
    ["a form with files", form({ crl: good, issuer: ca })],
    ["a form with text", form({ crl: base64(good), issuer: pem("CERTIFICATE", ca) })],
  ])("%s", async (_, request) => {
    const answer = await lint(request);
    expect(rulesIn(answer)).toEqual([]);
    const hasFiles = request.body instanceof FormData && request.body.get("crl") instanceof File;
    const [crl, issuer] = hasFiles ? ["crl.bin", "issuer.bin"] : ["crl", "issuer"];
    expect(answer).toMatchObject({ verdict: "pass", report: { runs: [{ crl, form: "crl", issuer }] } });
    expect(answer.report.runs[0]?.signature.verdict).toBe("valid");
  });

  test("the verdict is fail if the issuer differs from the CA's subject", async () => {
    const answer = await lint(json({ crl: base64(reversed), issuer: base64(ca) }));
    expect(answer.verdict).toBe("fail");
    expect(rulesIn(answer)).toEqual(["issuer/not-byte-identical"]);
  });

  test("the issuer is the one certificate of several whose key signed the CRL", async () => {
    const other = kit.otherCa.certificate;
    const answer = await lint(json({ crl: base64(good), issuer: [base64(other), base64(ca)] }));
    expect(answer.report.runs[0]?.issuer).toBe("issuer[1]");
  });

  test("the report has the names of the files, escaped", async () => {
    const data = new FormData();
    const put = (field: string, bytes: Uint8Array, name: string) =>
      data.append(field, new Blob([Uint8Array.from(bytes)]), name);
    put("crl", good, "a\u202eb.crl");
    put("issuer", kit.otherCa.certificate, "other.cer");
    put("issuer", ca, "<ca>.cer");
    put("previous", kit.earlierCrl({ crlNumber: 9999 }), "last week.crl");
    const answer = await lint({ method: "POST", body: data });
    const text = JSON.stringify(answer);
    expect(answer.report.runs[0]).toMatchObject({ crl: String.raw`a\u{202e}b.crl`, issuer: "<ca>.cer" });
    expect([text.includes('"file":"last week.crl"'), text.includes("\u202e")]).toEqual([true, false]);
  });

  test("a TBSCertList is linted, and compared with the signed CRL", async () => {
    const tbs = kit.crl({ form: "tbs" }).crl;
    const answer = await lint(json({ tbs: base64(tbs), issuer: base64(ca) }));
    expect(answer.report.runs[0]).toMatchObject({ form: "tbs", signature: { verdict: "not-checked" } });
    const signed = await lint(json({ crl: base64(good), issuer: base64(ca), tbsWas: base64(tbs) }));
    expect(signed.report.runs[0]?.rules).toContainEqual({ rule: "input/tbs-was-differs", status: "passed", count: 0 });
  });

  test("rules that need the previous CRL, certs, expectGood and expectRevoked run if these are given", async () => {
    const select = [
      "sequence/number-not-increasing",
      "certs/revoked-not-listed",
      "certs/good-listed",
      "certs/crldp-missing",
    ];
    const files = { crl: base64(good), issuer: base64(ca), previous: base64(kit.earlierCrl()), certs: [base64(ca)] };
    const skipped = async (more: object): Promise<readonly string[]> => {
      const { report } = await lint(json({ ...files, ...more, select }));
      return (report.runs[0]?.rules ?? []).filter(({ status }) => status === "skipped").map(({ rule }) => rule);
    };
    expect(await skipped({})).toEqual(["certs/good-listed", "certs/revoked-not-listed"]);
    expect(await skipped({ expectGood: base64(ca), expectRevoked: [base64(kit.otherCa.certificate)] })).toEqual([]);
  });
});

describe("an invalid CRL is linted and gets a verdict", () => {
  test("a truncated CRL fails", async () => {
    const answer = await lint(form({ crl: good.subarray(0, 60), issuer: ca }));
    expect(answer.verdict).toBe("fail");
    expect(rulesIn(answer)).toContain("input/truncated");
  });

  test.each([
    ["a certificate", ca],
    ["text", Buffer.from("hello")],
    ["a private key", Buffer.from(privateKey)],
  ])("%s", async (_, crl) => {
    const answer = await lint(form({ crl, issuer: ca }));
    expect(answer.verdict).toBe("undecided");
    expect(rulesIn(answer)).toEqual(["input/not-a-crl"]);
  });
});

describe("several CRLs in one file", () => {
  const file = Buffer.concat([reversed, good]);
  const text = Buffer.from(pem("X509 CRL", good) + pem("X509 CRL", good));

  test("the worst verdict applies, in any order of the CRLs", async () => {
    for (const crl of [file, Buffer.concat([good, reversed])]) {
      const answer = await lint(form({ crl, issuer: ca }));
      expect(answer.verdict).toBe("fail");
      expect(answer.report.runs.map(({ crl: name }) => name)).toEqual(["crl.bin", "crl.bin"]);
      expect(rulesIn(answer)).toContain("issuer/not-byte-identical");
    }
    const both = await lint(form({ crl: text, issuer: ca }));
    expect(both.verdict).toBe("pass");
    expect(both.report.runs.map(({ signature }) => signature.verdict)).toEqual(["valid", "valid"]);
    const other = kit.crl({ ca: kit.otherCa }).crl;
    const mixed = Buffer.from(pem("X509 CRL", good) + pem("X509 CRL", other));
    expect((await lint(form({ crl: mixed, issuer: [ca, kit.caWith({ key: "p256" }).certificate] }))).verdict).toBe(
      "undecided",
    );
  });

  test("bytes outside any object get their own run", async () => {
    const answer = await lint(form({ crl: Buffer.concat([ca, Buffer.from([0, 1]), good]), issuer: ca }));
    expect(answer.verdict).toBe("undecided");
    expect(answer.report.runs.map(({ findings }) => findings.map(({ rule }) => rule))).toEqual([
      ["input/not-a-crl"],
      ["input/multiple-objects"],
    ]);
  });

  test.each(["previous", "base", "tbsWas", "url"])("%s is rejected if two CRLs are given", async (name) => {
    const value = name === "url" ? "http://crl.example.com/ca.crl" : good;
    expect(await refused(form({ crl: text, issuer: ca, [name]: value }))).toBe(
      `${name} is about one CRL, and 2 are given`,
    );
  });

  test("each certificate is compared with the CRL of its own CA", async () => {
    const other = kit.crl({ ca: kit.otherCa, entries: [] }).crl;
    const crl = Buffer.from(pem("X509 CRL", good) + pem("X509 CRL", other));
    const certs = [kit.ca, kit.otherCa].map((parent) => kit.certificate({ parent, serial: 77 }));
    const answer = await lint(form({ crl, issuer: [ca, kit.otherCa.certificate], expectGood: certs }));
    expect([answer.verdict, rulesIn(answer)]).toEqual(["pass", ["input/multiple-objects", "input/multiple-objects"]]);
  });

  test("rules about sets of CRLs run on them", async () => {
    const crl = Buffer.concat([good, kit.crl({ ca: kit.otherCa }).crl]);
    const { report } = await lint(form({ crl, issuer: [ca, kit.otherCa.certificate], select: "set" }));
    expect(report.runs.map(({ findings }) => findings.map(({ rule }) => rule))).toEqual([
      ["set/serial-in-several-cas"],
      ["set/serial-in-several-cas"],
    ]);
  });

  test.each(formats)("format %s has the same bytes as on the command line", async (format) => {
    const bench = new Workbench();
    const before = process.cwd();
    try {
      bench.put("issuer", ca);
      bench.put("crl", text);
      process.chdir(bench.folder);
      const { out } = await crllint(["--now", now, "-f", format, "--issuer", "issuer", "crl"]);
      const response = await app.request("/v1/lint", json({ crl: text.toString(), issuer: base64(ca), now, format }));
      expect(await response.text()).toBe(out);
    } finally {
      process.chdir(before);
      bench.clear();
    }
  });
});

describe("options", () => {
  test("have the same effect in JSON and in a form as on the command line", async () => {
    const options = { profile: ["rfc5280", "etsi"], select: ["issuer"], failOn: "never", name: "a.crl" };
    const severity = { "issuer/not-byte-identical": "warning" };
    const requests = [
      json({ crl: base64(reversed), issuer: base64(ca), ...options, severity }),
      form({ ...options, crl: reversed, issuer: ca, severity: "issuer/not-byte-identical=warning" }),
      form({
        crl: reversed,
        issuer: ca,
        profile: "rfc5280,etsi",
        select: "issuer",
        failOn: "never",
        name: "a.crl",
        severity: "issuer/not-byte-identical=warning",
      }),
    ];
    for (const request of requests) {
      const answer = await lint(request);
      expect(answer.verdict).toBe("pass");
      expect(answer.report.runs[0]).toMatchObject({
        crl: "a.crl",
        profiles: ["rfc5280", "etsi"],
        findings: [{ rule: "issuer/not-byte-identical", severity: "warning" }],
      });
    }
  });

  test("now defaults to the server's clock", async () => {
    const late = service({ now: () => Date.parse("2027-11-04T00:00:00Z") / 1000 });
    const files = { crl: base64(good), issuer: base64(ca) };
    const without = await answerOf(await late.request("/v1/lint", json(files)));
    const withNow = await answerOf(await late.request("/v1/lint", json({ ...files, now })));
    expect(rulesIn(without)).toContain("time/expired");
    expect(rulesIn(withNow)).toEqual([]);
    for (const request of [json({ ...files, now: "thisUpdate" }), form({ crl: good, issuer: ca, now: "2026-11-07" })]) {
      expect(rulesIn(await answerOf(await late.request("/v1/lint", request)))).toEqual([]);
    }
    expect(await refused(json({ ...files, now: "tomorrow" }))).toMatch(/^now must be a time of RFC 3339/u);
  });

  test("validFor is the minimum time for which the CRL must remain valid", async () => {
    const files = { crl: base64(good), issuer: base64(ca), now: "2026-11-07" };
    expect(rulesIn(await lint(json({ ...files, validFor: "PT23H59M59S" })))).toEqual([]);
    expect(rulesIn(await lint(json({ ...files, validFor: "24h" })))).toEqual(["time/not-valid-for"]);
    const late = form({ crl: good, issuer: ca, now: "2026-11-07", validFor: "1d" });
    expect(rulesIn(await lint(late))).toEqual(["time/not-valid-for"]);
    expect(await refused(json({ ...files, validFor: "1 month" }))).toMatch(/^validFor must be a duration/u);
  });

  test("failOnSkipped, signature, maxFindings and other options take effect", async () => {
    const files = { crl: base64(good), issuer: base64(ca) };
    expect((await lint(json({ ...files, failOnSkipped: true }))).verdict).not.toBe("pass");
    expect((await lint(json({ ...files, signature: "ignore" }))).report.runs[0]?.signature.verdict).toBe("not-checked");
    const many = kit.crl({ entries: Array.from({ length: 50 }, () => ({ serial: "01" })) }).crl;
    const rest = { maxFindings: 3, scope: "ca", full: true, allDates: true, url: "http://crl.example.com/ca.crl" };
    const answer = await lint(
      json({ crl: base64(many), issuer: base64(ca), select: "entry/serial-listed-twice", ...rest }),
    );
    expect(answer.report.runs[0]?.findings).toMatchObject([{ count: 49, entries: { length: 3 } }]);
  });

  test("the name option is escaped in the report", async () => {
    const answer = await lint(json({ crl: base64(good), issuer: base64(ca), name: "a\u001b[31m\u202eb" }));
    expect(answer.report.runs[0]?.crl).toBe(String.raw`a\u{1b}[31m\u{202e}b`);
  });
});

test.each(formats)("format %s has the same bytes as on the command line", async (format) => {
  const bench = new Workbench();
  const before = process.cwd();
  try {
    bench.put("issuer", ca);
    bench.put("crl", reversed);
    process.chdir(bench.folder);
    const written = await crllint(["--now", now, "-f", format, "--issuer", "issuer", "crl"]);
    const response = await app.request("/v1/lint", json({ crl: base64(reversed), issuer: base64(ca), now, format }));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(written.out);
  } finally {
    process.chdir(before);
    bench.clear();
  }
});

describe("invalid requests", () => {
  const crl = base64(good);

  test.each([
    ["no CRL", {}, "give a CRL as crl, or a TBSCertList as tbs"],
    ["both crl and tbs", { crl, tbs: crl }, "give a CRL as crl, or a TBSCertList as tbs"],
    ["a CRL that is not base64", { crl: "%%%" }, 'crl is neither base64 nor PEM: 0x25 "%" is not a base64 character'],
    ["an empty CRL", { crl: "" }, "crl is empty"],
    ["a CRL that is a number", { crl: 5 }, "crl must be a string of base64 or PEM"],
    ["a body that is not an object", "crl", "the body must be an object"],
    ["an unknown field", { crl, isuer: crl }, 'unknown field "isuer"'],
    ["an unknown field with control characters", { crl, "a\u001b\n": 1 }, String.raw`unknown field "a\u{1b}\u{a}"`],
    ["an unknown profile", { crl, profile: "tls" }, /^profile must be/u],
    ["an unknown level", { crl, failOn: "fatal" }, "failOn must be error, warning, notice or never"],
    ["an invalid pattern", { crl, select: ["a b"] }, /^select must be/u],
    ["a pattern that no rule matches", { crl, select: ["nonsense"] }, 'no rule matches "nonsense"'],
    [
      "a date that does not exist",
      { crl, now: "2026-02-30T00:00:00Z" },
      "now must be a time of RFC 3339 such as 2026-11-23T12:00:00Z, a date such as 2026-11-23, or thisUpdate",
    ],
    ["a negative maxFindings", { crl, maxFindings: -1 }, "maxFindings must be a whole number, 0 or greater"],
    [
      "an issuer that is not a certificate",
      { crl, issuer: base64(Buffer.from("text")) },
      "issuer holds no certificate that can be read",
    ],
    [
      "crl and issuer swapped",
      { crl: base64(ca), issuer: crl },
      "issuer holds a CRL, not a certificate: are crl and issuer swapped?",
    ],
    ["a CRL among certs", { crl, certs: [crl] }, "certs[0] holds a CRL, not a certificate"],
    ["a previous CRL that is a certificate", { crl, previous: base64(ca) }, "previous holds no CRL"],
    ["both full and partitioned", { crl, full: true, partitioned: true }, "full and partitioned exclude each other"],
    ["both tbs and tbsWas", { tbs: crl, tbsWas: crl }, "tbsWas is compared with a signed CRL, not with tbs"],
  ])("%s", async (_, body, detail) => {
    expect(await refused(json(body))).toMatch(
      typeof detail === "string" ? new RegExp(`^${escape(detail)}$`, "u") : detail,
    );
  });

  test.each([
    ["two CRLs", form({ crl: [good, good] }), "crl is given 2 times"],
    ["an empty file", form({ crl: new Uint8Array(0) }), "crl is an empty file"],
    ["an empty text instead of files", form({ crl: good, expectRevoked: "" }), "expectRevoked is empty"],
    ["an empty option", form({ crl: good, validFor: "" }), "validFor is empty"],
    ["a file for an option", form({ crl: good, name: good }), '"name" is not a field for a file'],
    ["an unknown field", form({ crl: good, nonsense: "1" }), 'unknown field "nonsense"'],
    ["an invalid boolean", form({ crl: good, allDates: "maybe" }), "allDates must be true or false"],
    ["an invalid number", form({ crl: good, maxFindings: "many" }), "maxFindings must be a whole number, 0 or greater"],
  ])("in a form: %s", async (_, request, detail) => {
    expect(await refused(request)).toBe(detail);
  });

  test("parameters in the URL", async () => {
    const response = await service().request("/v1/lint?failOn=never", json({ crl }));
    expect([response.status, (await bodyOf<Refusal>(response)).detail]).toEqual([
      400,
      "there are no parameters in the URL: all fields are in the body",
    ]);
  });

  test("a body that is not valid JSON or not a valid form", async () => {
    const type = { "content-type": "application/json" };
    expect(await refused({ method: "POST", headers: type, body: '{"crl": secret' })).toBe(
      "the body is not JSON in UTF-8",
    );
    expect(await refused({ method: "POST", headers: type, body: Buffer.from([0xff]) })).toBe(
      "the body is not JSON in UTF-8",
    );
    const broken = { "content-type": "multipart/form-data; boundary=x" };
    expect(await refused({ method: "POST", headers: broken, body: "--y" })).toMatch(/^the body is not a form/u);
  });
});

function escape(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`);
}
