import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/length-not-minimal",
  title: "length is not in its shortest form",
  looksAt: ["faults"],
  requirements: [
    { source: "x690", section: "10.1", severity: "error", quote: "encoded in the minimum number of octets" },
  ],
  why: "DER requires the shortest form. Strict parsers reject the CRL.",
  fix: "encode lengths below 128 in one length octet, others in as few as possible",
  examples: () => ({
    bad: [
      {
        title: "length 20 as 81 14",
        make: (kit) => kit.crl({ aki: { value: kit.der.seq(kit.der.raw("808114"), kit.ca.ski ?? kit.der.raw("")) } }),
      },
      {
        title: "length of revokedCertificates with a leading 00",
        make: (kit) =>
          kit.crl({
            revokedCertificates: kit.der.concat(
              kit.der.raw("30820014"),
              kit.der.seq(kit.der.int(5), kit.der.utcTime("260601120000Z")),
            ),
          }),
      },
    ],
    good: [{ title: "shortest lengths", make: (kit) => kit.crl() }],
  }),
});
