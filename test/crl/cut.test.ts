import { expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { type Finding, lintCrl } from "../../src/index.ts";
import { blankTexts } from "../hostile/inside.ts";

const { der, extension, oids } = kit;

/** A parsed TLV, from which elements can be cut off. An OCTET STRING around one TLV counts as constructed. */
interface Node {
  readonly tag: number;
  readonly bytes: Uint8Array;
  readonly path: string;
  children: readonly Node[];
}

function parse(bytes: Uint8Array, path: string): readonly Node[] {
  const nodes: Node[] = [];
  for (let at = 0; at < bytes.length;) {
    const initial = bytes[at + 1] ?? 0;
    const content = at + 2 + (initial < 0x80 ? 0 : initial & 0x7f);
    const lengthBytes = bytes.subarray(at + 2, content);
    const length = initial < 0x80 ? initial : lengthBytes.reduce((sum, byte) => sum * 256 + byte, 0);
    const [tag = 0, end] = [bytes[at], content + length];
    const inner = bytes.subarray(content, end);
    const own = `${path}/${nodes.length}`;
    const isWrapper = tag === 0x04 && inner.length > 2 && inner[1] === inner.length - 2;
    const children = tag & 0x20 || isWrapper ? parse(inner, own) : [];
    nodes.push({ tag, bytes: bytes.subarray(at, end), path: own, children });
    at = end;
  }
  return nodes;
}

function build({ tag, bytes, children }: Node, cut: Node, kept: number): Uint8Array {
  if (children.length === 0) return bytes;
  const own = tag === cut.tag && bytes === cut.bytes ? children.slice(0, kept) : children;
  return der.tlv(tag, ...own.map((child) => build(child, cut, kept)));
}

function withInner(node: Node): readonly Node[] {
  return node.children.length === 0 ? [] : [node, ...node.children.flatMap(withInner)];
}

const made = kit.crl({
  idp: { uris: ["http://crl.example.com/1.crl"], indirect: true },
  entries: [
    { reason: 1 },
    {
      reason: 1,
      extensions: [extension.certificateIssuer(kit.otherCa.subject), extension.invalidityDate("2026-05-01T00:00:00Z")],
    },
  ],
  extra: [
    extension.freshestCrl("http://crl.example.com/delta.crl"),
    extension.issuerAltName(extension.directoryName(kit.ca.subject)),
    extension.extension(
      oids.authorityInfoAccess,
      der.seq(der.seq(der.oid(oids.caIssuers), extension.uri("http://ca.example.com/ca.cer"))),
    ),
  ],
});

function lint(crl: Uint8Array): readonly Finding[] {
  const run = lintCrl({
    crl,
    ...(made.ca && { issuer: made.ca }),
    profile: "rfc5280",
    signature: "ignore",
    now: new Date("2026-11-04T00:00:00Z"),
  });
  expect(blankTexts(run)).toEqual([]);
  // A malformed issuer also differs from the CA's subject: that finding is correct.
  return run.findings.filter(
    ({ rule }) => rule !== "crllint/signature-not-checked" && rule !== "issuer/not-byte-identical",
  );
}

const cuts = parse(made.crl, "")
  .flatMap(withInner)
  .flatMap((node) => node.children.map((_, kept) => ({ node, kept, title: `${node.path} after ${kept}` })));

test("the CRL is valid before anything is cut off", () => {
  expect(lint(made.crl)).toEqual([]);
  expect(cuts.length).toBeGreaterThan(80);
});

test.each(cuts)("a structure that ends early has at most one structural finding: $title", ({ node, kept }) => {
  const findings = parse(made.crl, "").flatMap((root) => lint(build(root, node, kept)));
  const found = findings.map(({ rule, message }) => `${rule}: ${message}`);
  const structural = findings.filter(({ rule }) => rule.startsWith("structure/"));
  expect(structural.length, found.join("\n")).toBeLessThanOrEqual(1);
  if (structural.length === 1) expect(found).toHaveLength(1);
});

test("a tbsCertList that ends before thisUpdate is reported for thisUpdate only, not for later fields", () => {
  const { crl } = kit.crl({ thisUpdate: null, nextUpdate: null, revokedCertificates: null, crlExtensions: null });
  const run = lintCrl({ crl, ...(made.ca && { issuer: made.ca }), profile: "rfc5280", signature: "ignore" });
  expect(run.findings.map(({ rule, message }) => [rule, message])).toEqual([
    ["crllint/signature-not-checked", expect.any(String)],
    ["structure/tbs-cert-list", "tbsCertList has no thisUpdate"],
  ]);
  expect(run.rules.find(({ rule }) => rule === "time/next-update-missing")?.status).toBe("passed");
});
