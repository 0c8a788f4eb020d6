import type { Server } from "node:http";
import { escapePath } from "../files/escape-path.ts";
import { reasonOf } from "../files/system-error.ts";
import type { Listen } from "../options/type.ts";
import { UsageError } from "../options/usage-error.ts";

/**
 * Starts a server.
 *
 * @returns its address: `http://127.0.0.1:8080`, or `unix:PATH`
 * @throws UsageError if it cannot listen on the address
 */
export function listenOn(server: Server, where: Listen): Promise<string> {
  const named = "path" in where ? `unix:${where.path}` : hostAndPort(where.host, where.port);
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      reject(new UsageError(`cannot listen on ${escapePath(named)}: ${reasonOf(error)}`, { cause: error }));
    };
    server.once("error", fail);
    server.listen(where, () => {
      // After this, an error concerns one connection, which the client sees.
      server.off("error", fail).on("error", () => {});
      const at = server.address();
      const isSocket = at === null || typeof at === "string";
      resolve(isSocket ? escapePath(named) : `http://${hostAndPort(at.address, at.port)}`);
    });
  });
}

function hostAndPort(host: string, port: number): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
