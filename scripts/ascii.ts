/**
 * Returns code with only ASCII characters, which takes half the memory. In code without comments, only strings and
 * patterns have others.
 */
export function toAscii(code: string): string {
  return code.replace(/[^\0-\x7f]/gu, (character) => {
    const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
  });
}
