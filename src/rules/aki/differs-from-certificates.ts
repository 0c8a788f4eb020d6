import { contents, hex, sameBytes } from "../../der/span.ts";
import { reportCertificates } from "../../checks/certificate-findings.ts";
import { matchesKeyIdentifier } from "../../given/pair.ts";
import { reportsCertificateErrors } from "../../checks/covered.ts";
import { type BaseContext, defineRule } from "../../rule/rule.ts";
import { countOf } from "../../rule/format-count.ts";

export default defineRule({
  id: "aki/differs-from-certificates",
  title: "keyIdentifier of the CRL differs from that of the certificates that the CA has issued",
  looksAt: ["authorityKeyIdentifier", "certificates"],
  requirements: [
    {
      source: "fpki",
      section: "Worksheet 5",
      severity: "warning",
      quote: "Octet string (same as in Authority Key Identifier field in certificates issued by the CA).",
    },
  ],
  create(ctx) {
    const mine = ctx.authorityKeyIdentifier.keyIdentifier;
    if (mine === undefined || namesWrongKey(ctx) || !reportsCertificateErrors(ctx)) return;
    const value = contents(ctx.bytes, mine);
    const named = ctx.certificates.issued.flatMap((given) => {
      const at = given.certificate.authorityKeyIdentifier?.keyIdentifier;
      // When a CA changes its key, it issues itself a certificate that names the other key.
      if (at === undefined || given.certificate.selfIssued) return [];
      return [{ ...given, at, path: `${given.certificate.authorityKeyIdentifier?.path ?? ""}.keyIdentifier` }];
    });
    const valueOf = ({ certificate, at }: (typeof named)[number]) => contents(certificate.source.bytes, at);
    // A CA with a new key still has certificates that name its old key, so one match is enough.
    const [first] = named;
    if (first === undefined || named.some((one) => sameBytes(valueOf(one), value))) return;
    reportCertificates(ctx, named, {
      at: mine,
      path: `${ctx.authorityKeyIdentifier.path}.keyIdentifier`,
      message: `keyIdentifier is ${show(value)}, but ${countOf(named.length, "certificate has", "certificates have")} ${show(valueOf(first))}`,
      notes: ["severity capped: the CA may have changed its key since it issued these certificates"],
      atMost: "warning",
    });
  },
  why: "Clients that have several certificates of a CA find its key by this identifier. If certificate and CRL have different identifiers, clients verify the CRL with the wrong key, or not at all.",
  fix: "use the CA's subjectKeyIdentifier as keyIdentifier in both certificates and CRLs",
  examples: () => ({
    bad: [
      {
        title: "another keyIdentifier in the certificates",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ aki: new Uint8Array(20).fill(7) })] }),
      },
    ],
    good: [
      {
        title: "the same keyIdentifier in the certificate",
        make: (kit) => kit.crl({ certificates: [kit.certificate()] }),
      },
      {
        title: "one certificate of an older key and one of this key",
        make: (kit) =>
          kit.crl({
            certificates: [kit.certificate({ aki: new Uint8Array(20).fill(7) }), kit.certificate({ serial: 78 })],
          }),
      },
      {
        title: "certificates without authorityKeyIdentifier",
        make: (kit) => kit.crl({ certificates: [kit.certificate({ aki: null })] }),
      },
    ],
  }),
});

/** Whether keyIdentifier differs from that of the CA certificate, which aki/ski-mismatch reports. */
function namesWrongKey({ crl, anyCa }: BaseContext): boolean {
  return anyCa !== undefined && matchesKeyIdentifier(crl, anyCa.certificate) === false;
}

function show(value: Uint8Array): string {
  return hex(value.subarray(0, 32), ":");
}
