import type { IssuerStore } from "../given/issuer-store.ts";
import type { Aspect } from "../rule/aspects.ts";
import { type CommandName, type OptionDefinition, type OptionName, options, type OptionTable } from "./table.ts";
import type { ChoiceType, ListType, PathsType, SwitchType, ValueOf } from "./type.ts";

// prettier-ignore
type TypeFor<D, C extends CommandName> =
  D extends { readonly variants: { readonly [K in C]: { readonly type: infer T } } } ? T
  : D extends { readonly type: infer T } ? T
  : never;

// prettier-ignore
type Takes<D, C extends CommandName> =
  D extends { readonly variants: { readonly [K in C]: unknown } } ? true
  : D extends { readonly commands: readonly (infer Own)[] } ? (C extends Own ? true : false)
  : false;

/** Whether a command always has a value for an option, because it has a default or is required. */
// prettier-ignore
type IsSet<D, C extends CommandName> =
  D extends { readonly variants: { readonly [K in C]: infer V } }
    ? (V extends { readonly default: unknown } ? true : D extends { readonly isRequired: true } ? true : false)
  : D extends { readonly default: unknown } ? true
  : D extends { readonly isRequired: true } ? true
  : false;

type FlagValue<D, C extends CommandName> =
  | ValueOf<TypeFor<D, C>>
  | (D extends { readonly negation: object } ? false : never);

// prettier-ignore
type FlagName<K extends OptionName, C extends CommandName, Set extends boolean> =
  Takes<OptionTable[K], C> extends true ? (IsSet<OptionTable[K], C> extends Set ? K : never) : never;

/** The values of a command's options by name, as commands receive them. */
export type Flags<C extends CommandName> = {
  readonly [K in OptionName as FlagName<K, C, true>]: FlagValue<OptionTable[K], C>;
} & {
  readonly [K in OptionName as FlagName<K, C, false>]?: FlagValue<OptionTable[K], C>;
};

// prettier-ignore
type LibraryName<K extends OptionName> =
  OptionTable[K] extends { readonly library: { readonly name: infer N extends string } } ? N
  : OptionTable[K] extends { readonly library: object } ? K
  : never;

/** The function that an option of the library is limited to, or "all". */
// prettier-ignore
type TakenBy<K extends OptionName> =
  OptionTable[K] extends { readonly library: { readonly only: infer O } } ? O : "all";

// prettier-ignore
type LibraryValue<T> =
  T extends SwitchType ? boolean
  : T extends ListType<infer I> ? (I extends ChoiceType ? ValueOf<I> | readonly ValueOf<I>[] : readonly ValueOf<I>[])
  : T extends PathsType ? string | readonly string[]
  : ValueOf<T>;

// prettier-ignore
type ContentsOf<D> =
  D extends { readonly library: { readonly holds: infer H } }
    ? H extends "one" ? Uint8Array
      : H extends "many" ? readonly Uint8Array[]
      : H extends "store" ? IssuerStore
      : Uint8Array | readonly Uint8Array[] | "none"
  : D extends { readonly type: infer T } ? LibraryValue<T>
  : never;

/** Options of library functions that take paths. */
export type PathOptions = {
  readonly [K in OptionName as TakenBy<K> extends "command" ? never : LibraryName<K>]?: LibraryValue<
    OptionTable[K]["type"]
  >;
};

/** Options of library functions that take the contents of files. */
export type ContentOptions = {
  readonly [K in OptionName as TakenBy<K> extends "all" ? LibraryName<K> : never]?: ContentsOf<OptionTable[K]>;
};

/** Options that only the command passes to the code that lints files. */
export type CommandOptions = {
  readonly [K in OptionName as TakenBy<K> extends "command" ? K : never]?: ValueOf<OptionTable[K]["type"]>;
};

/** Options that do not depend on whether a function takes paths or the contents of files. */
export type CommonOptions = Pick<
  PathOptions,
  {
    [K in keyof PathOptions & keyof ContentOptions]: PathOptions[K] extends ContentOptions[K] ? K : never;
  }[keyof PathOptions & keyof ContentOptions]
>;

/** Names of the options whose values the engine receives unchanged. */
export type EngineOption = {
  [K in OptionName]: OptionTable[K] extends { readonly isOfEngine: true } ? K : never;
}[OptionName];

/** Returns the long flag among the flags of an option: `--format` of `-f, --format <name>`. */
export function longFlag(flags: string | undefined): string | undefined {
  return /--[a-z-]+/u.exec(flags ?? "")?.[0];
}

/** Returns the name of an option in the library. */
export function libraryNameOf(name: string, { library }: OptionDefinition): string | undefined {
  return library && (library.name ?? name);
}

/**
 * Returns the options of the library among the values of a command or a request, by their names in the library. A
 * request may have one item of a list without the list.
 */
export function libraryOptionsFrom(values: object): PathOptions & CommandOptions {
  const taken: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const option = options.get(name);
    if (option === undefined || value === undefined) continue;
    const libraryName = libraryNameOf(name, option);
    if (option.sets !== undefined && value === true) taken[option.sets[0]] = option.sets[1];
    else if (value === false && option.negation?.value !== undefined)
      taken[libraryName ?? name] = option.negation.value;
    else if (libraryName !== undefined) taken[libraryName] = option.type.kind === "list" ? [value].flat() : value;
  }
  return taken;
}

/** Returns the paths of files that options name as inputs. */
export function pathsIn(values: object): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const option = options.get(name);
    if (option?.group !== "inputs" || (option.type.kind !== "path" && option.type.kind !== "paths")) return [];
    // `--no-issuer` names no file.
    if (value === undefined || value === false) return [];
    return [value].flat() as readonly string[];
  });
}

/** Returns the values that the engine receives unchanged, with defaults for those that are not given. */
export function engineOptionsFrom(given: object): Readonly<Record<EngineOption, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [name, option] of options) {
    if (option.isOfEngine !== true) continue;
    const usual = option.type.kind === "switch" ? false : option.default;
    values[name] = (given as Readonly<Record<string, unknown>>)[name] ?? usual;
  }
  return values as Record<EngineOption, unknown>;
}

/**
 * Returns the inputs with which a call states what it expects of the CRL.
 *
 * @param isGiven whether the call gives the option with a name
 */
export function expectedWith(isGiven: (name: string) => boolean): readonly Aspect[] {
  return [...options].flatMap(([name, { expects }]) => (expects !== undefined && isGiven(name) ? [expects] : []));
}
