import { findExtension } from "../../crl/crl.ts";
import { smallInteger } from "../../der/integer.ts";
import { Tag } from "../../der/tag.ts";
import { peekValue } from "../../extension/peek.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

const totalPartialCrlNumber = "2.23.146.1.2.0.2";
const partialCrlNumber = "2.23.146.1.2.0.3";

export default defineRule({
  id: "other-extension/gsma-partial",
  title: "partialCrlNumber does not fit totalPartialCrlNumber",
  looksAt: [extension(totalPartialCrlNumber, partialCrlNumber)],
  // The requirement was not checked against the text of the document.
  requirements: [{ source: "gsma", section: "2.7", severity: "notice" }],
  create(ctx) {
    const total = findExtension(ctx.crl, totalPartialCrlNumber);
    const partial = findExtension(ctx.crl, partialCrlNumber);
    if (total === undefined || partial === undefined) {
      const alone = total ?? partial;
      if (alone === undefined) return;
      const message =
        total === undefined
          ? "partialCrlNumber is present without totalPartialCrlNumber"
          : "totalPartialCrlNumber is present without partialCrlNumber";
      ctx.report({ at: alone, path: alone.path, message });
      return;
    }
    const [maximum, number] = [total, partial].map((extension) => {
      const value = peekValue(ctx.crl.source, extension);
      return value?.tag === Tag.integer ? smallInteger(ctx.bytes, value) : undefined;
    });
    if (maximum === undefined || number === undefined || number <= maximum) return;
    const message = `partialCrlNumber ${number} is greater than totalPartialCrlNumber ${maximum}`;
    ctx.report({ at: partial, path: partial.path, message });
  },
  why: "A device collects the partial CRLs from 1 to the total. If a number exceeds the total, or one of the two is missing, the device does not know when it has all of them.",
  fix: "include both extensions, with partialCrlNumber from 1 to totalPartialCrlNumber",
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
