import { clients } from "../../src/clients/index.ts";
import type { Client } from "../../src/clients/client.ts";
import { boringssl } from "./boringssl.ts";
import { botan } from "./botan.ts";
import { curlGnutls } from "./curl-gnutls.ts";
import { gnutlsInTls, gnutlsVerify } from "./gnutls.ts";
import { mbedtls } from "./mbedtls.ts";
import { wolfssl } from "./wolfssl.ts";

/** All clients: those of the package, and libraries that need a compiler and their headers. */
export const allClients: readonly Client[] = [
  ...clients,
  gnutlsVerify,
  gnutlsInTls,
  curlGnutls,
  mbedtls,
  wolfssl,
  botan,
  boringssl,
];
