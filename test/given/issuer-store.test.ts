import { describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import type { CrlKnobs } from "../../src/fixture/knobs.ts";
import { readInput } from "../../src/input/read.ts";
import { IssuerStore } from "../../src/given/issuer-store.ts";
import { lintOne } from "../../src/lint/lint.ts";
import { rules } from "../../src/rules/index.ts";
import { messagesOf } from "../support/lint-case.ts";
import { usualOptions } from "../support/usual-options.ts";

/** The CA, its certificate renewed with the same key, and other CAs. */
const renewed = kit.caWith({ serial: 77 });
const certificates = [kit.root, kit.otherCa, kit.ca, renewed].map(({ certificate }) => certificate);

function storeOf(list: readonly Uint8Array[]): IssuerStore {
  const store = new IssuerStore();
  for (const [i, bytes] of list.entries()) expect(store.add({ name: `store ${i}`, bytes })).toBe(true);
  return store;
}

function lintWith(store: IssuerStore, knobs: CrlKnobs) {
  const [object] = readInput("crl", kit.crl(knobs).crl);
  if (object === undefined) throw new Error("no object");
  return lintOne(
    rules,
    { object, form: "crl", issuers: [], issuersChosen: false, others: [], issuerStore: store },
    usualOptions(undefined),
  );
}

describe("a CRL finds its CA in a store", () => {
  const store = storeOf(certificates);

  test("by its authorityKeyIdentifier, and all certificates of that key", () => {
    const run = lintWith(store, {});
    expect([run.verdict, run.pairing?.by, run.pairing?.sameKey.length]).toEqual(["pass", "signature", 1]);
  });

  test("by its issuer, without authorityKeyIdentifier", () => {
    expect(lintWith(store, { aki: null }).pairing?.by).toBe("signature");
  });

  test.each([
    ["with authorityKeyIdentifier", {}],
    ["without authorityKeyIdentifier", { aki: null }],
  ])("with a reversed issuer, %s, and the issuer is reported", (_, knobs) => {
    const run = lintWith(store, { ...knobs, issuer: kit.ca.subject.reversed() });
    expect(run.verdict).toBe("fail");
    expect(messagesOf(run, "issuer/not-byte-identical")).toEqual([
      "error: CRL issuer is not byte-for-byte the CA's subject: same RDNs, reversed order",
    ]);
  });

  test("with a signature of another key, and the signature is reported", () => {
    const run = lintWith(store, { signingKey: "rsa2048c" });
    expect(run.verdict).toBe("fail");
    expect(messagesOf(run, "signature/invalid")).toHaveLength(1);
  });
});

test("a CRL that identifies another key than the only certificate of its CA in the store is undecided", () => {
  const run = lintWith(storeOf([kit.caWith({ key: "p256" }).certificate]), {});
  expect(run.verdict).toBe("undecided");
  expect(run.findings.map(({ rule }) => rule)).toEqual(["crllint/no-issuer-found"]);
});

test("a CRL whose CA is not in the store is undecided", () => {
  const run = lintWith(storeOf([kit.root.certificate]), {});
  expect(run.verdict).toBe("undecided");
  expect(messagesOf(run, "crllint/no-issuer-found")).toEqual([
    "error: not judged: the certificate in the store of issuers has neither the key nor the name " +
      "that this CRL names, so its issuer and signature were not checked",
  ]);
});

test("a truncated certificate is not added to the store", () => {
  const store = new IssuerStore();
  const { certificate } = kit.ca;
  for (let end = 0; end < certificate.length; end += 1) {
    const truncated = certificate.subarray(0, end);
    expect(store.add({ name: "truncated", bytes: truncated })).toBe(false);
  }
  expect(store.size).toBe(0);
});
