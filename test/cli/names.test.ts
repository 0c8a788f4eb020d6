import { afterAll, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { crllint, pem, reversedCrl, Workbench } from "./workbench.ts";

const bench = new Workbench();
afterAll(() => bench.clear());

const ca = bench.put("ca.pem", pem("CERTIFICATE", kit.ca.certificate));
const root = bench.put("root.pem", pem("CERTIFICATE", kit.root.certificate));
const good = bench.put("good.crl", kit.crl().crl);
const reversed = bench.put("reversed.crl", reversedCrl());

test("names with the same bytes have exit code 0", async () => {
  const { code, out } = await crllint(["names", ca, good]);
  expect(code).toBe(0);
  expect(out).toContain("the same bytes\n\nC=AT, O=Example Trust GmbH, CN=Example TLS CA 1\n");
});

test("names with different bytes have exit code 1 and a table, with the CRL on the left in any order", async () => {
  const { code, out } = await crllint(["names", ca, reversed]);
  expect(code).toBe(1);
  expect(out).toContain("not the same bytes: same RDNs, reversed order");
  expect(out).toMatch(/#\s+CRL issuer\s+in CA\s+CA subject\n1\s+CN UTF8 "Example TLS CA 1" @\d+\s+#3\s+C /u);
  expect(await crllint(["names", reversed, ca])).toEqual({ code, out, err: "" });
});

test("--left selects the name of a certificate", async () => {
  expect((await crllint(["names", "--left", "issuer", ca, root])).code).toBe(0);
  const { code, out } = await crllint(["names", ca, root, "--width", "150"]);
  expect(code).toBe(1);
  expect(out).toContain("1st subject");
});

test("--hex prints the bytes of the CA's name", async () => {
  const { out } = await crllint(["names", "--hex", reversed, ca]);
  expect(out.trimEnd().split("\n").at(-1)).toBe(Buffer.from(kit.ca.subject.der()).toString("hex"));
});

test("a file with several names has exit code 2", async () => {
  const two = bench.put("two.pem", pem("X509 CRL", kit.crl().crl) + pem("X509 CRL", kit.crl({ ca: kit.root }).crl));
  expect((await crllint(["names", ca, two])).err).toContain("2 objects have a name to compare");
  expect(await crllint(["names", ca, two])).toMatchObject({ code: 2, out: "" });
});

test("a file without the name to compare has exit code 2", async () => {
  const text = bench.put("text.txt", "hello");
  expect(await crllint(["names", ca, text])).toMatchObject({ code: 2, out: "" });
  expect((await crllint(["names", ca, "nowhere"])).err).toContain("nowhere: no such file");
  expect((await crllint(["names", "--left", "subject", good, ca])).err).toContain("no subject can be read in this");
});
