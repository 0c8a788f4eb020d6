import { describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { ca, form, good, json, base64, now, reversed, type Refusal, service } from "./setting.ts";

interface Sent {
  readonly files: readonly (readonly [name: string, bytes: Uint8Array])[];
  readonly fields?: Readonly<Record<string, string>>;
}

/** Sends the form of the page. */
async function send({ files, fields = {} }: Sent): Promise<Response> {
  const body = new FormData();
  for (const [name, bytes] of files) body.append("files", new Blob([Uint8Array.from(bytes)]), name);
  // Browsers send every field, filled in or not.
  for (const name of ["previous", "certs"]) body.append(name, new Blob([]), "");
  for (const [name, value] of Object.entries({ url: "", now: "", ...fields })) body.append(name, value);
  return service().request("/", { method: "POST", body });
}

async function refusal(sent: Sent): Promise<unknown> {
  const response = await send(sent);
  return [response.status, ((await response.json()) as Refusal).detail];
}

/** The files that the page offers, by their names. */
function downloads(page: string): Readonly<Record<string, string>> {
  const links = page.matchAll(/<a download="(?<name>[^"]+)" href="data:[^,]+,(?<text>[^"]+)">/gu);
  return Object.fromEntries(
    [...links].map(({ groups }) => [
      groups?.["name"] ?? "",
      decodeURIComponent((groups?.["text"] ?? "").replaceAll("&#39;", "'")),
    ]),
  );
}

/** What a reader sees. */
function words(page: string): string {
  return page.replace(/<style>.*?<\/style>|<nav.*?<\/nav>|<[^>]+>/gsu, " ").replace(/\s+/gu, " ");
}

const named = { crl: ["week 44.crl", good], wrong: ["week 44.crl", reversed], ca: ["ca.cer", ca] } as const;

describe("the result page", () => {
  test.each([
    ["a CRL and its CA", { files: [named.wrong, named.ca] }, "FAIL"],
    ["the CA first", { files: [named.ca, named.wrong] }, "FAIL"],
    ["a sound one", { files: [named.crl, named.ca] }, "PASS"],
    ["of several certificates", { files: [["other.cer", kit.otherCa.certificate], named.crl, named.ca] }, "PASS"],
    ["a TBSCertList", { files: [["next.tbs", kit.crl({ form: "tbs" }).crl], named.ca] }, "PASS"],
    ["no certificate", { files: [named.crl] }, "UNDECIDED"],
    ["a certificate alone", { files: [named.ca] }, "UNDECIDED"],
    ["a page instead of the CRL", { files: [["crl.html", Buffer.from("<html></html>")], named.ca] }, "UNDECIDED"],
  ] as const)("%s", async (_, sent, verdict) => {
    const response = await send(sent);
    expect([response.status, response.headers.get("crllint-verdict")]).toEqual([200, verdict.toLowerCase()]);
    const page = await response.text();
    expect(page).toContain(`<h2 class="verdict ${verdict === "PASS" ? "good" : "error"}">${verdict}</h2>`);
    expect(page).toContain('<a href="/">Lint another</a>');
    // Nothing that only the command line has.
    expect(words(page).match(/.{40}\s--[a-z].{20}|.{40}crllint (?:explain|rules|\S+\.pem).{20}/gu) ?? []).toEqual([]);
  });

  test("has the same report as files, byte for byte, and the names of the files", async () => {
    const page = await (await send({ files: [named.wrong, named.ca] })).text();
    const files = downloads(page);
    expect(Object.keys(files)).toEqual(["week 44.crl.json", "week 44.crl.html"]);
    for (const format of ["json", "html"]) {
      const body = new FormData();
      body.append("crl", new Blob([Uint8Array.from(reversed)]), "week 44.crl");
      body.append("issuer", new Blob([Uint8Array.from(ca)]), "ca.cer");
      body.append("format", format);
      const response = await service().request("/v1/lint", { method: "POST", body });
      expect(files[`week 44.crl.${format}`] === (await response.text()), format).toBe(true);
    }
    expect(words(page)).toContain("week 44.crl bytes 26..97");
    expect(words(page)).toContain("ca.cer bytes 148..219");
  });

  test("names the fields of the page where an input is missing, and shows no option of the command line", async () => {
    const page = words(await (await send({ files: [named.crl, named.ca] })).text());
    expect(page).toContain("&quot;CRL that this one replaces&quot; not given");
    expect(page).toContain("needs an input that this page does not take");
  });

  test("other fields count", async () => {
    const late = { now: "2027-01-01", signature: "ignore", profile: "rfc5280" };
    const page = await (await send({ files: [named.crl, named.ca], fields: late })).text();
    expect(page).toContain("time/expired");
  });
});

describe("files that cannot be sorted", () => {
  test.each([
    ["none", { files: [] }, "choose the CRL, and the certificate of its CA"],
    [
      "two CRLs",
      { files: [named.crl, ["b.crl", reversed], named.ca] },
      "give one CRL at a time, not 2: week 44.crl, b.crl",
    ],
    ["certificates alone", { files: [named.ca, ["b.cer", ca]] }, "none of the files is a CRL"],
    [
      "something else",
      { files: [named.crl, ["a\u202e.txt", Buffer.from("x")]] },
      String.raw`a\u{202e}.txt is neither a CRL nor a certificate`,
    ],
    ["an empty file", { files: [["a.crl", new Uint8Array(0)]] }, "files is an empty file"],
  ] as const)("%s", async (_, sent, detail) => {
    expect(await refusal(sent)).toEqual([400, detail]);
  });

  test("the field is the page's alone", async () => {
    const response = await service().request("/v1/lint", form({ files: good }));
    expect(await response.json()).toMatchObject({ detail: 'unknown field "files"' });
    const other = await service().request("/", json({ crl: base64(good), now }));
    expect(other.status).toBe(415);
  });
});
