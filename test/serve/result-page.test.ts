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

/** Returns the text of a page that a reader sees. */
function words(page: string): string {
  return page.replace(/<style>.*?<\/style>|<nav.*?<\/nav>|<[^>]+>/gsu, " ").replace(/\s+/gu, " ");
}

const named = { crl: ["week 44.crl", good], wrong: ["week 44.crl", reversed], ca: ["ca.cer", ca] } as const;

describe("the result page", () => {
  test.each([
    ["a CRL and its CA", { files: [named.wrong, named.ca] }, "FAIL"],
    ["a CRL after its CA", { files: [named.ca, named.wrong] }, "FAIL"],
    ["a valid CRL and its CA", { files: [named.crl, named.ca] }, "PASS"],
    [
      "a valid CRL between two certificates",
      { files: [["other.cer", kit.otherCa.certificate], named.crl, named.ca] },
      "PASS",
    ],
    ["a TBSCertList", { files: [["next.tbs", kit.crl({ form: "tbs" }).crl], named.ca] }, "PASS"],
    ["a CRL without a certificate", { files: [named.crl] }, "UNDECIDED"],
    ["a certificate alone", { files: [named.ca] }, "UNDECIDED"],
    ["an HTML page instead of the CRL", { files: [["crl.html", Buffer.from("<html></html>")], named.ca] }, "UNDECIDED"],
  ] as const)("shows the verdict for %s", async (_, sent, verdict) => {
    const response = await send(sent);
    expect([response.status, response.headers.get("crllint-verdict")]).toEqual([200, verdict.toLowerCase()]);
    const page = await response.text();
    expect(page).toContain(`<h2 class="verdict ${verdict === "PASS" ? "good" : "error"}">${verdict}</h2>`);
    expect(page).toContain('<a href="/">Lint another</a>');
    // The page names no options and commands of the command line.
    expect(words(page).match(/.{40}\s--[a-z].{20}|.{40}crllint (?:explain|rules|\S+\.pem).{20}/gu) ?? []).toEqual([]);
  });

  test("offers the JSON and HTML reports for download, and shows the names of the files", async () => {
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

  test("names the field of the page for a missing input, not the option of the command line", async () => {
    const page = words(await (await send({ files: [named.crl, named.ca] })).text());
    expect(page).toContain("&quot;CRL that this one replaces&quot; not given");
    expect(page).toContain("needs an input that this page does not take");
  });

  test("applies the fields for now, signature and profile", async () => {
    const late = { now: "2027-01-01", signature: "ignore", profile: "rfc5280" };
    const page = await (await send({ files: [named.crl, named.ca], fields: late })).text();
    expect(page).toContain("time/expired");
  });
});

describe("files that cannot be assigned", () => {
  test.each([
    ["no files", { files: [] }, "choose the CRL, and the certificate of its CA"],
    [
      "two CRLs",
      { files: [named.crl, ["b.crl", reversed], named.ca] },
      "give one CRL at a time, not 2: week 44.crl, b.crl",
    ],
    ["certificates alone", { files: [named.ca, ["b.cer", ca]] }, "none of the files is a CRL"],
    [
      "a text file",
      { files: [named.crl, ["a\u202e.txt", Buffer.from("x")]] },
      String.raw`a\u{202e}.txt is neither a CRL nor a certificate`,
    ],
    ["an empty file", { files: [["a.crl", new Uint8Array(0)]] }, "files is an empty file"],
  ] as const)("%s: the request is rejected", async (_, sent, detail) => {
    expect(await refusal(sent)).toEqual([400, detail]);
  });

  test("only the page accepts the field files, and only in a form", async () => {
    const response = await service().request("/v1/lint", form({ files: good }));
    expect(await response.json()).toMatchObject({ detail: 'unknown field "files"' });
    const other = await service().request("/", json({ crl: base64(good), now }));
    expect(other.status).toBe(415);
  });
});
