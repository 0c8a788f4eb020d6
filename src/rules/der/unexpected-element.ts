import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/unexpected-element",
  title: "element is not part of the ASN.1 definition",
  looksAt: ["faults"],
  requirements: [
    { source: "x690", section: "8.9", severity: "error" },
    { source: "tls-br", section: "7.2", severity: "warning", from: "2024-03-15" },
  ],
  why: "RFC 5280 does not allow further elements in these SEQUENCEs. Parsers reject the CRL, or ignore data that was not meant to be ignored.",
  fix: "remove the element; put additional data into an extension",
  examples: () => ({
    bad: [
      {
        title: "INTEGER at the end of an entry",
        make: (kit) =>
          kit.crl({
            entries: [{ raw: kit.der.seq(kit.der.int(5), kit.der.utcTime("260601120000Z"), kit.der.int(1)) }],
          }),
      },
      {
        title: "NULL at the end of the tbsCertList",
        make: (kit) => kit.crl({ tbs: (tbs) => kit.der.seq(tbs.subarray(4), kit.der.nul()) }),
      },
      {
        title: "[3] at the end of the authorityKeyIdentifier",
        make: (kit) =>
          kit.crl({
            aki: {
              value: kit.der.seq(
                kit.der.context(0, kit.ca.ski ?? kit.der.raw("")),
                kit.der.context(3, kit.der.raw("00")),
              ),
            },
          }),
      },
    ],
    good: [{ title: "a valid CRL", make: (kit) => kit.crl() }],
  }),
});
