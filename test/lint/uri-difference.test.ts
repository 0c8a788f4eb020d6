import { describe, expect, test } from "vitest";
import { findNearMiss, showDifference } from "../../src/checks/uri-difference.ts";

const uri = "http://crl.example.com/ca-1.crl";

describe("findNearMiss", () => {
  test.each([
    ["https://crl.example.com/ca-1.crl", "the scheme (http, https)"],
    ["http://CRL.example.com/ca-1.crl", "upper and lower case"],
    ["http://crl.example.com/CA-1.crl", "upper and lower case"],
    ["http://crl.example.com/ca-1.crl/", "a slash at the end"],
    ["http://crl.example.com/ca%2D1.crl", "percent-encoding"],
    ["http://crl.example.com:80/ca-1.crl", "the default port of the scheme"],
    ["http://crl.example.com./ca-1.crl", "a dot after the host"],
    ["http://crl.example.com//ca-1.crl", "doubled slashes"],
    [" http://crl.example.com/ca-1.crl\n", "whitespace around it"],
    ["https://CRL.example.com/ca-1.crl/", "the scheme (http, https) and upper and lower case and a slash at the end"],
  ])("%j differs in a known way", (other, difference) => {
    expect(findNearMiss(uri, other)).toBe(difference);
    expect(findNearMiss(other, uri)).toBe(difference);
  });

  test("an empty path before the query is a difference in a slash", () => {
    const [one, other] = ["http://crl.example.com?ca-1.crl", "http://crl.example.com/?ca-1.crl"];
    expect(findNearMiss(one, other)).toBe("a slash after the host");
    expect(findNearMiss(other, one)).toBe("a slash after the host");
  });

  test.each([
    uri,
    "http://crl.example.com/ca-2.crl",
    "http://crl.example.net/ca-1.crl",
    "http://crl.example.com:8080/ca-1.crl",
    "",
  ])("%j is not a near miss", (other) => {
    expect(findNearMiss(uri, other)).toBeUndefined();
  });

  test("URIs that are too long are not compared", () => {
    const long = `http://crl.example.com/${"a".repeat(5000)}`;
    expect(findNearMiss(long, `${long}/`)).toBeUndefined();
  });
});

test("both URIs and the first character in which they differ are shown, escaped", () => {
  expect(showDifference(uri, "http://crl.example.com/ca-2.crl")).toBe(
    '"http://crl.example.com/ca-1.crl" and "http://crl.example.com/ca-2.crl" first differ in character 27: "1" and "2"',
  );
  expect(showDifference("a", "a\u{202e}")).toBe(
    '"a" and "a\\u{202e}" first differ in character 2: nothing and "\\u{202e}"',
  );
});
