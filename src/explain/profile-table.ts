import { type ProfileId, profiles, type SourceId } from "../sources/profiles.ts";

/** Returns the profiles as lines of text: the title, and the sources that each adds to those of all profiles. */
export function profileTable(): string {
  const ids = Object.keys(profiles) as ProfileId[];
  const width = Math.max(...ids.map((id) => id.length));
  const inEvery: readonly SourceId[] = profiles.rfc5280.sources;
  const lines = ids.flatMap((id) => {
    const { title, sources, byCa = [] }: ProfileRecord = profiles[id];
    const own = sources.filter((source) => !inEvery.includes(source));
    const applies = [
      ...(own.length === 0 ? [] : [own.join(", ")]),
      ...(byCa.length === 0 ? [] : [`if it fits the CA: ${byCa.join(", ")}`]),
    ];
    return [`${id.padEnd(width)}  ${title}`, ...applies.map((text) => `${" ".repeat(width)}    ${text}`)];
  });
  return [
    ...lines,
    "",
    `Every profile applies ${inEvery.join(", ")}. --profile takes several, separated by commas.`,
    "crllint explain PROFILE lists the rules of one.",
    "",
  ].join("\n");
}

interface ProfileRecord {
  readonly title: string;
  readonly sources: readonly SourceId[];
  readonly byCa?: readonly SourceId[];
}
