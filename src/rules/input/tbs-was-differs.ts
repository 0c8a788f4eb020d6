import type { Crl } from "../../crl/crl.ts";
import { bytesOf, type Span } from "../../der/span.ts";
import { formatCount } from "../../rule/format-count.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "input/tbs-was-differs",
  title: "signed tbsCertList differs from the one that was linted",
  looksAt: ["tbsWas", "tbsCertList"],
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  create(ctx) {
    const { tbsWas, tbsCertList, bytes, crl } = ctx;
    const before = tbsWas.crl.tbsCertList;
    // Bytes after a TBSCertList were linted with it. Those after a signed CRL are not in its tbsCertList.
    const isWhole = before === undefined || tbsWas.crl.form === "tbs";
    const linted = isWhole ? tbsWas.artefact.bytes : bytesOf(tbsWas.crl.source.bytes, before);
    const signed = bytesOf(bytes, tbsCertList);
    const length = Math.max(linted.length, signed.length);
    let at = 0;
    while (at < length && linted[at] === signed[at]) at += 1;
    if (at === length) return;
    const offset = Math.min(tbsCertList.start + at, tbsCertList.end);
    const place = placeOf(crl, offset);
    ctx.report({
      at: { start: offset, end: Math.min(offset + 1, tbsCertList.end) },
      path: place,
      message: `signed tbsCertList (${formatCount(signed.length)} bytes) and the linted one (${formatCount(linted.length)} bytes) first differ at offset 0x${at.toString(16)}: ${byteAt(signed, at)} instead of ${byteAt(linted, at)}`,
      related: [
        {
          at: { start: (before?.start ?? 0) + at, end: (before?.start ?? 0) + Math.min(at + 1, linted.length) },
          path: tbsWas.crl.form === "tbs" ? "tbsCertList" : place,
          artefact: tbsWas.artefact,
        },
      ],
    });
  },
  why: "The result of a run applies only to the bytes that were linted. What changed before signing was not checked.",
  fix: "sign the bytes that were linted, or lint the bytes that will be signed",
  examples: () => ({
    bad: [
      {
        title: "another nextUpdate",
        make: (kit) =>
          kit.crl({ options: { tbsWas: kit.crl({ form: "tbs", nextUpdate: "2026-11-07T23:59:58Z" }).crl } }),
      },
      {
        title: "one more entry",
        make: (kit) => kit.crl({ options: { tbsWas: kit.crl({ form: "tbs", entries: [{}, {}] }).crl } }),
      },
      {
        title: "linted as a CRL signed with a test key, with another cRLNumber",
        make: (kit) => kit.crl({ options: { tbsWas: kit.crl({ signingKey: "rsa2048c", crlNumber: 4712 }).crl } }),
      },
      {
        title: "another signature algorithm",
        make: (kit) =>
          kit.crl({
            options: { tbsWas: kit.crl({ form: "tbs", signature: kit.algorithm("sha384WithRSAEncryption") }).crl },
          }),
      },
      {
        title: "another issuer",
        make: (kit) =>
          kit.crl({ options: { tbsWas: kit.crl({ form: "tbs", issuer: kit.ca.subject.reversed() }).crl } }),
      },
      {
        title: "another thisUpdate",
        make: (kit) =>
          kit.crl({ options: { tbsWas: kit.crl({ form: "tbs", thisUpdate: "2026-11-01T00:00:01Z" }).crl } }),
      },
      {
        title: "another serial",
        make: (kit) => kit.crl({ options: { tbsWas: kit.crl({ form: "tbs", entries: [{ serial: 1 }] }).crl } }),
      },
      {
        title: "a byte after the TBSCertList",
        make: (kit) => {
          const { crl } = kit.crl({ form: "tbs" });
          return kit.crl({ options: { tbsWas: kit.der.concat(crl, Uint8Array.of(0)) } });
        },
      },
      {
        title: "without version",
        make: (kit) => kit.crl({ options: { tbsWas: kit.crl({ form: "tbs", version: null }).crl } }),
      },
    ],
    good: [
      { title: "same bytes", make: (kit) => kit.crl({ options: { tbsWas: kit.crl({ form: "tbs" }).crl } }) },
      {
        title: "linted as a CRL signed with a test key",
        make: (kit) => kit.crl({ options: { tbsWas: kit.crl({ signingKey: "rsa2048c" }).crl } }),
      },
    ],
  }),
});

function byteAt(bytes: Uint8Array, at: number): string {
  const byte = bytes[at];
  return byte === undefined ? "nothing" : byte.toString(16).padStart(2, "0");
}

/** Returns the path of the tbsCertList field that contains a byte, or that of the tbsCertList if none does. */
function placeOf(crl: Crl, offset: number): string {
  const fields: readonly (readonly [name: string, span: Span | undefined])[] = [
    ["version", crl.version],
    ["signature", crl.signature],
    ["issuer", crl.issuer],
    ["thisUpdate", crl.thisUpdate],
    ["nextUpdate", crl.nextUpdate],
    ["revokedCertificates", crl.revokedCertificates],
    ["crlExtensions", crl.crlExtensions],
  ];
  const found = fields.find(([, span]) => span !== undefined && offset >= span.start && offset < span.end);
  return found === undefined ? "tbsCertList" : `tbsCertList.${found[0]}`;
}
