import { afterAll, describe, expect, test } from "vitest";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import { crllint, Workbench } from "./workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());
const ca = bench.put("ca.pem", kit.ca.certificate);
const root = bench.put("root.pem", kit.root.certificate);
const other = bench.put("other.pem", kit.otherCa.certificate);
const leaf = bench.put("leaf.pem", kit.certificate({ serial: 4660 }));
const serial = "5a1b2c3d4e5f6071";
let count = 0;

/** Lints CRLs together; returns the findings about the set, and the exit code. */
async function lint(crls: readonly CrlKnobs[], ...args: readonly string[]) {
  const files = crls.map((knobs) => bench.put(`${(count += 1)}.crl`, kit.crl(knobs).crl));
  const { code, out } = await crllint(["--now", "2026-11-04", "--profile", "rfc5280", "-f", "json", ...args, ...files]);
  const { runs } = JSON.parse(out) as { runs: { findings: { rule: string; severity: string; message: string }[] }[] };
  return {
    code,
    found: runs.flatMap(({ findings }) => findings.map(({ rule, severity }) => `${severity} ${rule}`)),
    runs,
  };
}

const delta = (...entries: NonNullable<CrlKnobs["entries"]>): CrlKnobs => ({
  crlNumber: 4712,
  thisUpdate: "2026-11-02T00:00:00Z",
  extra: [kit.extension.deltaCrlIndicator(4711)],
  entries,
});
const linked: CrlKnobs = { extra: [kit.extension.freshestCrl("http://crl.example.com/delta.crl")] };

describe("CRLs that are given together", () => {
  test("a delta CRL is compared with the complete CRL that it updates, without an option", async () => {
    expect((await lint([linked, delta()], ca)).found).toEqual([]);
    // The rule looks at the base: it is skipped without one.
    const { found } = await lint([linked, delta({ serial: 4660, reason: 8 })], ca);
    expect(found).toEqual(["notice delta/remove-from-crl-unknown-serial"]);
  });

  test("a complete CRL without freshestCRL, and a delta CRL without its complete CRL", async () => {
    expect((await lint([{}, delta()], ca)).found).toEqual(["notice crllint/delta-not-linked"]);
    expect((await lint([{ ...linked, crlNumber: 4700 }, delta()], ca)).found).toEqual([
      "notice crllint/delta-without-base",
    ]);
  });

  test("long serials in CRLs of two CAs: one database for both", async () => {
    const list = { entries: [{ serial, reason: 1 }] };
    const { found } = await lint([list, { ...list, ca: kit.otherCa }], ca, other);
    expect(found).toEqual(["warning crllint/serial-in-several-cas"]);
    const short = { entries: [{ serial: 4660, reason: 1 }] };
    expect((await lint([short, { ...short, ca: kit.otherCa }], ca, other)).found).toEqual([]);
  });

  test("a CA of the chain without a CRL, if certificates are given", async () => {
    expect((await lint([{}], ca, root, "--certs", leaf)).found).toEqual(["warning crllint/ca-without-crl"]);
    const ofRoot = { ca: kit.root, entries: [], nextUpdate: "2027-10-31T23:59:59Z" };
    expect((await lint([{}, ofRoot], ca, root, "--certs", leaf)).found).toEqual([]);
    expect((await lint([{}], ca, root)).found).toEqual([]);
  });
});
