import { expect, test } from "vitest";
import { namedSection } from "../../src/sources/named-section.ts";

test.each([
  ["5.2.3", "section 5.2.3"],
  ["7.2.2 CRLReasons", "section 7.2.2 CRLReasons"],
  ["Appendix A.1", "Appendix A.1"],
  ["Worksheet 5", "Worksheet 5"],
])("%s", (section, named) => {
  expect(namedSection(section)).toBe(named);
});

test("the short mark", () => {
  expect(namedSection("7.2", "s.")).toBe("s.7.2");
});
