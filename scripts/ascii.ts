/**
 * Returns code with only ASCII characters, which takes half the memory. Other characters occur only in strings and
 * patterns if the code has no comments.
 */
export function toAscii(code: string): string {
  return code.replace(/[^\0-\x7f]/gu, (character) => {
    const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
  });
}
