import type { Kit } from "../../fixture/index.ts";
import { formatCount } from "../../rule/format-count.ts";
import { defineRule } from "../../rule/rule.ts";

/** Number of entries in the CRL that clients were measured with. */
const measured = 100_000;

/** Returns a revokedCertificates with this many entries, each with a reason. */
function entries(kit: Kit, count: number): Uint8Array {
  const { der } = kit;
  const one = der.seq(der.raw("020410000000"), der.utcTime("260601120000Z"), der.raw("300c300a0603551d1504030a0104"));
  const all = new Uint8Array(one.length * count);
  const view = new DataView(all.buffer);
  for (let i = 0; i < count; i += 1) {
    all.set(one, i * one.length);
    view.setUint32(i * one.length + 4, 0x1000_0000 + i);
  }
  return der.seq(all);
}

export default defineRule({
  id: "entry/many-with-extensions",
  title: "CRL has at least 100,000 entries with extensions",
  looksAt: ["entries: withExtensions"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    const { withExtensions } = ctx.entries;
    if (withExtensions < measured) return;
    ctx.report({
      // The range is the identifier and length octets of revokedCertificates.
      at: { start: ctx.revokedCertificates.start, end: ctx.revokedCertificates.content },
      path: "tbsCertList.revokedCertificates",
      message: `CRL has ${formatCount(withExtensions)} entries with extensions`,
      notes: ["with 100,000 entries that have a reason, GnuTLS 3.7 gives no answer within 30 s"],
    });
  },
  why: "In some clients, the time for reading a CRL grows with the square of the number of its entries with extensions. They then stop, or do without the CRL.",
  fix: "partition the CRL with issuingDistributionPoint and cRLDistributionPoints, and leave expired certificates out of it",
  examples: () => ({
    bad: [{ title: "100,000 entries", make: (kit) => kit.crl({ revokedCertificates: entries(kit, measured) }) }],
    good: [{ title: "99,999 entries", make: (kit) => kit.crl({ revokedCertificates: entries(kit, measured - 1) }) }],
  }),
});
