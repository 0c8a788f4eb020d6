/**
 * Returns a section as a citation names it: `section 7.2`, but `Appendix A.1` or `Worksheet 5` without the word.
 *
 * @param mark text before a section that has only a number
 */
export function namedSection(section: string, mark: "section " | "s." = "section "): string {
  return /^\d/u.test(section) ? `${mark}${section}` : section;
}
