/*
 * Asks GnuTLS about a certificate: mode, root, CA, leaf, CRLs. The mode "verify" checks the signatures of CRLs when they
 * are added; "tls" does not, as gnutls_certificate_set_x509_crl_file does.
 */
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <string.h>

static gnutls_x509_crt_t certificate(const char *path) {
  gnutls_datum_t data;
  gnutls_x509_crt_t crt;
  gnutls_x509_crt_init(&crt);
  if (gnutls_load_file(path, &data) < 0 || gnutls_x509_crt_import(crt, &data, GNUTLS_X509_FMT_DER) < 0)
    fprintf(stderr, "%s cannot be loaded\n", path);
  return crt;
}

int main(int count, char **path) {
  if (count < 6) {
    printf("%s\n", gnutls_check_version(NULL));
    return 0;
  }
  unsigned flags = strcmp(path[1], "tls") == 0 ? GNUTLS_TL_USE_IN_TLS : GNUTLS_TL_VERIFY_CRL;
  gnutls_x509_trust_list_t trust;
  gnutls_x509_trust_list_init(&trust, 0);
  /* Also the CA: GnuTLS verifies the signature of a CRL only with the keys of this list. */
  gnutls_x509_crt_t anchors[2] = {certificate(path[2]), certificate(path[3])};
  gnutls_x509_trust_list_add_cas(trust, anchors, 2, 0);
  for (int i = 5; i < count; i++) {
    gnutls_datum_t data;
    gnutls_x509_crl_t crl;
    gnutls_x509_crl_init(&crl);
    int code = gnutls_load_file(path[i], &data);
    if (code >= 0)
      code = gnutls_x509_crl_import(crl, &data, data.data[0] == 0x30 ? GNUTLS_X509_FMT_DER : GNUTLS_X509_FMT_PEM);
    if (code < 0) {
      printf("crl-refused\t%s\n", gnutls_strerror(code));
      return 0;
    }
    gnutls_x509_trust_list_add_crls(trust, &crl, 1, flags, 0);
  }
  gnutls_x509_crt_t chain[2] = {certificate(path[4]), certificate(path[3])};
  unsigned status = 0;
  int code = gnutls_x509_trust_list_verify_crt2(trust, chain, 2, NULL, 0, 0, &status, NULL);
  if (code < 0) {
    printf("rejected\t%s\n", gnutls_strerror(code));
  } else if (status == 0) {
    printf("accepted\t\n");
  } else {
    gnutls_datum_t text;
    gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &text, 0);
    printf("%s\t%s\n", status & GNUTLS_CERT_REVOKED ? "revoked" : "rejected", text.data);
  }
  return 0;
}
