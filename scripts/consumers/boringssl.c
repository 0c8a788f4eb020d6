/* Asks BoringSSL about a certificate: root, CA, leaf, CRLs. */
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>

static X509 *certificate(const char *path) {
  BIO *file = BIO_new_file(path, "rb");
  return d2i_X509_bio(file, NULL);
}

static X509_CRL *list(const char *path) {
  char first = 0;
  BIO *file = BIO_new_file(path, "rb");
  BIO_read(file, &first, 1);
  file = BIO_new_file(path, "rb");
  return first == 0x30 ? d2i_X509_CRL_bio(file, NULL) : PEM_read_bio_X509_CRL(file, NULL, NULL, NULL);
}

static void print_error(const char *outcome) {
  char text[256];
  ERR_error_string_n(ERR_get_error(), text, sizeof text);
  printf("%s\t%s\n", outcome, text);
}

int main(int count, char **path) {
  if (count < 5) {
#ifdef BORINGSSL_API_VERSION
    printf("API %d\n", BORINGSSL_API_VERSION);
    return 0;
#else
    return 1;
#endif
  }
  X509_STORE *store = X509_STORE_new();
  X509 *root = certificate(path[1]), *ca = certificate(path[2]), *leaf = certificate(path[3]);
  if (root == NULL || ca == NULL || leaf == NULL) {
    print_error("rejected");
    return 0;
  }
  X509_STORE_add_cert(store, root);
  for (int i = 4; i < count; i++) {
    X509_CRL *crl = list(path[i]);
    if (crl == NULL || !X509_STORE_add_crl(store, crl)) {
      print_error("crl-refused");
      return 0;
    }
  }
  STACK_OF(X509) *untrusted = sk_X509_new_null();
  sk_X509_push(untrusted, ca);
  X509_STORE_CTX *context = X509_STORE_CTX_new();
  X509_STORE_CTX_init(context, store, leaf, untrusted);
  X509_VERIFY_PARAM_set_flags(X509_STORE_CTX_get0_param(context), X509_V_FLAG_CRL_CHECK);
  int isValid = X509_verify_cert(context) == 1, error = X509_STORE_CTX_get_error(context);
  printf("%s\t%s\n", isValid ? "accepted" : error == X509_V_ERR_CERT_REVOKED ? "revoked" : "rejected",
         isValid ? "" : X509_verify_cert_error_string(error));
  return 0;
}
