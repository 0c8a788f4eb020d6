import { describe, expect, test } from "vitest";
import { differenceKinds, type DifferenceKind, type NameDifference } from "../../src/name/difference.ts";
import { explainDifference, explainKind } from "../../src/name/explain.ts";

const difference = (kinds: readonly DifferenceKind[], equivalent: boolean): NameDifference => ({
  kind: kinds[0] ?? "encoding",
  kinds,
  equivalent,
  summary: "",
  firstDifference: 3,
  rows: [],
});

describe("explainDifference", () => {
  test.each(differenceKinds)("%s has its own consequence and fix", (kind) => {
    const { notes, help } = explainKind(kind);
    expect(notes).toHaveLength(1);
    expect(differenceKinds.filter((other) => explainKind(other).help === help)).toEqual([kind]);
    expect(help).toMatch(/^[a-z].*[^.]$/u);
  });

  test.each<[DifferenceKind, RegExp, RegExp]>([
    [
      "parent-name",
      /^the name is that of the CA that issued .* whose key signed it$/u,
      /^take the subject .*signs the CRL$/u,
    ],
    [
      "different",
      /^RFC 5280 7\.1 also treats .*unable to get certificate CRL"\).* accept revoked ones$/u,
      /^make sure .* if it is, copy the CA/u,
    ],
    ["merged", /^RFC 5280 7\.1 also treats/u, /^copy the CA .* unchanged; .*"," starts a new one$/u],
    ["split", /^RFC 5280 7\.1 also treats/u, /^copy the CA .* unchanged; .*in one SET$/u],
    ["reversed", /^RFC 5280 7\.1 also treats/u, /^copy the CA .* unchanged; .*last to first$/u],
    ["reordered", /^RFC 5280 7\.1 also treats/u, /^copy the CA .* unchanged; .*part of the name$/u],
    [
      "missing-rdn",
      /^RFC 5280 7\.1 also treats/u,
      /^copy the CA .* unchanged, with every RDN; .*leaves attributes out$/u,
    ],
    ["repeated-rdn", /^RFC 5280 7\.1 also treats/u, /^copy the CA .* unchanged; .*already has it$/u],
    ["extra-rdn", /^RFC 5280 7\.1 also treats/u, /^copy the CA .* unchanged; .*names it builds$/u],
    ["attribute-type", /^RFC 5280 7\.1 also treats/u, /^copy the CA .* unchanged; .*OID table$/u],
    ["text", /^RFC 5280 7\.1 also treats/u, /^make sure .*sister CA.* if it is, copy the CA/u],
    ["string-type", /^OpenSSL 3\.0, .* ignore this .*GnuTLS 3\.7 accepts/u, /^copy the CA .* unchanged; your encoder/u],
    [
      "case-or-space",
      /^OpenSSL 3\.0, .* ignore this .*Java 17 with hard fail uses the CRL and misses its entries/u,
      /^copy the CA .* unchanged; do not retype/u,
    ],
    [
      "set-order",
      /^RFC 5280 7\.1 calls .*the same name, .*Java 17.* accept revoked/u,
      /^copy the CA .* unchanged; DER sorts/u,
    ],
    [
      "encoding",
      /^RFC 5280 7\.1 calls .*the same name, .*cannot decode the CRL$/u,
      /^copy the CA .* unchanged; at least one/u,
    ],
  ])("explains %s in a note and a fix", (kind, note, help) => {
    const isFolded = differenceKinds.indexOf(kind) >= differenceKinds.indexOf("string-type");
    const explained = explainDifference(difference([kind], isFolded));
    expect(explained).toEqual(explainKind(kind));
    expect(explained.notes).toEqual([expect.stringMatching(note)]);
    expect(explained.help).toMatch(help);
  });

  test("only the most severe consequence is shown", () => {
    const notesOf = (...kinds: readonly DifferenceKind[]) => explainDifference(difference(kinds, false)).notes;
    expect(notesOf("reversed", "set-order")).toEqual(explainKind("reversed").notes);
    expect(notesOf("missing-rdn", "extra-rdn")).toEqual(explainKind("missing-rdn").notes);
    expect(notesOf("parent-name", "encoding")).toEqual([
      ...explainKind("parent-name").notes,
      ...explainKind("encoding").notes,
    ]);
  });

  test("explains that software rejects a truncated name", () => {
    expect(explainDifference(difference(["encoding"], false))).toEqual({
      notes: ["software that decodes the whole Name rejects it, so there is no CRL for this CA"],
      help: "copy the CA certificate's subject TLV into tbsCertList.issuer unchanged",
    });
    expect(explainDifference(difference(["text"], false))).toEqual(explainKind("text"));
  });

  test("explains the cause of a reversed name", () => {
    const { notes, help } = explainDifference(difference(["reversed", "string-type"], false));
    expect(notes).toEqual(explainKind("reversed").notes);
    expect(notes[0]).toContain("unable to get certificate CRL");
    expect(help).toContain("RFC 4514 strings list the RDNs last to first");
  });

  test("shows which software normalizes a difference and which does not", () => {
    const { notes } = explainDifference(difference(["string-type", "case-or-space", "set-order"], true));
    expect(notes).toEqual(explainKind("case-or-space").notes);
    expect(notes[0]).toMatch(/OpenSSL 3\.0, .* ignore this .*Java 17 .*NSS 3\.87/u);
  });

  test("does not report a truncated name as equivalent", () => {
    expect(explainDifference(difference(["encoding"], false)).notes[0]).not.toContain("the same name");
    expect(explainDifference(difference(["encoding"], true)).notes[0]).toContain("the same name");
  });
});
