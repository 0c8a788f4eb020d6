import { compiled } from "./compiled.ts";

const gnutls = { name: "GnuTLS", source: "gnutls.c", options: ["-lgnutls"] } as const;

/** The library GnuTLS as a verifier. */
export const gnutlsVerify = compiled({
  ...gnutls,
  id: "gnutls",
  mode: "gnutls_x509_trust_list_verify_crt2, GNUTLS_TL_VERIFY_CRL",
  argument: "verify",
});

/** The library GnuTLS with the settings of TLS. */
export const gnutlsInTls = compiled({
  ...gnutls,
  id: "gnutls-tls",
  mode: "gnutls_x509_trust_list_verify_crt2, GNUTLS_TL_USE_IN_TLS",
  argument: "tls",
});
