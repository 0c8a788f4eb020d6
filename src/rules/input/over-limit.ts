import type { Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

/** Returns this many nested SEQUENCEs. */
function nested(der: Kit["der"], depth: number): Uint8Array {
  let value = der.seq();
  for (let i = 1; i < depth; i += 1) value = der.seq(value);
  return value;
}

export default defineRule({
  id: "input/over-limit",
  title: "input exceeds a limit of crllint",
  looksAt: ["faults"],
  reportsUnread: true,
  reportsLimit: true,
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  why: "No valid CRL comes near these limits. Other software may run out of memory or stack where crllint stops reading. crllint did not check the bytes after the limit.",
  fix: "check the software that wrote the CRL, because no CA needs this; raise the limit with `--limit` to read further",
  examples: () => ({
    bad: [
      {
        title: "33 nested SEQUENCEs",
        make: (kit) =>
          kit.crl({
            extra: [
              kit.extension.extension(
                kit.oids.issuerAltName,
                kit.der.seq(
                  kit.der.explicit(0, kit.der.oid("1.3.6.1.4.1.99999.1"), kit.der.explicit(0, nested(kit.der, 33))),
                ),
              ),
            ],
          }),
      },
    ],
    good: [
      {
        title: "8 nested SEQUENCEs",
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
