import { findExtension } from "../../crl/crl.ts";
import { extension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

const altSignatureAlgorithm = "2.5.29.73";
const altSignatureValue = "2.5.29.74";

export default defineRule({
  id: "other-extension/alt-signature",
  title: "altSignatureAlgorithm and altSignatureValue do not come together",
  looksAt: [extension(altSignatureAlgorithm, altSignatureValue)],
  // Not read in the text. That both are non-critical is the business of extension/unknown-critical.
  requirements: [{ source: "x509", section: "9.8", severity: "warning" }],
  create(ctx) {
    const algorithm = findExtension(ctx.crl, altSignatureAlgorithm);
    const value = findExtension(ctx.crl, altSignatureValue);
    const alone = algorithm === undefined ? value : value === undefined ? algorithm : undefined;
    if (alone === undefined) return;
    const message = `altSignature${algorithm === undefined ? "Value" : "Algorithm"} stands alone`;
    ctx.report({ at: alone, path: alone.path, message });
  },
  why: "A client that wants the second signature needs both: with one of them it can verify nothing.",
  fix: "add the other one of altSignatureAlgorithm (2.5.29.73) and altSignatureValue (2.5.29.74), or leave both out",
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
        title: "both",
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
