/*
 * Asks libcurl about an HTTPS server: URL, CA file, CRL file. Debian has libcurl with GnuTLS without a command, and its
 * headers exclude those of the one with OpenSSL: what is needed is declared here (curl/curl.h).
 */
#include <stdio.h>
#include <string.h>

typedef void CURL;
enum {
  CURLOPT_WRITEFUNCTION = 20011,
  CURLOPT_URL = 10002,
  CURLOPT_PROXY = 10004,
  CURLOPT_ERRORBUFFER = 10010,
  CURLOPT_TIMEOUT = 13,
  CURLOPT_CAINFO = 10065,
  CURLOPT_CRLFILE = 10169,
};
CURL *curl_easy_init(void);
int curl_easy_setopt(CURL *handle, int option, ...);
int curl_easy_perform(CURL *handle);
char *curl_version(void);

static size_t ignore(void *bytes, size_t size, size_t count, void *user) {
  (void)bytes, (void)user;
  return size * count;
}

int main(int count, char **argument) {
  if (count < 4) {
    puts(curl_version());
    return 0;
  }
  char error[256] = "";
  CURL *handle = curl_easy_init();
  curl_easy_setopt(handle, CURLOPT_URL, argument[1]);
  curl_easy_setopt(handle, CURLOPT_CAINFO, argument[2]);
  curl_easy_setopt(handle, CURLOPT_CRLFILE, argument[3]);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, error);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, ignore);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, 25L);
  int code = curl_easy_perform(handle);
  printf("%d\t%s\n", code, error);
  return 0;
}
