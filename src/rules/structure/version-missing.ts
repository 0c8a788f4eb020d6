import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "structure/version-missing",
  title: "version is missing although extensions are used",
  looksAt: ["tbsCertList"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.2.1",
      severity: "error",
      quote:
        "When extensions are used, as required by this profile, this field MUST be present and MUST specify version 2 (the integer value is 1).",
    },
    {
      source: "rfc5280",
      section: "5.1.2.7",
      severity: "error",
      quote: "This field may only appear if the version is 2",
    },
    { source: "rfc5280", section: "5.1", severity: "error", quote: "-- if present, version MUST be v2" },
  ],
  create(ctx) {
    const { crl, entries, tbsCertList } = ctx;
    if (crl.version !== undefined || crl.unread.has("version")) return;
    const used = [
      ...(crl.crlExtensions === undefined ? [] : ["crlExtensions"]),
      ...(entries.withExtensions === 0 ? [] : ["crlEntryExtensions"]),
    ];
    if (used.length === 0) return;
    ctx.report({
      at: { start: tbsCertList.content, end: tbsCertList.content },
      path: "tbsCertList.version",
      message: `version is missing, which means v1, but the CRL has ${used.join(" and ")}; it must be v2`,
    });
  },
  why: "Without the field the CRL is v1, and a v1 CRL must not have extensions. Strict parsers reject it.",
  fix: "encode version as INTEGER 1 (v2) at the start of the tbsCertList",
  examples: () => ({
    bad: [
      { title: "no version, crlExtensions", make: (kit) => kit.crl({ version: null }) },
      {
        title: "no version, crlEntryExtensions alone",
        also: ["extension/list-missing"],
        make: (kit) => kit.crl({ version: null, crlExtensions: null }),
      },
    ],
    good: [{ title: "version v2", make: (kit) => kit.crl({ version: 1 }) }],
  }),
});
