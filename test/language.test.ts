import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { proseOf } from "./support/prose.ts";

/**
 * Words that readers can misunderstand, or for which a plainer word exists. Many readers are under stress, and do not
 * have English as their first language.
 */
interface Ban {
  /** Matches the banned words, in upper or lower case. A space in it stands for any whitespace. */
  readonly pattern: RegExp;
  /** Words to write instead. */
  readonly instead: string;
  /** Texts that the pattern matches. */
  readonly bad: readonly string[];
  /** Texts that look alike and are allowed. */
  readonly good?: readonly string[];
}

const written: readonly Ban[] = [
  // Time and position.
  {
    pattern: /\bbehind\b(?! (?:a prox|any balancer|one name))/giu,
    instead: '"after", "later than" or "at the end of": "behind" can mean late',
    bad: ["a time behind thisUpdate"],
    good: ["behind a proxy", "behind any balancer"],
  },
  {
    pattern: /\bfrom (?!now\b|then\b)\S+ on\b(?! (?:the|a|an|this|standard)\b)/giu,
    instead: '"from 2026-03-15", "N or greater", "at least N"',
    bad: ["a number from 0 on", "from 64M on"],
    good: ["from now on", "read it from a server on the network"],
  },
  { pattern: /\banew\b/giu, instead: '"again", or "re-": "reissue"', bad: ["build it anew"] },
  {
    pattern: /\bbeside\b/giu,
    instead: '"next to", "in addition to"',
    bad: ["beside standard output"],
    good: ["besides"],
  },
  { pattern: /\bin (?:the )?place of\b/giu, instead: '"instead of"', bad: ["in the place of its signature"] },

  // Requirements.
  {
    pattern: /; (?:it|they) (?:is|are|has|have) (?:always|exactly|at most|none|one|a|an|NULL)\b/giu,
    instead: '"it must be": a plain present states a fact about this CRL',
    bad: ["issuer has 0 commonNames; it has one"],
  },
  {
    pattern: /\b(?:is|are) to be\b|\bis to (?:hold|have|say)\b/giu,
    instead: '"must be" or "will be"',
    bad: ["it is to be a PrintableString"],
  },
  {
    pattern: /\bwants?\b|\bpass(?:es)? over\b|\bgo(?:es)? by\b/giu,
    instead: '"requires", "ignores", "uses"',
    bad: ["DER wants the shortest form", "passes over the extension", "clients that go by it"],
  },

  // Negation.
  {
    pattern: /(?<!\bthere )\b(?:is|are) no (?!longer\b|such\b|more\b)[a-z]/giu,
    instead: '"is not a", "are not"',
    bad: ["input is no CRL"],
    good: ["there is no CRL", "is no longer valid", "is no more than 20"],
  },
  {
    pattern: /(?<!\bthere )\b(?:is|are) none\b|\bwhat is no\b(?! longer)/giu,
    instead: '"is not one", "input that is not"',
    bad: ["or is none", "what is no CRL"],
    good: ["there is none", "remove what is no longer found"],
  },
  {
    pattern: /\b(?:any|no) more\b(?! than)/giu,
    instead: '"no longer"',
    bad: ["no client reads it any more"],
    good: ["no more than 20", "and 3 more"],
  },
  {
    pattern: /\b(?:not understood|means? nothing) here\b/giu,
    instead: '"not supported"',
    bad: ["directives are not understood here"],
  },

  // The actor.
  {
    pattern: /\b(?:nobody|whoever)\b/giu,
    instead: "the actor, or a passive",
    bad: ["nobody reads it", "whoever serves it"],
  },
  {
    pattern: /(?<![\w,)] )\b[Ww]ho (?!demands|says)[a-z]+s\b/gu,
    instead: '"software that", "a client that"',
    bad: ["Who checks an old signature has to know"],
    good: ["Who demands it", "a CA who signs it"],
  },
  {
    pattern: /(?<!, (?:one|none) )\bof (?:which|whom)\b/giu,
    instead: '"whose", ", one of which", or a new sentence',
    bad: ["several of which one is the CA's"],
    good: ["several, one of which is the CA's"],
  },
  {
    pattern: /\b(?:is|are|was|were|be|been) told\b(?! (?:otherwise|to stop))/giu,
    instead: '"is reported", "is given"',
    bad: ["is told as input/over-limit"],
    good: ["unless it is told otherwise"],
  },
  {
    pattern: /\bjudg(?:e|es|ed(?!:)|ing)\b/giu,
    instead: 'a CRL is "linted", a rule is "run", an input is "checked"',
    bad: ["judged at 2026-11-08T00:00:00Z"],
    good: ["the field `judged`", "not judged: no certificate of the issuing CA was given"],
  },

  // Literal words.
  {
    pattern: /\bgrave(?:r|st|ly)?\b/giu,
    instead: '"severe"; for a note "severity capped: ..."',
    bad: ["the gravest first"],
  },
  { pattern: /\bmend(?:s|ed|ing)?\b/giu, instead: '"fix"', bad: ["cannot mend it"], good: ["NOT RECOMMENDED"] },
  { pattern: /\bas (?:it|they) stands?\b/giu, instead: '"unchanged"', bad: ["copy it as it stands"] },
  {
    pattern: /\bstands? (?!for\b|by\b)/giu,
    instead: '"is", "appears", "is in"',
    bad: ["A stands before B"],
    good: ["stands for any lines", "stand-ins"],
  },
  {
    pattern: /\b(?:altogether|mostly|hardly|dearest|such that|throw-away|(?:is|are|be) had)\b/giu,
    instead: '"a different", "usually", "few", "most expensive", "so", "test key", "is served"',
    bad: ["hardly any client", "a throw-away key"],
  },
  {
    pattern: /\b(?:takes?|taken|took) (?:\w+ ){1,4}for (?!all\b|each\b)/giu,
    instead: '"treats X as Y", "never applies X to Y"',
    bad: ["takes the CRL for the full one"],
    good: ["taken together for all of them"],
  },
  {
    pattern: /\bsa(?:ys?|id)\b|(?<!\b(?:to|can) )\btells?\b/giu,
    instead: '"is", "states", "shows", "reports": texts and files do not speak',
    bad: ["its outermost length says 589", "the report says so", "the README tells how"],
    good: ["No client can tell which of the two is valid", "it is impossible to tell"],
  },
  {
    pattern: /\bmost (?:time|octets|bytes|heap|redirects|threads)\b/giu,
    instead: '"maximum size", "maximum time": "most" also means the majority',
    bad: ["most octets of one CRL"],
    good: ["at most 20 bytes"],
  },
  {
    pattern: /\bkeys? (?:\w+ ){0,4}(?:is|was) lost\b|\blost key\b|\bwent bad\b|\bkey is bad\b/giu,
    instead: '"compromised"',
    bad: ["the key of a CA is lost"],
  },
  {
    pattern: /\b(?:rooms?|twins?)\b|\bblanks?\b(?! lines?\b)/giu,
    instead: '"directory", "space", "counterpart"; "spaces" for characters',
    bad: ["no room left", "a valid twin", "blanks on a line"],
    good: ["blank lines"],
  },
  {
    pattern: /\bbut for case\b|\bwhite space\b/giu,
    instead: '"except for case", "whitespace"',
    bad: ["same text but for case", "case or white space"],
  },
  {
    pattern: /, too,/giu,
    instead: '"also", before the verb',
    bad: ["by RFC 5280 7.1, too, these are different names"],
    good: ["too large, too small"],
  },
  {
    pattern: /(?<!,) too(?=[.,;:)])/giu,
    instead: '"also", before the verb',
    bad: ["give the CRL too: crllint ca.pem crl.der", "each CA has one too."],
    good: ["too large; too small"],
  },

  // Words of the standards, and of crllint.
  {
    // X.690 has identifier, length, contents and initial octets; a type is called OCTET STRING.
    pattern: /(?<!\b(?:OCTET|contents|identifier|length|initial) )\boctets?\b(?! STRING)/giu,
    instead: '"byte"',
    bad: ["most octets of one CRL"],
    good: ["an OCTET STRING", "the length octets", "the initial octet"],
  },
  {
    // pkimetal's words for what is wrong with a request are repeated as they are.
    pattern:
      /\b(?:colours?|judgement|gray|honour|neighbours?|armours?)\b|\b(?!Unrecognised (?:input|profile|severity)\b)\w+(?:ogn|tim|mar|mal|tial|nal)is(?:e|ed|es|ing)\b/giu,
    instead: "American spelling: color, recognize",
    bad: ["recognised by its colour", "an unrecognised option"],
    good: ["recognized by its color", "promised", "Unrecognised profile"],
  },
];

