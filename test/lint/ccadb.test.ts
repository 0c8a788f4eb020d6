import { describe, expect, test } from "vitest";
import { type CcadbKnobs, kit } from "../../src/fixture/index.ts";
import { type Ccadb, disclosedAs, disclosedBy, readCcadb } from "../../src/given/ccadb.ts";

function read(...records: readonly CcadbKnobs[]): Ccadb {
  const read = readCcadb("export.csv", kit.ccadb(...records));
  if ("fault" in read) throw new Error(read.fault);
  return read;
}

describe("readCcadb", () => {
  test("finds the record of a CA by its key, in base64 or in hexadecimal", () => {
    const key = Buffer.from(kit.ca.ski ?? []).toString("hex");
    const ccadb = read({ full: "http://a.example/1.crl" }, { ca: kit.otherCa });
    expect(ccadb.find(undefined, key)?.place).toBe('export.csv:2 "Example TLS CA 1"');
    expect(ccadb.find("00".repeat(32), undefined)).toBeUndefined();
    const text = `"SHA-256 Fingerprint","Subject Key Identifier","Full CRL Issued By This CA","JSON Array of Partitioned CRLs"\nAB:CD,${key.toUpperCase()},,\n`;
    const other = readCcadb("x", new TextEncoder().encode(text));
    if ("fault" in other) throw new Error(other.fault);
    expect(other.find(undefined, key)).toBe(other.records[0]);
    expect(other.find("abcd", undefined)).toBe(other.records[0]);
  });

  test.each([
    [{ full: "http://a.example/1.crl" }, ["http://a.example/1.crl"]],
    [
      { partitioned: ["http://a.example/1.crl", "http://a.example/2.crl"] },
      ["http://a.example/1.crl", "http://a.example/2.crl"],
    ],
    [{ partitioned: '[ "http://a.example/1.crl" ]' }, ["http://a.example/1.crl"]],
    [{ full: "http://a.example/1.crl", partitioned: [""] }, ["http://a.example/1.crl"]],
    [{ full: "http://a.example/1.crl", partitioned: '"http://a.example/2.crl"' }, undefined],
    [{ partitioned: "[1]" }, undefined],
    [{ partitioned: "{}" }, undefined],
    [{ partitioned: "[]" }, undefined],
    [{ full: "http://a.example/1.crl", partitioned: "revoked" }, ["http://a.example/1.crl"]],
    [{ full: "http://a.example/1.crl", partitioned: "Expired" }, ["http://a.example/1.crl"]],
    [{ full: "http://a.example/1.crl", partitioned: '["revoked"]' }, ["http://a.example/1.crl"]],
    [{ full: "http://a.example/1.crl", partitioned: '"expired"' }, ["http://a.example/1.crl"]],
    [{ full: "http://a.example/1.crl", partitioned: "unrevoked" }, undefined],
    [{}, undefined],
  ])("%j discloses %j", (record, urls) => {
    const [first] = read(record).records;
    expect(first && disclosedBy(first)).toEqual(urls);
  });

  test.each([
    [
      "an HTML page",
      "<!DOCTYPE html>",
      /not an export of CCADB records: it has no column "JSON Array of Partitioned CRLs"/u,
    ],
    ["an empty file", "", /not an export/u],
    [
      "a file that ends early",
      '"SHA-256 Fingerprint","Full CRL Issued By This CA","JSON Array of Partitioned CRLs"\n"ab","http',
      /cannot be read to its end: a quoted field that starts on line 2/u,
    ],
  ])("%s is not a CCADB export", (_, text, fault) => {
    expect(readCcadb("x", new TextEncoder().encode(text))).toMatchObject({ fault: expect.stringMatching(fault) });
  });

  test.each([
    [{ full: "http://a.example/1.crl" }, undefined, "full"],
    [{ partitioned: ["http://a.example/1.crl"] }, undefined, "partitioned"],
    [{ full: "http://a.example/1.crl", partitioned: [""] }, undefined, "full"],
    [{ full: "http://a.example/0.crl", partitioned: ["http://a.example/1.crl"] }, undefined, undefined],
    [
      { full: "http://a.example/0.crl", partitioned: ["http://a.example/1.crl"] },
      "http://a.example/1.crl",
      "partitioned",
    ],
    [{ full: "http://a.example/0.crl", partitioned: ["http://a.example/1.crl"] }, "http://a.example/0.crl", "full"],
    [{ partitioned: ["http://a.example/1.crl"] }, "http://a.example/2.crl", undefined],
    [{ full: "http://a.example/1.crl", partitioned: ["http://a.example/1.crl"] }, "http://a.example/1.crl", undefined],
    [{}, undefined, undefined],
  ])("%j discloses the CRL at %s as %s", (record, url, expected) => {
    const [first] = read(record).records;
    expect(first && disclosedAs(first, url, undefined)).toBe(expected);
    expect(first && disclosedAs(first, url, Date.parse("2034-01-03T00:00:00Z") / 1000)).toBeUndefined();
  });

  test("records of revoked and expired certificates are not in use", () => {
    const columns =
      '"Certificate Name","Revocation Status","Valid To (GMT)","Subject Key Identifier","Full CRL Issued By This CA","JSON Array of Partitioned CRLs"';
    const rows = ["a,Not Revoked,2026.11.04", "b,Revoked,2030.01.01", "c,Parent Cert Revoked,2030.01.01", "d,,"];
    const text = [columns, ...rows.map((row) => `${row},,,`)].join("\n");
    const ccadb = readCcadb("x", new TextEncoder().encode(text));
    const inUse = (now: string | undefined) =>
      "fault" in ccadb
        ? []
        : ccadb.records
            .filter((each) => each.isInUse(now === undefined ? undefined : Date.parse(now) / 1000))
            .map(({ name }) => name);
    expect(inUse(undefined)).toEqual(["a", "d"]);
    expect(inUse("2026-11-04T23:59:59Z")).toEqual(["a", "d"]);
    expect(inUse("2026-11-05T00:00:01Z")).toEqual(["d"]);
  });

  test.each([
    [{ partitioned: "revoked" }, false],
    [{ partitioned: '["Expired"]' }, false],
    [{ full: "http://a.example/1.crl", partitioned: "revoked" }, true],
    [{ partitioned: [""] }, true],
    [{ partitioned: "not revoked" }, true],
  ])("the record %j is in use: %s", (record, expected) => {
    expect(read(record).records.map((each) => each.isInUse(undefined))).toEqual([expected]);
  });
});
