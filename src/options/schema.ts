import * as v from "valibot";
import { formatCount } from "../rule/format-count.ts";
import { parseDuration } from "./duration.ts";
import { parseTime } from "./time.ts";
import { type ChoiceType, expectedBy, type OptionType } from "./type.ts";

/**
 * Use of a schema: for a configuration, whose rules and paths are checked with their places afterwards, or a request.
 */
export type Purpose = "configuration" | "request";

/**
 * Returns the schema of an option's values in JSON and YAML. There, times are text, and a list of one item can be the
 * item. Patterns have no flags, since JSON Schema has none. Messages state what is expected.
 */
export function schemaOf(type: OptionType, purpose: Purpose): v.GenericSchema {
  const expected = expectedBy(type);
  switch (type.kind) {
    case "switch":
    case "on":
      return v.boolean(expected);
    case "choice":
      return choiceSchema(type);
    case "number":
    case "size":
      return v.pipe(
        v.number(expected),
        v.integer(expected),
        v.minValue(type.least, expected),
        v.maxValue(type.most, expected),
      );
    case "time":
      return v.pipe(
        v.string(expected),
        v.maxLength(longestTime, expected),
        v.check((text) => parseTime(text) !== undefined, expected),
      );
    case "duration":
      return v.pipe(
        v.string(expected),
        v.maxLength(longestTime, expected),
        v.check((text) => parseDuration(text) !== undefined, expected),
      );
    case "url":
      return v.pipe(v.string(expected), v.maxLength(8192, "a URL of at most 8,192 characters"), v.url(expected));
    case "pattern":
      return purpose === "request"
        ? v.pipe(v.string(expected), v.regex(/^[a-z0-9:/*-]{1,100}$/, expected))
        : textSchema;
    case "list":
      return oneOrMore(schemaOf(type.item, purpose), expected, purpose === "request" ? longestList : undefined);
    case "table": {
      if (type.names !== undefined) {
        const entries = type.names.map((name) => [name, v.optional(schemaOf(type.valueFor(name), purpose))]);
        return v.strictObject(Object.fromEntries(entries) as v.ObjectEntries, keysExpected);
      }
      const key = schemaOf({ kind: "pattern" }, purpose) as v.GenericSchema<string>;
      const value = schemaOf(type.valueFor(""), purpose);
      if (purpose === "configuration") return v.record(v.string(), value, keysExpected);
      return v.pipe(
        v.record(key, value, keysExpected),
        v.maxEntries(longestList, `a map of at most ${formatCount(longestList)} keys`),
      );
    }
    case "reports": {
      const entries = type.formats.map((format) => [format, v.optional(textSchema)]);
      return v.strictObject(Object.fromEntries(entries) as v.ObjectEntries, keysExpected);
    }
    default:
      return textSchema;
  }
}

/** Returns the description of an option for a schema: its help as a sentence, without notes on the command line. */
export function descriptionOf(help: string): string {
  const text = help.replaceAll(/ \((?:repeatable|default|comma-separated)[^)]*\)/gu, "");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Text that is not empty. */
export const textSchema = v.pipe(v.string("text"), v.regex(/\S/, expectedBy({ kind: "text" })));

/** Expected value of a map, for messages. */
export const keysExpected = "keys with values";

/** Maximum number of characters of a time or a duration. None has as many. */
const longestTime = 64;

/** Maximum number of items that a request may give for an option. */
const longestList = 1000;

/** Returns the schema of one item, or of a list of at most `most` items. */
export function oneOrMore<S extends v.GenericSchema>(item: S, expected: string, most?: number) {
  const list = v.pipe(v.array(item, "a list"), v.minLength(1, "a list that is not empty"));
  const bounded =
    most === undefined ? list : v.pipe(list, v.maxLength(most, `a list of at most ${formatCount(most)} items`));
  return v.union([item, bounded], expected);
}

function choiceSchema({ choices, noun }: ChoiceType): v.GenericSchema {
  return v.picklist(choices, expectedBy({ kind: "choice", choices, ...(noun !== undefined && { noun }) }));
}
