import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rules } from "../../src/index.ts";
import type { Requirement } from "../../src/rule/rule.ts";
import { type DocumentId, documentIds } from "../../src/sources/documents.ts";
import { sources } from "../../src/sources/profiles.ts";

/** Texts of the cited documents; a clone of this repository does not have them. */
const folder = new URL("../../../shared/standards/", import.meta.url);

const files: Partial<Readonly<Record<DocumentId, string>>> = {
  "tls-br": "BR.md",
  "smime-br": "SBR.md",
  "cs-br": "CSBR.md",
  mozilla: "MRSP.md",
  ccadb: "ccadb-policy.md",
  "ccadb-fields": "ccadb-fields.md",
  "fpki-common": "fcp26.md",
};

/** Documents whose text is not in the folder; their quotes are not compared here. */
const withoutText: readonly DocumentId[] = [
  "x690",
  "x509",
  "rfc3280",
  "rfc9829",
  "rfc9881",
  "rfc9909",
  "rfc10007",
  "tls-br-1.8.6",
  "tls-br-1.8.7",
  "mrsp-2.9",
  "mrsp-2.8",
  "ccadb-2.0",
  "microsoft",
  "etsi-411-1",
  "etsi-411-2",
  "fpki",
  "icao",
  "opcua",
];

/** Quotes of S/MIME BR 1.0.11 to 1.0.16; the folder has 1.0.10. */
const newerThanText: ReadonlySet<string> = new Set([
  'The CA MUST NOT use HashML-DSA; only "pure" ML-DSA is permitted.',
  "If the signing key is ML-DSA-44, the signature algorithm SHALL be id-ml-dsa-44",
  "signed on or after September 15, 2026 ensure that the modulus size, when encoded, is at least 4096 bits",
]);

function fileOf(id: DocumentId): string {
  return files[id] ?? `${id}.txt`;
}

function documentOf({ document, source }: Requirement): DocumentId {
  return document ?? sources[source];
}

/** Returns a text without line breaks, page breaks of an RFC, Markdown and HTML. */
function fold(text: string): string {
  return text
    .replaceAll(/\n+[^\n]+\[Page \d+\]\s*\f?\s*RFC \d+ [^\n]+\n/gu, "\n")
    .replaceAll(/<\/?[a-z][^<>\n]*>/gu, " ")
    .replaceAll(/[`*\\_]/gu, "")
    .replaceAll(/[“”]/gu, '"')
    .replaceAll("’", "'")
    .replaceAll(/\s+/gu, " ")
    .trim();
}

describe.skipIf(!existsSync(folder))("quotes", () => {
  const quoted = rules.flatMap(({ id, requirements }) =>
    requirements.flatMap((requirement) => (requirement.quote === undefined ? [] : { id, requirement })),
  );
  const hasText = (id: DocumentId): boolean => existsSync(new URL(fileOf(id), folder));
  const cited = documentIds.filter((id) => quoted.some(({ requirement }) => documentOf(requirement) === id));

  test.each(cited.filter(hasText))("of %s are in its text, word for word", (id) => {
    const text = fold(readFileSync(new URL(fileOf(id), folder), "utf8"));
    const missing = quoted.flatMap(({ id: rule, requirement }) => {
      const { quote = "" } = requirement;
      if (documentOf(requirement) !== id || newerThanText.has(quote)) return [];
      return text.includes(fold(quote)) ? [] : [`${rule} ${requirement.section}: ${quote}`];
    });
    expect(missing).toEqual([]);
  });

  test("are compared, except those of the documents without a text", () => {
    expect(cited.filter((id) => !hasText(id))).toEqual(withoutText);
  });
});
