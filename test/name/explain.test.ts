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
  test.each(differenceKinds)("%s has a consequence and a way out of its own", (kind) => {
    const { notes, help } = explainKind(kind);
    expect(notes).toHaveLength(1);
    expect(differenceKinds.filter((other) => explainKind(other).help === help)).toEqual([kind]);
    expect(help).toMatch(/^[a-z].*[^.]$/u);
  });

  test("says of a reversed name what the reversal comes from", () => {
    const { notes, help } = explainDifference(difference(["reversed", "string-type"], false));
    expect(notes).toEqual(explainKind("reversed").notes);
    expect(notes[0]).toContain("unable to get certificate CRL");
    expect(help).toContain("RFC 4514 strings list the RDNs last to first");
  });

  test("says of folded differences who folds them and who does not", () => {
    const { notes } = explainDifference(difference(["string-type", "case-or-space", "set-order"], true));
    expect(notes).toEqual(explainKind("string-type").notes);
    expect(notes[0]).toMatch(/OpenSSL and BoringSSL fold .*rustls-webpki/u);
  });

  test("does not call a name equivalent that breaks off", () => {
    expect(explainDifference(difference(["encoding"], false)).notes[0]).not.toContain("the same name");
    expect(explainDifference(difference(["encoding"], true)).notes[0]).toContain("the same name");
  });
});
