import { compiled } from "./compiled.ts";

/** The library Mbed TLS. */
export const mbedtls = compiled({
  id: "mbedtls",
  name: "Mbed TLS",
  mode: "mbedtls_x509_crt_verify",
  source: "mbedtls.c",
  options: ["-lmbedx509", "-lmbedcrypto"],
});
