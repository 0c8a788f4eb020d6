import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openIssuers } from "../../src/files/index.ts";
import { kit } from "../../src/fixture/index.ts";
import { lintCrl, lintShards } from "../../src/index.ts";
import { CrlServer } from "./crl-server.ts";
import { crllint, now, pem, reversedCrl, Workbench } from "./workbench.ts";

const bench = new Workbench();
const server = new CrlServer();
beforeAll(() => server.start());
afterAll(async () => {
  await server.stop();
  bench.clear();
});

const store = join(bench.folder, "store");
bench.put("store/cas.pem", [kit.root, kit.otherCa].map((ca) => pem("CERTIFICATE", ca.certificate)).join(""));
bench.put("store/deep/5f3c.0", kit.ca.certificate);
const withPage = join(bench.folder, "with-page");
bench.put("with-page/ca.der", kit.ca.certificate);
const page = bench.put("with-page/page.html", "<html>not found</html>");
const others = bench.put("others.pem", pem("CERTIFICATE", kit.otherCa.certificate));
const valid = bench.put("sound.crl", kit.crl().crl);
const reversed = bench.put("reversed.crl", reversedCrl());

interface JsonReport {
  readonly verdict: string;
  readonly runs: readonly {
    readonly crl: string;
    readonly verdict: string;
    readonly findings: readonly { readonly rule: string; readonly severity: string; readonly message: string }[];
  }[];
}

async function lintJson(...args: readonly string[]) {
  const { code, out } = await crllint([...args, "-f", "json"]);
  const { runs } = JSON.parse(out) as JsonReport;
  return { code, found: runs.flatMap(({ findings }) => findings.map(({ rule, severity }) => `${severity} ${rule}`)) };
}

describe("--issuers", () => {
  test("the CA of a CRL is found in a directory of bundles and single files", async () => {
    expect(await lintJson("--issuers", store, valid)).toEqual({ code: 0, found: [] });
  });

  test("a reversed issuer is reported with a store", async () => {
    expect(await lintJson("--issuers", store, reversed)).toEqual({
      code: 1,
      found: ["error issuer/not-byte-identical"],
    });
  });

  test("a CRL whose CA is not in the store is undecided", async () => {
    const { code, out } = await crllint(["--issuers", others, valid]);
    expect(code).toBe(2);
    expect(out).toContain("the certificate in the store of issuers has neither the key nor the name");
  });

  test("a file that is not a certificate is reported once, for any number of CRLs", async () => {
    expect(await lintJson("--issuers", withPage, valid, reversed)).toEqual({
      code: 1,
      found: ["error issuer/not-byte-identical", "notice crllint/ignored-file"],
    });
    expect((await crllint(["--issuers", withPage, valid])).out).toContain(
      `not in the store of issuers: contains an HTML page\n  --> ${page}\n`,
    );
  });

  test("a path that cannot be read is an error", async () => {
    const { code, found } = await lintJson("--issuers", join(bench.folder, "missing"), valid);
    expect([code, found]).toEqual([2, ["error crllint/unreadable", "error crllint/no-issuer-found"]]);
  });

  test("a path that cannot be read leaves the others in the store", async () => {
    const { code, found } = await lintJson("--issuers", store, "--issuers", join(bench.folder, "missing"), valid);
    expect([code, found]).toEqual([2, ["error crllint/unreadable"]]);
  });

  test("a path without a certificate is an error, next to one with certificates", async () => {
    mkdirSync(join(bench.folder, "without"));
    const ca = bench.put("ca.der", kit.ca.certificate);
    for (const path of [join(bench.folder, "without"), page, valid]) {
      const { code, out } = await crllint(["--issuers", store, "--issuers", path, ca, valid]);
      expect(code).toBe(2);
      expect(out).toContain(`--issuers names a path without a certificate\n  --> ${path}\n`);
    }
    expect((await crllint(["--issuers", others, "--issuers", others, ca, valid])).code).toBe(0);
  });

  test("the option can be repeated", async () => {
    expect((await crllint(["--issuers", others, "--issuers", store, valid])).code).toBe(0);
  });

  test("fetch finds the CA of a CRL in the store", async () => {
    const url = server.serve("/a.crl", kit.crl().crl);
    expect(await lintJson("fetch", "--allow-private", "--issuers", store, url)).toEqual({ code: 0, found: [] });
    expect(await lintJson("fetch", "--allow-private", url)).toEqual({ code: 2, found: ["error crllint/no-issuer"] });
  });
});

describe("openIssuers", () => {
  test("lintCrl and lintShards accept the store", async () => {
    const opened = await openIssuers([store]);
    expect([opened.store.size, opened.skipped]).toEqual([3, []]);
    const at = new Date(now * 1000);
    const crl = new Uint8Array(readFileSync(valid));
    const issuers = opened.store;
    expect(lintCrl({ crl, issuers, now: at }).verdict).toBe("pass");
    expect(lintCrl({ crl, now: at }).verdict).toBe("undecided");
    expect(lintCrl({ crl: reversedCrl(), issuers, now: at }).verdict).toBe("fail");
    expect(lintShards({ crls: [crl], issuers, now: at }).map(({ verdict }) => verdict)).toEqual(["pass"]);
  });

  test("a given issuer takes precedence over the store", async () => {
    const { store: issuers } = await openIssuers([store]);
    const run = lintCrl({ crl: kit.crl().crl, issuer: kit.otherCa.certificate, issuers, now: new Date(now * 1000) });
    expect(run.verdict).toBe("fail");
  });

  test("another value is rejected", () => {
    const options = { crl: new Uint8Array(1), issuers: "cas.pem" };
    expect(() => lintCrl(options as never)).toThrow("lintCrl: issuers must be a store of issuers");
  });

  test("a directory without certificates makes an empty store", async () => {
    mkdirSync(join(bench.folder, "empty"));
    expect((await openIssuers([join(bench.folder, "empty")])).store.size).toBe(0);
  });
});
