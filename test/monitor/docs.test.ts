import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { HistoryDatabase } from "../../src/monitor/database.ts";
import { crllint, now } from "../cli/workbench.ts";
import { blocksOf } from "../docs/markdown.ts";
import { checkBy, close, readPublished } from "../support/json-schema.ts";
import { Lab } from "./lab.ts";
import { builtMain } from "../support/built.ts";

const main = builtMain();
const blocks = blocksOf("docs/monitor.md");

function blockOf(name: string): string {
  const block = blocks.find(({ marks }) => marks.get("monitor") === name);
  if (block === undefined) throw new Error(`docs/monitor.md has no block ${name}`);
  return block.text;
}

let lab: Lab;
beforeEach(async () => {
  lab = new Lab(4);
  await lab.start();
  lab.serve(2, { issuer: lab.ca(2).subject.reversed() });
});
afterEach(() => lab.stop());

/** Runs shell text in a new directory; crllint is the one under test, and npm does nothing. */
async function shell(text: string, env: Readonly<Record<string, string>>) {
  const prelude = `set -e; npm() { :; }; crllint() { "${process.execPath}" "${main}" "$@"; }\n`;
  const child = spawn("bash", ["--norc", "-c", prelude + text], {
    cwd: lab.bench.folder,
    env: { ...process.env, ...env },
  });
  let output = "";
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output += data.toString()));
  const code = await new Promise((resolve) => child.on("close", resolve));
  return { code, output };
}

describe("docs/monitor.md", () => {
  test("the setup commands, run in a new directory, find the reversed issuer", async () => {
    const reports = join(lab.bench.folder, "ccadb");
    const env = {
      RECORDS_URL: lab.server.serve("/records", readFileSync(join(reports, "AllCertificateRecordsCSVFormatV5"))),
      PEMS_URL: lab.server.serve("/pems", readFileSync(join(reports, "pems/2025.csv"))),
      // The lab is on loopback, and its CRLs are valid on a fixed date.
      CRLLINT_ALLOW_PRIVATE: "1",
      CRLLINT_NOW: "2026-11-04T00:00:00Z",
      CRLLINT_PROFILE: "rfc5280",
    };
    const { code, output } = await shell(blockOf("set-up"), env);
    expect(code).toBe(1);
    expect(output).toMatch(/^crllint monitor, \S+: fail; 4 CRLs: 4 linted\n\nNew \(this is the first round\): 1\n/u);
    expect(output).toContain("error[issuer/not-byte-identical]");
    for (const name of ["state/history.db", "site/index.html", "site/feed.xml"]) {
      expect(existsSync(join(lab.bench.folder, "watch", name))).toBe(true);
    }
  });

  test("the Kubernetes manifest has only fields that Kubernetes defines, and its user is that of the image", () => {
    const definitions = close(readPublished("kubernetes-definitions.json"));
    // The definitions are of Kubernetes 1.18, where CronJob is still in v1beta1.
    const $ref = `${definitions["$id"]}#/definitions/io.k8s.api.batch.v1beta1.CronJob`;
    expect(checkBy({ $ref }, { schemas: [definitions] })(parse(blockOf("kubernetes")))).toEqual([]);
    const image = readFileSync(new URL("../../Dockerfile", import.meta.url), "utf8");
    // The user nonroot of a distroless image has the number 65532.
    expect(image).toMatch(/^FROM gcr\.io\/distroless\/\S+:nonroot$[\s\S]*^USER nonroot$/mu);
    expect(image).toMatch(/^ENTRYPOINT \["\/nodejs\/bin\/node", "\/crllint\/dist\/cli\/main\.cjs"\]$/mu);
  });

  test("the arguments of the Kubernetes manifest run a round", async () => {
    const { spec } = parse(blockOf("kubernetes")).spec.jobTemplate.spec.template;
    const [container] = spec.containers;
    const names: readonly string[] = container.env.map(({ name }: { readonly name: string }) => name);
    expect(names).toEqual(["CRLLINT_NOTIFY", "CRLLINT_NOTIFY_SECRET"]);
    // The user of the image, and the one directory that may be written to.
    expect(spec.securityContext).toMatchObject({ runAsUser: 65532, fsGroup: 65532 });
    expect(container.volumeMounts).toEqual([{ name: "data", mountPath: "/data" }]);
    const data = lab.bench.folder;
    const args = (container.args as readonly string[]).map((arg) => arg.replace("=/data/", `=${data}/`));
    expect(args.filter((arg) => arg.includes("/")).every((arg) => arg.includes(data))).toBe(true);
    const more = ["--allow-private", "--no-config", "--profile", "rfc5280"];
    expect(await crllint([...args, ...more], { now: () => now })).toMatchObject({ code: 1, err: "" });
    expect(await crllint([...args, ...more], { now: () => now + 60 })).toMatchObject({ code: 0, err: "" });
  });

  test("the documented tables are those of the history, and the sample query runs", async () => {
    await lab.round(0);
    const database = await HistoryDatabase.openCopy(join(lab.out, "history.db"));
    try {
      const tables = database.all("SELECT sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid");
      expect(blockOf("schema").trim()).toBe(tables.map(({ sql }) => `${String(sql)};`).join("\n"));
      const query = blocks.find(({ language, text }) => language === "sql" && text.startsWith("SELECT"));
      expect(database.all(query?.text ?? "")).toEqual([]);
    } finally {
      database.close();
    }
  });

  test("a history that is invalid or missing is a usage error", async () => {
    writeFileSync(join(lab.bench.folder, "history.db"), "not a database, but long enough to be looked at ".repeat(40));
    expect(await crllint(["history", "--out", lab.bench.folder])).toMatchObject({
      code: 2,
      err: `error: ${join(lab.bench.folder, "history.db")}: file is not a database; restore it from a backup, or move it away so the next round begins a new history\n(see crllint history --help)\n`,
    });
    expect(await crllint(["history", "--out", join(lab.bench.folder, "nowhere")])).toMatchObject({
      code: 2,
      err: expect.stringContaining("history.db: no such file; crllint monitor writes it"),
    });
  });
});
