import type { Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

/** SEQUENCEs in each other. */
function nested(der: Kit["der"], depth: number): Uint8Array {
  let value = der.seq();
  for (let i = 1; i < depth; i += 1) value = der.seq(value);
  return value;
}

export default defineRule({
  id: "input/over-limit",
  title: "more, or nested deeper, than crllint reads",
  looksAt: ["faults"],
  reportsUnread: true,
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  why: "Nothing sound comes near these limits; other software may run out of memory or stack where crllint stops reading. What lies beyond was not judged.",
  fix: "look at what wrote the CRL: no CA needs this; --limit reads further",
  examples: () => ({
    bad: [
      {
        title: "33 SEQUENCEs in each other",
        make: (kit) =>
          kit.crl({
            extra: [
              kit.extension.extension(
                kit.oids.issuerAltName,
                kit.der.seq(
                  kit.der.explicit(0, kit.der.oid("1.3.6.1.4.1.99999.1"), kit.der.explicit(0, nested(kit.der, 32))),
                ),
              ),
            ],
          }),
      },
    ],
    good: [
      {
        title: "8 SEQUENCEs in each other",
        make: (kit) =>
          kit.crl({
            extra: [
              kit.extension.extension(
                kit.oids.issuerAltName,
                kit.der.seq(
                  kit.der.explicit(0, kit.der.oid("1.3.6.1.4.1.99999.1"), kit.der.explicit(0, nested(kit.der, 8))),
                ),
              ),
            ],
          }),
      },
    ],
  }),
});