/** The bans with patterns that also match text with a line break instead of a space, made once for all files. */
const bans = written.map((ban): Ban => ({ ...ban, pattern: wrapping(ban.pattern) }));

const root = new URL("../", import.meta.url);

/**
 * Returns the files with text that is written by hand. Files generated from it are omitted: docs/rules, the manual page
 * and the schemas from src/, docs/incidents.md from fixtures/build, docs/performance.md from bench/.
 */
function writtenFiles(): readonly string[] {
  const generated = /^(?:docs\/(?:rules\/|incidents\.md|performance\.md)|src\/(?:config\/schema\/|rules\/index\.ts))/u;
  const below = ["src", "scripts", "bench", "fixtures/build", "test", "docs", ".github"].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
  );
  return [...readdirSync(root), ...below]
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => /\.(?:ts|mjs|md|yml|yaml)$|(?:^|\/)(?:Dockerfile|Jenkinsfile)$/u.test(name))
    .filter((name) => !generated.test(name))
    .sort();
}

/** Returns a pattern that also matches text with a line break instead of a space. */
function wrapping({ source, flags }: RegExp): RegExp {
  return new RegExp(source.replaceAll(" ", String.raw`\s+`), flags);
}

/** Returns the banned words of a text, in order, each with its line and the words to write instead. */
function offendersIn(file: string, text: string, checked: readonly Ban[] = bans): readonly string[] {
  const prose = proseOf(file, text);
  // Most of a file is not prose, and most files have no banned word.
  const short = prose.replaceAll(/\0+/gu, "\0");
  const places = checked
    .filter((ban) => short.search(ban.pattern) !== -1)
    .flatMap((ban) => [...prose.matchAll(ban.pattern)].map(({ 0: words, index }) => ({ ...ban, index, words })));
  return places
    .sort((a, b) => a.index - b.index)
    .map(({ index, words, instead }) => {
      const line = text.slice(0, index).split("\n").length;
      return `${file}:${line}: "${words.replaceAll(/\s+/gu, " ")}": write ${instead}`;
    });
}

