import type { Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

/** Makes a Name of one RDN with two attributes, either in DER order or not. */
function issuer({ der }: Kit, isSorted: boolean): Uint8Array {
  const organization = der.seq(der.oid("2.5.4.10"), der.utf8("Example"));
  const commonName = der.seq(der.oid("2.5.4.3"), der.utf8("Example TLS CA 1"));
  return der.seq(der.set(...(isSorted ? [organization, commonName] : [commonName, organization])));
}

export default defineRule({
  id: "der/set-of-order",
  title: "SET OF is not in ascending order",
  looksAt: ["faults"],
  requirements: [
    {
      source: "x690",
      section: "11.6",
      severity: "error",
      quote:
        "The encodings of the component values of a set-of value shall appear in ascending order, the encodings being compared as octet strings",
    },
  ],
  why: "DER requires the attributes of a multi-valued RDN to be sorted. Software that re-encodes the name gets other bytes and treats it as a different name.",
  fix: "sort the encodings of the attributes; in a CRL, copy the subject of the CA certificate byte for byte",
  examples: () => ({
    bad: [
      {
        title: "CN before O in one RDN",
        make: (kit) => kit.crl({ issuer: issuer(kit, false), issuerCertificate: null }),
      },
    ],
    good: [
      {
        title: "O before CN: the shorter encoding sorts first",
        make: (kit) => kit.crl({ issuer: issuer(kit, true), issuerCertificate: null }),
      },
    ],
  }),
});
