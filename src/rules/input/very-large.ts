import { countOf, formatCount } from "../../rule/format-count.ts";
import type { Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

/** Maximum size in bytes of DER: the stricter interpretation of "10M". */
const maximum = 10_000_000;

/** Returns a revokedCertificates with which the default CRL has this size, with ascending serials and one reason. */
function entries(kit: Kit, total: number): Uint8Array {
  const { der } = kit;
  // The identifier and length octets of the list take 5 bytes; the lengths around it grow by 1 and by 2 bytes.
  const list = new Uint8Array(total - kit.crl({ revokedCertificates: null }).crl.length - 8);
  const view = new DataView(list.buffer);
  const date = der.utcTime("260601120000Z");
  const first = der.seq(der.int(1), date, der.raw("300c300a0603551d1504030a0104"));
  list.set(first);
  let at = first.length;
  // Entries have 23 bytes, and the last ones 24.
  const count = Math.floor((list.length - at) / 23);
  const longer = count - ((list.length - at) % 23);
  for (let i = 0; i < count; i += 1) {
    const length = i < longer ? 4 : 5;
    list.set([0x30, 17 + length, 0x02, length, 1], at);
    at += 4 + length;
    view.setUint32(at - 4, 0x1000_0000 + i);
    list.set(date, at);
    at += date.length;
  }
  return der.seq(list);
}

export default defineRule({
  id: "input/very-large",
  title: "CRL is larger than 10 MB",
  requirements: [
    { source: "hygiene", section: "", severity: "notice" },
    {
      source: "microsoft",
      section: "3.1.10, 3.2.3 c",
      severity: "notice",
      quote: "Maximum size of the CRL file (either full CRL or partitioned CRL) should not exceed 10M.",
    },
  ],
  create(ctx) {
    const { length } = ctx.bytes;
    if (length <= maximum) return;
    ctx.report({
      // The range is the identifier and length octets of the CertificateList.
      at: { start: 0, end: ctx.crl.tbsCertList?.start ?? 0 },
      path: "",
      message: `CRL has ${formatCount(length)} bytes and ${countOf(ctx.entries.count, "entry", "entries")}; the maximum is ${formatCount(maximum)} bytes`,
      notes: ["the CRL does not show whether the certificates in scope have an OCSP pointer"],
    });
  },
  why: "Every client must fetch, store and read the whole CRL. Microsoft asks for at most 10 MB if certificates have no OCSP pointer.",
  fix: "partition the CRL with issuingDistributionPoint and cRLDistributionPoints, and leave expired certificates out of it",
  examples: () => ({
    bad: [{ title: "10,000,001 bytes", make: (kit) => kit.crl({ revokedCertificates: entries(kit, 10_000_001) }) }],
    good: [{ title: "10,000,000 bytes", make: (kit) => kit.crl({ revokedCertificates: entries(kit, 10_000_000) }) }],
  }),
});
