import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findBadCharacter, isFullHost, parseUri } from "../../src/extension/uri.ts";

test.each([
  ["http://crl.example.com/1.crl", { scheme: "http", host: "crl.example.com", path: "1.crl", query: undefined }],
  ["HTTP://user@h.example:80/a/b?c#d", { scheme: "http", host: "h.example", path: "a/b", query: "c" }],
  ["http://[2001:db8::1]:80/", { scheme: "http", host: "[2001:db8::1]", path: "", query: undefined }],
  ["http:///1.crl", { scheme: "http", host: "", path: "1.crl", query: undefined }],
  ["ldap:///cn=a,o=b?x;binary?base", { scheme: "ldap", host: "", path: "cn=a,o=b", query: "x;binary?base" }],
  ["urn:a:b", { scheme: "urn", host: undefined, path: "a:b", query: undefined }],
  ["/a/b", { scheme: undefined, host: undefined, path: "a/b", query: undefined }],
  ["//h/a", { scheme: undefined, host: "h", path: "a", query: undefined }],
  ["a.example/b:c", { scheme: undefined, host: undefined, path: "a.example/b:c", query: undefined }],
  ["1http://a", { scheme: undefined, host: undefined, path: "1http://a", query: undefined }],
  ["", { scheme: undefined, host: undefined, path: "", query: undefined }],
])("parseUri splits %j into its parts", (text, parts) => {
  expect(parseUri(text)).toMatchObject(parts);
});

test("scheme and rest together are the text, for any text", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { scheme, rest } = parseUri(text);
      expect((scheme === undefined ? rest : `${scheme}:${rest}`).toLowerCase()).toBe(text.toLowerCase());
    }),
  );
});

test("URIs of millions of characters are parsed", () => {
  const long = "a".repeat(1_000_000);
  expect(parseUri(`http://${long}@${long}:80/${long}?${long}`).host).toBe(long);
  expect(findBadCharacter(`http://${long}"`)).toBe(7 + long.length);
  expect(isFullHost(`${long}.`)).toBe(false);
});

describe("findBadCharacter", () => {
  test.each([
    ["http://a/%20b", -1],
    ["http://a/b c", 10],
    ["a%2", 1],
    ["a%zz", 1],
    ["a%", 1],
    ["\\", 0],
    ["é", 0],
    ["", -1],
  ])("for %j returns %d", (text, index) => {
    expect(findBadCharacter(text)).toBe(index);
  });
});

test.each([
  ["crl.example.com", true],
  ["crl.example.com.", true],
  ["192.0.2.1", true],
  ["[2001:db8::1]", true],
  ["a_b.example", true],
  ["localhost", false],
  ["localhost.", false],
  [".example", false],
  ["a..example", false],
  ["", false],
])("host %j is complete: %s", (host, isFull) => {
  expect(isFullHost(host)).toBe(isFull);
});
