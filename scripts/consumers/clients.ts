import { clients } from "../../src/clients/index.ts";
import type { Client } from "../../src/clients/client.ts";
import { boringssl } from "./boringssl.ts";
import { botan } from "./botan.ts";
import { curlGnutls } from "./curl-gnutls.ts";
import { gnutlsInTls, gnutlsVerify } from "./gnutls.ts";
import { mbedtls } from "./mbedtls.ts";
import { wolfssl } from "./wolfssl.ts";

/** All clients: those of the package, and libraries for which a compiler and headers are needed. */
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
