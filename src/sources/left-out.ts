/** Rules of the catalogue that are part of another one here, and which; their requirements are cited there. */
export const mergedInto: ReadonlyMap<string, string> = new Map([]);

/** Rules of the catalogue that are left out on purpose, and why. */
export const leftOut: ReadonlyMap<string, string> = new Map([]);
