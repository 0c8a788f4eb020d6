import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "idp/only-some-reasons-empty",
  title: "onlySomeReasons contains no reason",
  looksAt: ["issuingDistributionPoint"],
  requirements: [{ source: "rfc5280", section: "4.2.1.13, 5.2.5", severity: "error" }],
  create(ctx) {
    const { onlySomeReasons: some, path } = ctx.issuingDistributionPoint;
    if (some?.reasons === undefined || [...some.reasons].some((bit) => bit > 0)) return;
    const found = some.reasons.size === 0 ? "no bit" : "only bit 0, which is unused";
    ctx.report({
      at: some,
      path: `${path}.onlySomeReasons`,
      message: `onlySomeReasons has ${found}; it must have at least 1 reason`,
    });
  },
  why: "A client uses a CRL with onlySomeReasons only for the reasons in it (RFC 5280 6.3.3 (d), (e)). This one contains none, so clients ignore all entries.",
  fix: "leave onlySomeReasons [3] out",
  examples: () => ({
    bad: [
      {
        title: "no bit, 83 01 00",
        make: (kit) =>
          kit.crl({ entries: [], idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true, reasons: [] } }),
      },
      {
        title: "bit 0 alone, which is unused",
        make: (kit) =>
          kit.crl({ entries: [], idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true, reasons: [0] } }),
      },
    ],
    good: [
      {
        title: "no onlySomeReasons",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
    ],
  }),
});
