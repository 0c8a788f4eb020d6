import type { Client } from "./client.ts";
import { curl } from "./curl.ts";
import { erlang } from "./erlang.ts";
import { gnutlsCli } from "./gnutls-cli.ts";
import { go } from "./go.ts";
import { bouncyCastle, javaHard, javaSoft } from "./java.ts";
import { nodeTls } from "./node-tls.ts";
import { nss } from "./nss.ts";
import { openssl, opensslAll } from "./openssl.ts";
import { pyca } from "./pyca.ts";
import { strongswan } from "./strongswan.ts";

/** Clients that need only their own program. */
export const clients: readonly Client[] = [
  openssl,
  opensslAll,
  nodeTls,
  curl,
  javaHard,
  javaSoft,
  bouncyCastle,
  gnutlsCli,
  nss,
  strongswan,
  erlang,
  go,
  pyca,
];
