import { findExtension } from "../../crl/crl.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

const altSignatureAlgorithm = "2.5.29.73";
const altSignatureValue = "2.5.29.74";

export default defineRule({
  id: "other-extension/alt-signature",
  title: "CRL has only one of altSignatureAlgorithm and altSignatureValue",
  looksAt: [extension(altSignatureAlgorithm, altSignatureValue)],
  // The requirement was not checked against the text of the document. extension/unknown-critical reports either
  // extension if it is critical.
  requirements: [{ source: "x509", section: "9.8", severity: "warning" }],
  create(ctx) {
    const algorithm = findExtension(ctx.crl, altSignatureAlgorithm);
    const value = findExtension(ctx.crl, altSignatureValue);
    const alone = algorithm === undefined ? value : value === undefined ? algorithm : undefined;
    if (alone === undefined) return;
    const message =
      algorithm === undefined
        ? "altSignatureValue is present without altSignatureAlgorithm"
        : "altSignatureAlgorithm is present without altSignatureValue";
    ctx.report({ at: alone, path: alone.path, message });
  },
  why: "A client needs both extensions to verify the second signature. With only one of them it can verify nothing.",
  fix: "add the missing one of altSignatureAlgorithm (2.5.29.73) and altSignatureValue (2.5.29.74), or leave both out",
  examples: () => ({
    bad: [
      {
        title: "altSignatureValue alone",
        make: (kit) => {
          const value = kit.der.bitString(Uint8Array.of(1, 2, 3));
          return kit.crl({ extra: [kit.extension.extension("2.5.29.74", value)] });
        },
      },
      {
        title: "altSignatureAlgorithm alone",
        make: (kit) => kit.crl({ extra: [kit.extension.extension("2.5.29.73", kit.algorithm("ed25519"))] }),
      },
    ],
    good: [
      {
        title: "both extensions",
        make: (kit) => {
          const value = kit.der.bitString(Uint8Array.of(1, 2, 3));
          return kit.crl({
            extra: [
              kit.extension.extension("2.5.29.73", kit.algorithm("ed25519")),
              kit.extension.extension("2.5.29.74", value),
            ],
          });
        },
      },
    ],
  }),
});
