import { Tag, tagName } from "../../der/tag.ts";
import { Oid } from "../../extension/oids.ts";
import { peekValue } from "../../extension/peek.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "expired-certs/not-generalized-time",
  title: "expiredCertsOnCRL is not a GeneralizedTime",
  looksAt: [extension(Oid.expiredCertsOnCrl)],
  requirements: [
    {
      source: "x509",
      section: "9.5.2, expiredCertsOnCRL",
      severity: "error",
      quote: "ExpiredCertsOnCRL ::= GeneralizedTime",
    },
  ],
  create(ctx) {
    const { crl, extension } = ctx;
    const value = peekValue(crl.source, extension);
    if (value === undefined || value.tag === Tag.generalizedTime) return;
    ctx.report({
      at: value,
      path: `${extension.path}.extnValue`,
      message: `expiredCertsOnCRL is ${tagName(value.tag)}, not GeneralizedTime`,
    });
  },
  why: "The type is GeneralizedTime in every year. Only the CHOICE Time uses UTCTime through 2049, and decoders of this extension do not expect it.",
  fix: "encode the date as GeneralizedTime, YYYYMMDDHHMMSSZ",
  examples: () => ({
    bad: [
      {
        title: "UTCTime",
        make: (kit) => {
          const value = kit.der.utcTime("240101000000Z");
          return kit.crl({ extra: [kit.extension.extension(kit.oids.expiredCertsOnCrl, value)] });
        },
      },
    ],
    good: [
      {
        title: "GeneralizedTime",
        make: (kit) => kit.crl({ extra: [kit.extension.expiredCertsOnCrl("2024-01-01T00:00:00Z")] }),
      },
    ],
  }),
});
