import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { clients } from "../../src/clients/index.ts";
import { nodeTls } from "../../src/clients/node-tls.ts";
import { kit } from "../../src/fixture/index.ts";
import { crllint, pem, Workbench } from "../cli/workbench.ts";
import { blocksOf } from "../docs/markdown.ts";
import { builtMain } from "../support/built.ts";
import { findTool, hasOpenssl } from "../support/tools.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

/** Clients use the clock of the machine. */
const world = { now: () => Date.now() / 1000 };

const ca = bench.put("ca.pem", pem("CERTIFICATE", kit.ca.certificate));
const one = bench.put("one.crl", kit.crl().crl);

const other = kit.caWith({
  subject: "C=AT, O=Other GmbH, CN=Other CA",
  key: "rsa2048b",
  ski: new Uint8Array(20).fill(9),
});
const third = kit.caWith({ subject: "C=AT, O=Other GmbH, CN=Third CA", key: "p256", ski: new Uint8Array(20).fill(8) });
const another = bench.put("another.pem", pem("CERTIFICATE", other.certificate));

/** Returns the rows of the table: client, revoked, good, reason. */
function rowsOf(out: string): readonly (readonly string[])[] {
  const lines = out.split("\n");
  const head = lines.findIndex((line) => line.startsWith("client "));
  return lines.slice(head + 1, lines.indexOf("", head)).map((line) => line.split(/ {2,}/u));
}

/**
 * Runs crllint with the client of Node and, if it is installed, OpenSSL: two fast clients are enough for most tests. All
 * clients run with an ECDSA key here, and with an RSA key in consumers.test.ts.
 */
async function tryTwo(files: readonly string[], path = onlyOpenssl) {
  vi.stubEnv("PATH", path);
  try {
    const { code, out, err } = await crllint(["would-break", ...files], world);
    expect(err).toBe("");
    return { code, out };
  } finally {
    vi.unstubAllEnvs();
  }
}

/** A PATH directory that has only OpenSSL. */
const onlyOpenssl = join(bench.folder, "bin");
mkdirSync(onlyOpenssl);
const program = findTool("openssl");
if (program !== undefined) symlinkSync(program, join(onlyOpenssl, "openssl"));

const onNode = `Node ${await nodeTls.version()} (${nodeTls.mode})`;

