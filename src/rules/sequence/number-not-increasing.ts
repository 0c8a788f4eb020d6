import { valuePath } from "../../crl/crl.ts";
import { integerText } from "../../der/integer.ts";
import { Oid } from "../../extension/oids.ts";
import { compareNumbers, placeIn } from "../../checks/predecessor.ts";
import { defineRule, type Requirement } from "../../rule/rule.ts";

const notRepeated: Requirement = {
  source: "rfc5280",
  section: "5.2.3",
  severity: "error",
  quote:
    "if the this update field (Section 5.1.2.4) in the two CRLs are not identical, the CRL numbers MUST be different",
};

export default defineRule({
  id: "sequence/number-not-increasing",
  title: "cRLNumber is not higher than that of the previous CRL",
  looksAt: ["replaced", "crlNumber"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.3",
      severity: "error",
      quote: "a monotonically increasing sequence number for a given CRL scope and CRL issuer",
    },
    notRepeated,
    {
      source: "tls-br",
      section: "7.2.2",
      severity: "error",
      from: "2024-03-15",
      quote: "and convey a strictly increasing sequence",
    },
    {
      source: "fpki",
      section: "Worksheet 5",
      severity: "warning",
      quote: "Monotonically increasing integer (never repeated).",
    },
  ],
  create(ctx) {
    const { replaced: previous, crl, crlNumber, bytes } = ctx;
    const before = previous.crl.crlNumber;
    const order = compareNumbers(previous, crl);
    if (before === undefined || order === undefined || order < 0) return;
    const isSameTime = previous.crl.thisUpdate?.seconds === crl.thisUpdate?.seconds;
    const path = valuePath(crl, Oid.crlNumber);
    const number = `cRLNumber ${integerText(bytes, crlNumber)}`;
    ctx.report({
      at: crlNumber,
      path,
      message:
        order === 0
          ? `${number} is the same as in the previous CRL; it must be higher`
          : `${number} is lower than that of the previous CRL, ${integerText(previous.crl.source.bytes, before)}`,
      related: placeIn(previous, before, valuePath(previous.crl, Oid.crlNumber)),
      ...(order > 0 && { violates: ctx.requirements.filter((requirement) => requirement !== notRepeated) }),
      ...(isSameTime && {
        atMost: "warning",
        notes: ["severity capped: both CRLs have the same thisUpdate, so the two files may be mixed up"],
      }),
    });
  },
  why: "Software that relies on the number keeps the old CRL and misses every revocation in the new one. Delta CRLs can no longer identify their base.",
  fix: "raise cRLNumber with every CRL of one issuer and scope; keep the counter when a database is restored",
  examples: () => ({
    bad: [
      { title: "4711 again", make: (kit) => kit.crl({ previous: kit.earlierCrl({ crlNumber: 4711 }) }) },
      { title: "4711 after 4712", make: (kit) => kit.crl({ previous: kit.earlierCrl({ crlNumber: 4712 }) }) },
      {
        title: "numbers of 20 bytes that differ in the last one",
        make: (kit) => kit.crl({ crlNumber: 2n ** 158n, previous: kit.earlierCrl({ crlNumber: 2n ** 158n + 1n }) }),
      },
      {
        title: "two CRLs of the same second",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ thisUpdate: "2026-11-01T00:00:00Z", crlNumber: 4712 }) }),
      },
    ],
    good: [
      { title: "4711 after 4710", make: (kit) => kit.crl({ previous: kit.earlierCrl() }) },
      {
        title: "128 after 127, which is one byte longer, not lower",
        make: (kit) => kit.crl({ crlNumber: 128, previous: kit.earlierCrl({ crlNumber: 127 }) }),
      },
      {
        title: "previous CRL without cRLNumber",
        make: (kit) => kit.crl({ previous: kit.earlierCrl({ crlNumber: null }) }),
      },
    ],
  }),
});
