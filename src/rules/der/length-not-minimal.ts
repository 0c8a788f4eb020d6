import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "der/length-not-minimal",
  title: "length takes more octets than it needs",
  looksAt: ["faults"],
  requirements: [
    { source: "x690", section: "10.1", severity: "error", quote: "encoded in the minimum number of octets" },
  ],
  why: "DER wants the shortest form; strict parsers refuse the CRL.",
  fix: "encode lengths below 128 in one octet, others in as few as hold them",
  examples: () => ({
    bad: [
      {
        title: "length 20 as 81 14",
        make: (kit) => kit.crl({ aki: { value: kit.der.seq(kit.der.raw("808114"), kit.ca.ski ?? kit.der.raw("")) } }),
      },
      {
        title: "length of the revokedCertificates with a leading 00",
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
