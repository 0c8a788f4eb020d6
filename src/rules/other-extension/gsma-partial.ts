import { findExtension } from "../../crl/crl.ts";
import { smallInteger } from "../../der/integer.ts";
import { Tag } from "../../der/tag.ts";
import { quietValue } from "../../extension/quiet.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

const totalPartialCrlNumber = "2.23.146.1.2.0.2";
const partialCrlNumber = "2.23.146.1.2.0.3";

export default defineRule({
  id: "other-extension/gsma-partial",
  title: "number of a partial CRL does not fit their total",
  looksAt: [extension(totalPartialCrlNumber, partialCrlNumber)],
  // Not read in the text.
  requirements: [{ source: "gsma", section: "SGP.22 2.7", severity: "notice" }],
  create(ctx) {
    const total = findExtension(ctx.crl, totalPartialCrlNumber);
    const partial = findExtension(ctx.crl, partialCrlNumber);
    if (total === undefined || partial === undefined) {
      const alone = total ?? partial;
      if (alone === undefined) return;
      const message = `${total === undefined ? "partialCrlNumber" : "totalPartialCrlNumber"} stands alone`;
      ctx.report({ at: alone, path: alone.path, message });
      return;
    }
    const [most, number] = [total, partial].map((extension) => {
      const value = quietValue(ctx.crl.source, extension);
      return value?.tag === Tag.integer ? smallInteger(ctx.bytes, value) : undefined;
    });
    if (most === undefined || number === undefined || number <= most) return;
    const message = `partialCrlNumber ${number} is above totalPartialCrlNumber ${most}`;
    ctx.report({ at: partial, path: partial.path, message });
  },
  why: "A device gathers partial CRLs 1 to the total: with a number beyond it, or with one of the two missing, it cannot tell when it has all.",
  fix: "give both totalPartialCrlNumber and partialCrlNumber, the latter from 1 to the total",
  examples: () => ({
    bad: [
      {
        title: "3 of 2",
        make: (kit) =>
          kit.crl({
            extra: [
              kit.extension.extension("2.23.146.1.2.0.2", kit.der.int(2)),
              kit.extension.extension("2.23.146.1.2.0.3", kit.der.int(3)),
            ],
          }),
      },
      {
        title: "partialCrlNumber alone",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("2.23.146.1.2.0.3", kit.der.int(1))] }),
      },
    ],
    good: [
      {
        title: "2 of 2",
        make: (kit) =>
          kit.crl({
            extra: [
              kit.extension.extension("2.23.146.1.2.0.2", kit.der.int(2)),
              kit.extension.extension("2.23.146.1.2.0.3", kit.der.int(2)),
            ],
          }),
      },
    ],
  }),
});