/** Returns the written files by directory: "src/lint", "docs", or "." for those at the top. */
function byDirectory(): ReadonlyMap<string, readonly string[]> {
  const directories = new Map<string, string[]>();
  for (const file of writtenFiles()) {
    const directory = /^(?:src\/)?[^/]+(?=\/)/u.exec(file)?.[0] ?? ".";
    directories.set(directory, [...(directories.get(directory) ?? []), file]);
  }
  return directories;
}

describe("no text has banned words", () => {
  test.each([...byDirectory()])("%s", (_, files) => {
    const offenders = files.flatMap((file) => offendersIn(file, readFileSync(new URL(file, root), "utf8")));
    expect(offenders).toEqual([]);
  });
});

/** Matches a doc comment that opens with a clause: readers look for the verb of a function, the noun of a value. */
const clause = /\/\*\*\s+(?:\*\s+)?(?:What|Those|Tells|Which|Who)\b.*/gu;

describe('no doc comment opens with a clause: write "Returns ..." or a noun', () => {
  test.each([...byDirectory()])("%s", (_, files) => {
    const openings = files
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) => {
        const text = readFileSync(new URL(file, root), "utf8");
        return Array.from(text.matchAll(clause), ([comment]) => `${file}: ${comment}`);
      });
    expect(openings).toEqual([]);
  });
});

describe("each ban matches its bad texts and none of its good ones", () => {
  test.each(bans.map((ban) => [ban.bad[0], ban] as const))("%s", (_, ban) => {
    for (const text of ban.bad) expect(offendersIn("page.md", text, [ban]), text).not.toEqual([]);
    for (const text of ban.good ?? []) expect(offendersIn("page.md", text, [ban]), text).toEqual([]);
  });
});

describe("the search covers", () => {
  /** Returns line and words of each offender. */
  const found = (file: string, ...lines: readonly string[]): readonly string[] =>
    offendersIn(file, lines.join("\n")).map((offender) => offender.split(":").slice(1, 3).join(":"));

  test("comments and strings of TypeScript, also if they are wrapped", () => {
    const lines = [
      "// Octets, and what is",
      "// no CRL.",
      "/**",
      " * A time",
      " * behind another: it is",
      " * no CRL.",
      " */",
      'const message = "input is " +',
      '  "no CRL";',
      "const text = `octets of ${file}, read\\nanew`;",
    ];
    expect(found("a.ts", ...lines)).toEqual([
      '1: "Octets"',
      '1: "what is no"',
      '1: "is no C"',
      '5: "behind"',
      '5: "is no C"',
      '8: "is no C"',
      '10: "octets"',
      '10: "anew"',
    ]);
  });

  test("no names and no quotations of TypeScript", () => {
    const lines = [
      'import { octets } from "./octets.ts";',
      'export * from "./octets.ts";',
      'const octet: "octets" = { quote: "one octet", octets: row["octets"] };',
      '// Reads `octets`. X.690 8.1: "one octet or more".',
      "const message = 'text \"octets\" is quoted';",
    ];
    expect(found("a.ts", ...lines)).toEqual([]);
  });

  test("text and tables of Markdown, but no code", () => {
    expect(found("a.md", "An octet.", "", "| octets |")).toEqual(['1: "octet"', '3: "octets"']);
    expect(found("a.md", "```text", "octets", "```", "<!-- octets -->", "[x](octets.md) `octets`")).toEqual([]);
  });

  test("all text of other files", () => {
    expect(found("a.yml", "key: value # octets", "octet: 1 # and input", "# behind it")).toEqual([
      '1: "octets"',
      '2: "octet"',
      '3: "behind"',
    ]);
  });
});
