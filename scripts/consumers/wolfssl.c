/* Asks wolfSSL about a certificate: root, CA, leaf, CRLs. */
#include <wolfssl/options.h>
#include <wolfssl/ssl.h>
#include <wolfssl/version.h>
#include <wolfssl/wolfcrypt/error-crypt.h>
#include <wolfssl/error-ssl.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned char *content(const char *path, long *size) {
  FILE *file = fopen(path, "rb");
  fseek(file, 0, SEEK_END);
  *size = ftell(file);
  rewind(file);
  unsigned char *bytes = malloc(*size);
  if (fread(bytes, 1, *size, file) != (size_t)*size) *size = 0;
  fclose(file);
  return bytes;
}

int main(int count, char **path) {
  if (count < 5) {
    puts(LIBWOLFSSL_VERSION_STRING);
    return 0;
  }
  long size;
  wolfSSL_Init();
  WOLFSSL_CERT_MANAGER *manager = wolfSSL_CertManagerNew();
  for (int i = 1; i < 3; i++) {
    unsigned char *ca = content(path[i], &size);
    int code = wolfSSL_CertManagerLoadCABuffer(manager, ca, size, SSL_FILETYPE_ASN1);
    if (code != SSL_SUCCESS) {
      printf("rejected\t%d %s\n", code, wolfSSL_ERR_reason_error_string(code));
      return 0;
    }
  }
  wolfSSL_CertManagerEnableCRL(manager, WOLFSSL_CRL_CHECK);
  for (int i = 4; i < count; i++) {
    unsigned char *crl = content(path[i], &size);
    int type = crl[0] == 0x30 ? SSL_FILETYPE_ASN1 : SSL_FILETYPE_PEM;
    int code = wolfSSL_CertManagerLoadCRLBuffer(manager, crl, size, type);
    if (code != SSL_SUCCESS) {
      printf("crl-refused\t%d %s\n", code, wolfSSL_ERR_reason_error_string(code));
      return 0;
    }
  }
  unsigned char *leaf = content(path[3], &size);
  int code = wolfSSL_CertManagerVerifyBuffer(manager, leaf, size, SSL_FILETYPE_ASN1);
  const char *outcome = code == SSL_SUCCESS ? "accepted" : code == CRL_CERT_REVOKED ? "revoked" : "rejected";
  printf("%s\t%d %s\n", outcome, code, code == SSL_SUCCESS ? "" : wolfSSL_ERR_reason_error_string(code));
  return 0;
}
