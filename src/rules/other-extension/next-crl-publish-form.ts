import { Tag, tagName } from "../../der/tag.ts";
import { isoTime, isTimeTag, readTime } from "../../der/time.ts";
import { withoutErrorReports, peekValue } from "../../extension/peek.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";
import { escapeText } from "../../name/escape.ts";

const nextCrlPublish = "1.3.6.1.4.1.311.21.4";

export default defineRule({
  id: "other-extension/next-crl-publish-form",
  title: "Next CRL Publish is not a time from thisUpdate to nextUpdate",
  looksAt: ["thisUpdate", extension(nextCrlPublish)],
  // The requirement was not checked against the text of the document.
  requirements: [{ source: "microsoft", document: "microsoft-adcs", section: "CRL extensions", severity: "warning" }],
  create(ctx) {
    const { crl, extension } = ctx;
    const value = peekValue(crl.source, extension);
    if (value === undefined) return;
    const place = { at: value, path: `${extension.path}.extnValue` };
    if (!isTimeTag(value.tag)) {
      const message = `Next CRL Publish is ${tagName(value.tag)}, not ${tagName(Tag.utcTime)} or GeneralizedTime`;
      ctx.report({ ...place, message });
      return;
    }
    const { seconds, text } = readTime(withoutErrorReports(ctx.crl.source), value, "");
    if (seconds === undefined) {
      ctx.report({ ...place, message: `Next CRL Publish "${escapeText(text)}" is not a valid time` });
      return;
    }
    const thisUpdate = ctx.thisUpdate.seconds;
    const nextUpdate = ctx.crl.nextUpdate?.seconds;
    if (seconds < thisUpdate) {
      ctx.report({
        ...place,
        message: `Next CRL Publish ${isoTime(seconds)} is earlier than thisUpdate ${isoTime(thisUpdate)}`,
      });
    } else if (nextUpdate !== undefined && seconds > nextUpdate) {
      ctx.report({
        ...place,
        message: `Next CRL Publish ${isoTime(seconds)} is later than nextUpdate ${isoTime(nextUpdate)}`,
      });
    }
  },
  why: "Clients that know the extension look for the next CRL from this time. A value earlier than thisUpdate makes every client fetch at once; a value later than nextUpdate leaves them with an expired CRL.",
  fix: "set Next CRL Publish to the time when the next CRL will be available, after thisUpdate and not after nextUpdate",
  examples: () => ({
    bad: [
      {
        title: "one second after nextUpdate",
        make: (kit) => {
          const value = kit.der.time("2026-11-08T00:00:00Z");
          return kit.crl({ extra: [kit.extension.extension("1.3.6.1.4.1.311.21.4", value)] });
        },
      },
      {
        title: "one second before thisUpdate",
        make: (kit) => {
          const value = kit.der.time("2026-10-31T23:59:59Z");
          return kit.crl({ extra: [kit.extension.extension("1.3.6.1.4.1.311.21.4", value)] });
        },
      },
      {
        title: "INTEGER",
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
