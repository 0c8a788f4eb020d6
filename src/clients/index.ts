import { curl } from "./curl.ts";
import type { Client } from "./client.ts";
import { javaHard, javaSoft } from "./java.ts";
import { nodeTls } from "./node-tls.ts";
import { openssl } from "./openssl.ts";

/** The clients that need nothing but their own program. */
export const clients: readonly Client[] = [openssl, nodeTls, curl, javaHard, javaSoft];
