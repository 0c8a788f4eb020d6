import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { encodePem } from "../pem/encode.ts";
import { type RsaKey, testKey } from "../fixture/keys.ts";
import { type Answer, answer, type Trial } from "./client.ts";
import { leafKey } from "./lab.ts";

/**
 * Calls a client with the port of an HTTPS server on this machine that has the leaf and its CA. If a server cannot load
 * the certificates, no client accepts them.
 */
export async function withServer({ leaf, ca }: Trial, ask: (port: number) => Promise<Answer>): Promise<Answer> {
  const cert = encodePem("CERTIFICATE", leaf) + encodePem("CERTIFICATE", ca);
  const { privateKey } = testKey(leafKey) as RsaKey;
  const key = privateKey.export({ type: "pkcs8", format: "pem" });
  let server: Server;
  try {
    server = createServer({ cert, key }, (_, response) => {
      response.end();
    });
  } catch (error) {
    return answer("rejected", (error as Error).message);
  }
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  try {
    return await ask((server.address() as AddressInfo).port);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** Returns a CRL for clients that read only PEM: DER is converted, text is unchanged. */
export function asPem(crl: Uint8Array): Uint8Array {
  return crl[0] === 0x30 ? new TextEncoder().encode(encodePem("X509 CRL", crl)) : crl;
}
