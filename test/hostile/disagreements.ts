import { unreadableReason } from "../../src/crl/entry-reader.ts";
import type { Facts } from "./readers.ts";

/** One field of one CRL that two readers read differently. */
export interface Disagreement {
  readonly name: string;
  readonly reader: string;
  /** A field of `Facts`, or `all` if the other reader rejects the CRL. */
  readonly field: string;
  readonly ours: string;
  readonly theirs: string;
  /** All values that crllint reads. */
  readonly facts: Facts;
}

const fields = [
  "issuer",
  "thisUpdate",
  "nextUpdate",
  "crlNumber",
  "extensions",
  "serials",
  "dates",
  "reasons",
] as const;

/** Returns the disagreements of other readers with crllint. */
export function disagreements(
  name: string,
  ours: Facts,
  readers: Readonly<Record<string, Facts | undefined>>,
): readonly Disagreement[] {
  return Object.entries(readers).flatMap(([reader, facts]) => {
    if (facts === undefined) return [{ name, reader, field: "all", ours: "a CRL", theirs: "nothing", facts: ours }];
    return fields.flatMap((field) => {
      const [own, theirs] = [JSON.stringify(ours[field]) ?? "absent", JSON.stringify(facts[field]) ?? "absent"];
      return own === theirs ? [] : [{ name, reader, field, ours: own, theirs, facts: ours }];
    });
  });
}

/** A known disagreement. */
interface Explanation {
  readonly reader: "asn1-x509" | "openssl";
  readonly fields: readonly string[];
  readonly when: (disagreement: Disagreement) => boolean;
  /** Why crllint is right. */
  readonly because: string;
}

/** All known disagreements. Any other one is a defect, of crllint or of the other reader. */
const explanations: readonly Explanation[] = [
  {
    reader: "asn1-x509",
    fields: ["serials", "dates", "reasons", "extensions", "crlNumber"],
    when: ({ facts, theirs }) => facts.nextUpdate === undefined && (theirs === "[]" || theirs === "absent"),
    because: "asn1-x509 does not read revokedCertificates and crlExtensions if nextUpdate is absent",
  },
  {
    reader: "asn1-x509",
    fields: ["extensions", "crlNumber"],
    when: ({ facts, theirs }) => facts.serials?.length === 0 && (theirs === "[]" || theirs === "absent"),
    because: "asn1-x509 does not read crlExtensions if revokedCertificates is absent",
  },
  {
    reader: "asn1-x509",
    fields: ["thisUpdate", "nextUpdate", "dates"],
    when: ({ ours }) => /"00\d\d-/u.test(ours),
    because: "asn1-x509 passes a GeneralizedTime to Date, which adds 1900 to years below 100",
  },
  {
    reader: "asn1-x509",
    fields: ["reasons"],
    when: ({ facts }) => facts.reasons?.includes(unreadableReason) === true,
    because: "crllint has no value for a reasonCode that is not a small ENUMERATED; a rule reports it",
  },
  {
    reader: "asn1-x509",
    fields: ["reasons"],
    when: ({ facts }) => facts.reasons?.some((reason) => reason >= 2 ** 24) === true,
    because: "asn1-x509 reads a CRLReason of 4 bytes or more as 0",
  },
  {
    reader: "openssl",
    fields: ["reasons"],
    when: ({ facts }) => facts.reasons?.includes(unreadableReason) === true,
    because: "crllint has no value for a reasonCode that is not a small ENUMERATED; a rule reports it",
  },
  {
    reader: "openssl",
    fields: ["issuer"],
    when: ({ ours }) => /^",|,,|,"$/u.test(ours),
    because: "openssl does not show an RDN without attributes; a rule reports it",
  },
];

/** Returns the reason for a disagreement; undefined if it is unknown. */
export function explain(disagreement: Disagreement): string | undefined {
  const { reader, field } = disagreement;
  return explanations.find((item) => item.reader === reader && item.fields.includes(field) && item.when(disagreement))
    ?.because;
}
