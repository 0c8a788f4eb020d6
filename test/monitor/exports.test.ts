import { afterAll, expect, test } from "vitest";
import { readExports } from "../../src/monitor/exports.ts";
import { Workbench } from "../cli/workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

const columns = "CA Owner,SHA-256 Fingerprint,Full CRL Issued By This CA,JSON Array of Partitioned CRLs";
const records = (name: string, owner: string): string =>
  bench.put(name, `${columns}\n${owner},${"0".repeat(63)}${owner.length},,\n`);

test.each(["X.509 Certificate (PEM)", "PEM Info", "PEM"])(
  "a report with the column %s has certificates",
  async (column) => {
    const report = records("pem/records.csv", "A");
    const certificates = bench.put("pem/certificates.csv", `"SHA-256 Fingerprint","${column}"\n`);
    expect((await readExports([report, certificates])).certificates).toEqual([certificates]);
  },
);

test("a column counts only by its whole name", async () => {
  const report = records("names/records.csv", "A");
  bench.put("names/notes.txt", "The PEM files, and where they are\n");
  expect((await readExports([report, `${bench.folder}/names`])).certificates).toEqual([]);
});

test("directories are searched as for the files of the command: not those of version control", async () => {
  records("tree/below/records.csv", "A");
  records("tree/.git/records.csv", "BB");
  const { ccadb } = await readExports([`${bench.folder}/tree`]);
  expect(ccadb.records.map(({ owner }) => owner)).toEqual(["A"]);
});

test("a missing path, and a directory without a report of records, are errors", async () => {
  await expect(readExports([`${bench.folder}/nowhere`])).rejects.toThrow("nowhere: no such file or directory");
  bench.put("none/notes.txt", "notes\n");
  await expect(readExports([`${bench.folder}/none`])).rejects.toThrow("no report of certificate records");
});
