import { describe, expect, test } from "vitest";
import { rules } from "../../src/index.ts";
import { documentIds, findDocument } from "../../src/sources/documents.ts";
import { firstDay } from "../../src/sources/first-day.ts";
import { sources } from "../../src/sources/profiles.ts";

const all = rules.flatMap(({ id, requirements }) => requirements.map((requirement) => ({ id, requirement })));

const day = /^\d{4}-\d\d-\d\d$/u;

describe("dates of requirements", () => {
  test("every requirement has a first day, or its document has a reason for none", () => {
    const undated = all.filter(({ requirement }) => {
      const { source, document } = requirement;
      return firstDay(requirement) === undefined && findDocument(document ?? sources[source]).undated === undefined;
    });
    expect(undated.map(({ id, requirement: { source, section } }) => `${id}: ${source} ${section}`)).toEqual([]);
  });

  test("the last day is not earlier than the first", () => {
    for (const { id, requirement } of all) {
      const { to } = requirement;
      const from = firstDay(requirement);
      if (from !== undefined) expect(from, id).toMatch(day);
      if (to === undefined) continue;
      expect(to, id).toMatch(day);
      expect(to >= (from ?? ""), id).toBe(true);
    }
  });

  test("a document has a first day or a reason for none, not both", () => {
    const both = documentIds.filter((id) => {
      const { from, undated } = findDocument(id);
      return from !== undefined && undated !== undefined;
    });
    expect(both).toEqual([]);
  });

  test("requirements of an unverified document are notices without a quote", () => {
    const unread = all.filter(
      ({ requirement: { source, document } }) => findDocument(document ?? sources[source]).unverified !== undefined,
    );
    expect(unread.length).toBeGreaterThan(0);
    expect(unread.filter(({ requirement }) => requirement.severity !== "notice" || "quote" in requirement)).toEqual([]);
  });
});
