import { Tag, tagName } from "../../der/tag.ts";
import { isoTime, isTimeTag, readTime } from "../../der/time.ts";
import { quiet, quietValue } from "../../extension/quiet.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";
import { escapeText } from "../../name/escape.ts";

const nextCrlPublish = "1.3.6.1.4.1.311.21.4";

export default defineRule({
  id: "other-extension/next-crl-publish-form",
  title: "Next CRL Publish does not lie between thisUpdate and nextUpdate",
  looksAt: ["thisUpdate", extension(nextCrlPublish)],
  // Not read in the text.
  requirements: [{ source: "microsoft", document: "microsoft-adcs", section: "CRL extensions", severity: "warning" }],
  create(ctx) {
    const { crl, extension } = ctx;
    const value = quietValue(crl.source, extension);
    if (value === undefined) return;
    const place = { at: value, path: `${extension.path}.extnValue` };
    if (!isTimeTag(value.tag)) {
      const message = `Next CRL Publish is ${tagName(value.tag)}, not ${tagName(Tag.utcTime)} or GeneralizedTime`;
      ctx.report({ ...place, message });
      return;
    }
    const { seconds, text } = readTime(quiet(ctx.crl.source), value, "");
    if (seconds === undefined) {
      ctx.report({ ...place, message: `Next CRL Publish "${escapeText(text)}" names no moment` });
      return;
    }
    const thisUpdate = ctx.thisUpdate.seconds;
    const nextUpdate = ctx.crl.nextUpdate?.seconds;
    if (seconds < thisUpdate) {
      ctx.report({
        ...place,
        message: `Next CRL Publish ${isoTime(seconds)} is before thisUpdate ${isoTime(thisUpdate)}`,
      });
    } else if (nextUpdate !== undefined && seconds > nextUpdate) {
      ctx.report({
        ...place,
        message: `Next CRL Publish ${isoTime(seconds)} is after nextUpdate ${isoTime(nextUpdate)}`,
      });
    }
  },
  why: "Windows looks for the next CRL from this moment on. Before thisUpdate it makes every client fetch at once; behind nextUpdate it leaves them with a CRL that has run out.",
  fix: "set Next CRL Publish to when the next CRL will be there: after thisUpdate and not after nextUpdate",
  examples: () => ({
    bad: [
      {
        title: "a second after nextUpdate",
        make: (kit) => {
          const value = kit.der.time("2026-11-08T00:00:00Z");
          return kit.crl({ extra: [kit.extension.extension("1.3.6.1.4.1.311.21.4", value)] });
        },
      },
      {
        title: "a second before thisUpdate",
        make: (kit) => {
          const value = kit.der.time("2026-10-31T23:59:59Z");
          return kit.crl({ extra: [kit.extension.extension("1.3.6.1.4.1.311.21.4", value)] });
        },
      },
      {
        title: "an INTEGER",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("1.3.6.1.4.1.311.21.4", kit.der.int(7))] }),
      },
    ],
    good: [
      {
        title: "at nextUpdate",
        make: (kit) => {
          const value = kit.der.time("2026-11-07T23:59:59Z");
          return kit.crl({ extra: [kit.extension.extension("1.3.6.1.4.1.311.21.4", value)] });
        },
      },
    ],
  }),
});
