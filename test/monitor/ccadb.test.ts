import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { bytesOf } from "../../src/der/span.ts";
import { openIssuers } from "../../src/files/open-issuers.ts";
import { kit } from "../../src/fixture/index.ts";
import type { CaRecord } from "../../src/given/ccadb.ts";
import { readExports } from "../../src/monitor/exports.ts";
import { crllint, now, Workbench } from "../cli/workbench.ts";
import { type LabReport, pathsAndRules } from "./lab.ts";

/** Reports that the CCADB publishes, if they are next to the project. */
const reports = fileURLToPath(new URL("../../../shared/ccadb", import.meta.url));
const bench = new Workbench();
afterAll(() => bench.clear());

/** A CRL with the RDNs of the CA's subject in reverse order, signed with another key. */
async function reversedCrl({ sha256 }: CaRecord): Promise<Uint8Array> {
  const { store } = await openIssuers([join(reports, "pems")]);
  const [ca] = store.withDigest(sha256);
  if (ca === undefined) throw new Error(`no certificate ${sha256}`);
  const { source, subject, subjectKeyIdentifier } = ca.certificate;
  const rdns = subject.rdns.map((rdn) => bytesOf(source.bytes, rdn));
  const aki = subjectKeyIdentifier && source.bytes.slice(subjectKeyIdentifier.end - 20, subjectKeyIdentifier.end);
  return kit.crl({ issuer: kit.der.seq(...rdns.toReversed()), ...(aki && { aki }) }).crl;
}

test.runIf(existsSync(reports))(
  "a round over 10,217 CAs of the CCADB, with all URLs on loopback, finds a planted reversed issuer",
  async () => {
    const { ccadb } = await readExports([reports]);
    expect(ccadb.records).toHaveLength(10_217);
    const planted = ccadb.records.find(
      (record) => record.isInUse(now) && record.full.some(({ urls }) => urls?.length === 1),
    );
    const url = planted?.full.flatMap(({ urls = [] }) => urls)[0];
    if (planted === undefined || url === undefined) throw new Error("no record discloses one URL");
    const crl = await reversedCrl(planted);

    const path = `/${url.replace(/^https?:\/\//u, "")}`;
    const requested = new Set<string>();
    const server = createServer((request, response) => {
      requested.add(request.url ?? "");
      if (request.url === path) response.writeHead(200, { "content-type": "application/pkix-crl" }).end(crl);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const text = readFileSync(join(reports, "records-v5.csv"), "utf8");
      const records = bench.put("records.csv", text.replaceAll(/https?:\/\/(?=[\w.-]+\/[^",]*\.crl)/gu, `${base}/`));
      const out = join(bench.folder, "out");
      const args = ["monitor", "--ccadb", records, "--ccadb", join(reports, "pems"), "--out", out, "--no-config"];
      const options = ["--allow-private", "--profile", "rfc5280", "--concurrency", "16", "--per-host", "16"];
      const ended = await crllint([...args, ...options], { now: () => now, sleep: () => Promise.resolve() });
      const report = JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as LabReport;
      const { crls = 0, notFetched = 0 } = report.counts;
      expect(report.counts).toMatchObject({ linted: 1, unchecked: 0, notFetched: crls - 1 });
      expect(crls).toBeGreaterThan(900);
      expect(ended.out.split("\n", 1)[0]).toMatch(
        /^crllint monitor, 2026-11-04T00:00:00Z: \w+; [\d,]+ CRLs: 1 linted, [\d,]+ not fetched$/u,
      );
      expect(ended.code).toBe(2);
      const found = pathsAndRules(report.new.filter(({ subject }) => subject === `${base}${path}`));
      expect(found.map((line) => line.replace(/^.*: /u, ""))).toEqual([
        "issuer/not-byte-identical",
        "signature/invalid",
      ]);
      expect(requested.size).toBeGreaterThan(notFetched / 2);
    } finally {
      server.close();
    }
  },
);
