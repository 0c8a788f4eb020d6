import { compiled } from "./compiled.ts";

/** The library BoringSSL, as Debian packages the version of Android. */
export const boringssl = compiled({
  id: "boringssl",
  name: "BoringSSL",
  mode: "X509_verify_cert, X509_V_FLAG_CRL_CHECK",
  source: "boringssl.c",
  options: [
    "-I/usr/include/android",
    "-L/usr/lib/x86_64-linux-gnu/android",
    "-Wl,-rpath,/usr/lib/x86_64-linux-gnu/android",
    "-l:libcrypto.so.0",
  ],
});