describe("crllint would-break", () => {
  test.each([
    ["rsa2048", "two clients"],
    ["p256", "all clients"],
    ["p384", "two clients"],
  ] as const)("a valid CRL of a CA with the key %s has the correct outcomes in %s", async (key, tried) => {
    const issuing = kit.caWith({ key });
    const files = [bench.put(`${key}.der`, issuing.certificate), bench.put(`${key}.crl`, kit.crl({ ca: issuing }).crl)];
    const { code, out } =
      tried === "two clients" ? await tryTwo(files) : await crllint(["would-break", ...files], world);
    expect(code).toBe(0);
    for (const row of rowsOf(out)) expect(row.slice(1)).toEqual(["rejected: revoked", "accepted"]);
    expect(rowsOf(out).map(([client]) => client)).toContain(onNode);
    expect(out).toMatch(
      /\n0 of \d+ clients would accept the revoked certificate; 0 of \d+ clients would reject the good/u,
    );
  });

  test("a reversed issuer exits with 1 in the built command, in any order of the files", () => {
    const crl = bench.put("reversed.crl", kit.crl({ issuer: kit.ca.subject.reversed() }).crl);
    const args = [builtMain(), "would-break", crl, ca];
    const options = { encoding: "utf8", env: { PATH: onlyOpenssl } } as const;
    const { status, stdout: out, stderr } = spawnSync(process.execPath, args, options);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    const node = rowsOf(out).find(([client]) => client === onNode);
    expect(node?.slice(1)).toEqual(["rejected", "REJECTED", "UNABLE_TO_GET_CRL: unable to get certificate CRL"]);
    if (!hasOpenssl) return;
    const [first] = rowsOf(out);
    expect(first?.slice(1)).toEqual([
      "rejected",
      "REJECTED",
      "error 3 at 0 depth lookup: unable to get certificate CRL",
    ]);
  });

  test("an entry whose serial lacks the leading 00 leaves the certificate ACCEPTED", async () => {
    const entries = [{ serial: "c1f2a3" }];
    const { code, out } = await tryTwo([ca, bench.put("lost.crl", kit.crl({ entries }).crl)]);
    expect(code).toBe(1);
    expect(
      rowsOf(out)
        .find(([client]) => client === onNode)
        ?.slice(1),
    ).toEqual(["ACCEPTED", "accepted"]);
  });

  test("a bundle is searched for the CA whose key signed the CRL", async () => {
    const certificates = [other.certificate, kit.ca.certificate].map((bytes) => pem("CERTIFICATE", bytes)).join("");
    const bundle = bench.put("bundle.pem", certificates);
    const { code, out } = await tryTwo([bundle, one]);
    expect(code).toBe(0);
    expect(out).toContain(
      `\n  CA: C=AT, O=Example Trust GmbH, CN=Example TLS CA 1 in ${bundle}, the certificate whose key signed this CRL\n`,
    );
  });

  test("a truncated CRL is tried, with a warning", async () => {
    const { crl } = kit.crl();
    const cut = bench.put("cut.crl", crl.subarray(0, crl.length - 100));
    expect((await tryTwo([ca, cut])).out).toContain(
      "  warning: the CRL cannot be read in full (signatureValue: the file is truncated); lint it first\n",
    );
  });

  test("a CRL without entries is tried only with the good certificate", async () => {
    const { code, out } = await tryTwo([ca, bench.put("e.crl", kit.crl({ entries: [] }).crl)]);
    expect(code).toBe(0);
    expect(out).toContain("  revoked certificate: none, as no entry revokes one of this CA\n");
    for (const row of rowsOf(out)) expect(row.slice(1)).toEqual(["-", "accepted"]);
  });

  test("each client that is not installed is listed, and the others are tried", async () => {
    const { out } = await tryTwo([ca, bench.put("v1.crl", kit.crl().crl)], bench.folder);
    expect(rowsOf(out).map(([client]) => client)).toContain(onNode);
    for (const { id, name, mode } of clients.filter((each) => each !== nodeTls && each.id !== "pyca")) {
      expect([id, out.includes(`\nnot on this machine, or too old: ${name} (${mode})\n`)]).toEqual([id, true]);
    }
  });

  test("text of a certificate is escaped", async () => {
    const subject = kit.name([["CN", "evil\u001b[31m\u202e"]]);
    const evil = kit.caWith({ subject });
    const files = [bench.put("evil.der", evil.certificate), bench.put("evil.crl", kit.crl({ ca: evil }).crl)];
    const { out } = await tryTwo(files);
    expect(out).not.toMatch(/[^\n -~]/u);
  });

  test("a CRL that clients do not load exits with 1", async () => {
    const version = kit.der.tlv(0x02);
    const { code, out } = await tryTwo([ca, bench.put("v.crl", kit.crl({ version }).crl)]);
    expect(code).toBe(1);
    const cells = ["CRL not loaded", "CRL not loaded", "Failed to parse CRL"];
    expect(
      rowsOf(out)
        .find(([client]) => client === onNode)
        ?.slice(1),
    ).toEqual(cells);
    expect(out).toMatch(/\n\d+ of \d+ clients would not load the CRL; without one, many applications accept all/u);
  });

  test("a client that rejects the certificates of a CA with any CRL is listed separately", async () => {
    const { der } = kit;
    const subject = Object.assign(kit.name([]), { der: () => der.seq(der.set(der.seq(der.int(1), der.utf8("CA")))) });
    const odd = kit.caWith({ subject });
    const files = [bench.put("odd.der", odd.certificate), bench.put("odd.crl", kit.crl({ ca: odd }).crl)];
    const { out } = await tryTwo(files);
    expect(out).toContain(`rejects certificates of such a CA whatever the CRL is: ${onNode}: `);
    expect(rowsOf(out).map(([client]) => client)).not.toContain(onNode);
  });

  test.each([
    ["no CRL", [ca, ca], "neither holds a CRL"],
    [
      "no certificate",
      [bench.put("1.crl", kit.crl().crl), bench.put("2.crl", kit.crl().crl)],
      "no certificate of the CA",
    ],
    [
      "two CRLs in one file",
      [ca, bench.put("two.crl", pem("X509 CRL", kit.crl().crl) + pem("X509 CRL", kit.crl({ entries: [] }).crl))],
      `error: ${join(bench.folder, "two.crl")}: 2 CRLs; give one of them\n`,
    ],
    [
      "a CRL in each file",
      [bench.put("both.pem", pem("X509 CRL", kit.crl().crl) + pem("CERTIFICATE", kit.ca.certificate)), one],
      `error: ${join(bench.folder, "both.pem")} and ${one}: 2 CRLs; give one of them\n`,
    ],
    ["a CRL of another CA", [another, one], `error: ${one}: this CRL is not of the CA whose certificate was given: `],
    [
      "a CRL of none of several CAs",
      [bench.put("others.pem", pem("CERTIFICATE", other.certificate) + pem("CERTIFICATE", third.certificate)), one],
      `error: ${one}: none of the 2 certificates given has the key that signed this CRL; give the certificate of`,
    ],
    ["a missing file", [ca, "absent.crl"], "absent.crl: "],
    [
      "no thisUpdate",
      [ca, bench.put("3.crl", kit.crl({ thisUpdate: null, nextUpdate: null }).crl)],
      `${join(bench.folder, "3.crl")}: thisUpdate cannot be read`,
    ],
    [
      "swapped files",
      [bench.put("4.crl", kit.crl({ thisUpdate: null, nextUpdate: null }).crl), ca],
      "4.crl: thisUpdate",
    ],
  ])("%s: exits with 2", async (_, files, message) => {
    const { code, out, err } = await crllint(["would-break", ...files], world);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });
});

