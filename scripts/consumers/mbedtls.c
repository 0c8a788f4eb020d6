/* Asks Mbed TLS about a certificate: root, CA, leaf, CRLs. */
#include <mbedtls/error.h>
#include <mbedtls/version.h>
#include <mbedtls/x509_crl.h>
#include <mbedtls/x509_crt.h>
#include <stdio.h>
#include <string.h>
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
#include <psa/crypto.h>
#endif

int main(int count, char **path) {
  if (count < 5) {
    puts(MBEDTLS_VERSION_STRING);
    return 0;
  }
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
  psa_crypto_init();
#endif
  char text[4096];
  mbedtls_x509_crt trust, chain;
  mbedtls_x509_crl crls;
  mbedtls_x509_crt_init(&trust);
  mbedtls_x509_crt_init(&chain);
  mbedtls_x509_crl_init(&crls);
  int code = mbedtls_x509_crt_parse_file(&trust, path[1]);
  if (code == 0) code = mbedtls_x509_crt_parse_file(&chain, path[3]);
  if (code == 0) code = mbedtls_x509_crt_parse_file(&chain, path[2]);
  if (code != 0) {
    mbedtls_strerror(code, text, sizeof text);
    printf("rejected\t%s\n", text);
    return 0;
  }
  for (int i = 4; i < count; i++) {
    code = mbedtls_x509_crl_parse_file(&crls, path[i]);
    if (code != 0) {
      mbedtls_strerror(code, text, sizeof text);
      printf("crl-refused\t%s\n", text);
      return 0;
    }
  }
  uint32_t flags = 0;
  code = mbedtls_x509_crt_verify(&chain, &trust, &crls, NULL, &flags, NULL, NULL);
  text[0] = '\0';
  mbedtls_x509_crt_verify_info(text, sizeof text, "", flags);
  for (char *at = strchr(text, '\n'); at != NULL; at = strchr(at, '\n')) *at = ' ';
  printf("%s\t%s\n", code == 0 ? "accepted" : flags & MBEDTLS_X509_BADCERT_REVOKED ? "revoked" : "rejected", text);
  return 0;
}
