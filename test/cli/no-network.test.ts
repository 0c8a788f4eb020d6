import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { CrlServer } from "./crl-server.ts";
import { pem, Workbench } from "./workbench.ts";
import { builtMain } from "../support/built.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

const main = builtMain();
const hook = fileURLToPath(new URL("no-network-hook.mjs", import.meta.url));

/** Runs a command line in a process that exits with 97 if it uses the network. */
function start(args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ["--import", hook, main, ...args]);
  let out = "";
  let err = "";
  child.stdout.on("data", (piece) => (out += String(piece)));
  child.stderr.on("data", (piece) => (err += String(piece)));
  child.stdin.end();
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}

test("lint opens no connection with any input", async () => {
  const uri = "http://crl.example.com/1.crl";
  const idp = { uris: [uri], onlyUser: true };
  const access = kit.extension.extension(
    kit.oids.authorityInfoAccess,
    kit.der.seq(kit.der.seq(kit.der.oid(kit.oids.caIssuers), kit.extension.uri("http://ca.example.com/tls-ca-1.cer"))),
  );
  const ca = bench.put("ca.pem", pem("CERTIFICATE", kit.ca.certificate));
  const crl = bench.put("crl.crl", kit.crl({ idp, extra: [access] }).crl);
  const before = bench.put("before.crl", kit.earlierCrl({ idp, extra: [access] }));
  const leaf = bench.put("leaf.pem", pem("CERTIFICATE", kit.certificate({ crldp: [uri] })));
  const options = ["--url", uri, "--previous", before, "--certs", leaf, "--expect-good", leaf, "--shards"];
  const result = await start(["-f", "json", "--all-dates", "--profile", "mozilla,ccadb", ...options, ca, crl]);
  expect(result.err).toBe("");
  expect(result.code).not.toBe(97);
  expect(JSON.parse(result.out)).toMatchObject({ runs: [{ crl, judged: true }] });
});

test("commands other than fetch, monitor and serve open no connection", async () => {
  const ca = bench.put("plain-ca.pem", pem("CERTIFICATE", kit.ca.certificate));
  const crl = bench.put("plain.crl", kit.crl().crl);
  const leaf = bench.put(
    "plain-leaf.pem",
    pem("CERTIFICATE", kit.certificate({ crldp: ["http://crl.example.com/1"] })),
  );
  const calls = [
    ["status", leaf, ca, crl],
    ["baseline", ca, crl],
    ["names", ca, crl],
    ["show", crl],
    ["explain", "idp"],
  ];
  const results = await Promise.all(calls.map((call) => start(call)));
  expect(results.filter(({ code, err }) => code === 97 || err !== "")).toEqual([]);
});

test("the hook of this test detects a connection", async () => {
  const server = new CrlServer();
  await server.start();
  const url = server.serve("/x.crl", kit.crl().crl);
  const result = await start(["fetch", "--allow-private", url]);
  await server.stop();
  expect(result).toMatchObject({ code: 97, err: "network: request\n" });
  expect(server.asked).toEqual([]);
});
