import { RequestError } from "@hono/node-server";
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { codeOf } from "../files/system-error.ts";
import { problemAnswer } from "../serve/answer.ts";
import { headersOf } from "../serve/app.ts";
import { Problem } from "../serve/problem.ts";

/** Returns the answer to a request from which no `Request` could be made. */
export function unreadableResponse(error: unknown): Response {
  const problem =
    error instanceof RequestError
      ? new Problem("bad-request", "the URL or the header field Host is not valid")
      : new Problem("internal");
  const answer = problemAnswer(problem, false);
  return new Response(answer.body, { status: answer.status, headers: headersOf(answer) });
}

/**
 * Returns the problem of a request that does not have exactly one field Host (RFC 9112 3.2). HTTP/1.0 requires none.
 * Without it, only routes that answer under any name answer.
 */
export function wrongHost({ rawHeaders, httpVersion }: IncomingMessage): Problem | undefined {
  const count = rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === "host").length;
  if (count > 1) return new Problem("bad-request", `the header field Host appears ${count} times; it must appear once`);
  if (count === 1 || httpVersion === "1.0") return undefined;
  return new Problem("bad-request", `HTTP/${httpVersion} requires the header field Host`);
}

/**
 * Answers requests that Node cannot read as HTTP, or that take too long, with a problem instead of an empty body, and
 * closes their connections.
 */
export function answerUnread(server: Server): void {
  const last = new WeakMap<Duplex, ServerResponse>();
  server.on("request", ({ socket }, response) => last.set(socket, response));
  server.on("clientError", (error, socket) => {
    const response = last.get(socket);
    // An answer that has begun must not be continued with another one.
    const isFree = response === undefined || response.writableFinished || !response.headersSent;
    // Not all clients close the connection after that.
    if (socket.writable && isFree) socket.end(answerTo(problemOf(error)), () => socket.destroy());
    else socket.destroy();
  });
}

function problemOf(error: Error): Problem {
  const code = codeOf(error) ?? "";
  if (code === "HPE_HEADER_OVERFLOW") return new Problem("header-too-large");
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") {
    return new Problem("body-too-large", "the extensions of its chunks are too large");
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return new Problem("request-timeout");
  return new Problem("bad-request", "it is not valid HTTP");
}

/** Returns an answer as it is sent. */
function answerTo(problem: Problem): string {
  const answer = problemAnswer(problem, false);
  const fields = { ...headersOf(answer), connection: "close", "content-length": String(answer.body.length) };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ""}\r\n${lines.join("")}\r\n`;
  return head + new TextDecoder().decode(answer.body);
}
