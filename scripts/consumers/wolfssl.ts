import { compiled } from "./compiled.ts";

/** The library wolfSSL. */
export const wolfssl = compiled({
  id: "wolfssl",
  name: "wolfSSL",
  mode: "wolfSSL_CertManagerVerifyBuffer, WOLFSSL_CRL_CHECK",
  source: "wolfssl.c",
  options: ["-lwolfssl"],
});
