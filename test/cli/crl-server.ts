import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Responds to one request. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server of CRLs on loopback; each path has its own response. */
export class CrlServer {
  readonly answers = new Map<string, RequestHandler>();
  /** Requested paths, in the order of the requests. */
  readonly asked: string[] = [];
  readonly #server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://localhost");
    this.asked.push(pathname);
    const answer = this.answers.get(pathname);
    if (answer === undefined) response.writeHead(404, { "content-type": "text/html" }).end("<!DOCTYPE html><html>");
    else answer(request, response);
  });

  /** Starts on a free port. */
  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  /** Stops, and closes all open connections. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Returns the URL of a path. */
  url(path: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** Serves bytes as a CRL. */
  serve(path: string, body: Uint8Array | string, headers: Readonly<Record<string, string>> = {}, status = 200): string {
    this.answers.set(path, (_, response) => {
      response.writeHead(status, { "content-type": "application/pkix-crl", ...headers }).end(body);
    });
    return this.url(path);
  }

  /** Serves a path with a different handler. */
  on(path: string, answer: RequestHandler): string {
    this.answers.set(path, answer);
    return this.url(path);
  }
}