describe("temporary files", () => {
  const temporary = join(bench.folder, "tmp");
  mkdirSync(temporary);

  test("a signal removes them", async () => {
    const path = join(bench.folder, "slow");
    const [version, build] = ['[ "$1" = version ] && echo go version go1.99 && exit', "exec /bin/sleep 60"];
    const made = '/bin/mkdir "${GOTMPDIR:-$TMPDIR}/go-build1"';
    const go = bench.put("slow/go", `#!/bin/sh\n${version}\n${made}\n> "$READY"\n${build}\n`);
    chmodSync(go, 0o755);
    const ready = join(bench.folder, "ready");
    const env = { PATH: path, TMPDIR: temporary, READY: ready };
    const child = spawn(process.execPath, [builtMain(), "would-break", ca, one], { env, stdio: "ignore" });
    const exited = once(child, "exit");
    await vi.waitFor(() => expect(existsSync(ready)).toBe(true), 20_000);
    expect(readdirSync(temporary)).not.toEqual([]);
    child.kill("SIGTERM");
    expect(await exited).toEqual([null, "SIGTERM"]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test("a directory that cannot be written is named", async () => {
    vi.stubEnv("TMPDIR", join(bench.folder, "nowhere"));
    const { code, out, err } = await crllint(["would-break", ca, one], world).finally(() => vi.unstubAllEnvs());
    const message = `cannot write the files of the clients to the temporary directory ${join(bench.folder, "nowhere")}`;
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`error: ${message}: no such file or directory\n`);
  });
});

test("docs/consumers.md shows the output of its command", async ({ skip }) => {
  const [command, output] = blocksOf("docs/consumers.md");
  const args = command?.text.replaceAll("\\\n", "").trim().split(/\s+/u).slice(1) ?? [];
  const { code, out } = await crllint(args, world);
  expect(code).toBe(1);
  const shown = output?.text ?? "";
  // The complete output is compared only if all clients are installed in the versions of the page.
  const named = new Set(rowsOf(shown).map(([client]) => client));
  const present = new Set(rowsOf(out).map(([client]) => client));
  expect(named.size).toBe(clients.length);
  const same = rowsOf(out).filter(([client]) => named.has(client));
  expect(rowsOf(shown).filter(([client]) => present.has(client))).toEqual(same);
  skip(same.length < clients.length, "some clients are missing or have other versions on this machine");
  expect(out).toBe(shown);
});
