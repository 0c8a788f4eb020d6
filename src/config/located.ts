import type { Place } from "./problem.ts";

/** A value in a file of settings, and its place. */
export type Located = LocatedScalar | LocatedList | LocatedMap;

/** Text, a number, a Boolean, or null. */
export interface LocatedScalar {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  readonly at: Place;
}

/** A list of values. */
export interface LocatedList {
  readonly kind: "list";
  readonly items: readonly Located[];
  readonly at: Place;
}

/** Keys and their values. Each key occurs once. */
export interface LocatedMap {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, { readonly key: Place; readonly value: Located }>;
  readonly at: Place;
}

/** Returns a value without its places. */
export function plainOf(value: Located): unknown {
  if (value.kind === "scalar") return value.value;
  if (value.kind === "list") return value.items.map(plainOf);
  // Not by assignment, which would set the prototype for a key called __proto__.
  return Object.fromEntries([...value.entries].map(([key, entry]) => [key, plainOf(entry.value)]));
}

/** Returns the value at a path of keys and indexes; undefined if there is none. */
export function findValue(root: Located, path: readonly (string | number)[]): Located | undefined {
  let value: Located | undefined = root;
  for (const step of path) {
    if (value?.kind === "map") value = value.entries.get(String(step))?.value;
    else value = value?.kind === "list" ? value.items[Number(step)] : undefined;
  }
  return value;
}
