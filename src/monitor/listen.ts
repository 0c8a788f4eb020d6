import { createServer, type Server } from "node:http";
import { Connections } from "../fetch/connections.ts";
import { listenOn } from "../fetch/listen-on.ts";
import type { Listen } from "../options/type.ts";

/** Data that the server answers with. */
export interface Latest {
  /** The metrics of the last round; undefined before the end of the first. */
  readonly metrics: () => string | undefined;
  /** Whether the monitor works as it should. */
  readonly isHealthy: () => boolean;
}

/**
 * Serves GET /metrics and GET /healthz.
 *
 * @returns the server, and its address
 * @throws UsageError if it cannot listen on the address
 */
export async function listen(
  address: Listen,
  latest: Latest,
): Promise<{ readonly server: Server; readonly shown: string }> {
  const timeouts = { requestTimeout: 10_000, headersTimeout: 5000, connectionsCheckingInterval: 1000 };
  const server = createServer(timeouts, (request, response) => {
    const answer = (status: number, text: string): void => {
      response.writeHead(status, { "content-type": "text/plain; version=0.0.4; charset=utf-8", connection: "close" });
      response.end(request.method === "HEAD" ? undefined : text);
    };
    if (request.method !== "GET" && request.method !== "HEAD") return answer(405, "GET only\n");
    if (request.url === "/metrics") return answer(200, latest.metrics() ?? "");
    if (request.url === "/healthz")
      return latest.isHealthy() ? answer(200, "ok\n") : answer(503, "no round ended in time\n");
    return answer(404, "/metrics and /healthz\n");
  });
  // Closes connections whose client reads nothing of an answer.
  server.setTimeout(5000);
  void new Connections(server, { all: 64, perAddress: 48 });
  return { server, shown: await listenOn(server, address) };
}
