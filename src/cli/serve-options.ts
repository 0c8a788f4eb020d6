import { InvalidArgumentError, Option } from "commander";
import { parseRange, parseSize } from "./fetch-options.ts";

/** Where the service is reached. */
export type Listen = { readonly host: string; readonly port: number } | { readonly path: string };

/** Options of `crllint serve`. */
export interface ServeFlags {
  readonly listen: Listen;
  readonly threads?: number;
  readonly workerMemory: number;
  readonly maxRequests: number;
  readonly maxBody: number;
  readonly maxBuffer: number;
  readonly queueTimeout: number;
  readonly headerTimeout: number;
  readonly bodyTimeout: number;
  readonly deadline: number;
  readonly grace: number;
  readonly log?: true;
}

/** The options of `crllint serve`. */
export function serveOptions(): readonly Option[] {
  return [
    new Option("--listen <address>", "host:port, or unix:PATH for a socket")
      .argParser(parseListen)
      .default({ host: "127.0.0.1", port: 8080 }, "127.0.0.1:8080"),
    seconds("--deadline", "most time to judge one CRL, the wait for a worker included", 60),
    new Option("--threads <n>", "workers that judge (default: one for each processor, and at least 2)").argParser(
      (value) => parseRange(value, 1, 256),
    ),
    new Option("--worker-memory <size>", "most heap of one worker; at least 64M")
      .argParser(parseWorkerMemory)
      .default(2 ** 29, "512M"),
    size("--max-body", "most octets of the body of one request", 2 ** 26, "64M"),
    size("--max-buffer", "octets of large bodies that are held at once; more wait", 2 ** 28, "256M"),
    new Option("--max-requests <n>", "requests under way at once; more are refused with 503")
      .argParser((value) => parseRange(value, 1, 10_000))
      .default(256),
    seconds("--queue-timeout", "most time that a request waits for its body to be read", 30),
    seconds("--header-timeout", "most time for the header of a request to arrive", 10),
    seconds("--body-timeout", "most time for the body of a request to arrive, and for its answer to be taken", 30),
    seconds("--grace", "most time to finish what is under way once it is to stop", 20),
    new Option("--log", "one line of JSON on standard error for each request"),
  ];
}

function seconds(name: string, description: string, usual: number): Option {
  return new Option(`${name} <seconds>`, description).argParser((value) => parseRange(value, 1, 3600)).default(usual);
}

function size(name: string, description: string, usual: number, shown: string): Option {
  return new Option(`${name} <size>`, description).argParser(parseSize).default(usual, shown);
}

/** Where a heap is too small to start with, some versions of Node end the whole process. */
function parseWorkerMemory(value: string): number {
  const octets = parseSize(value);
  if (octets < 2 ** 26) throw new InvalidArgumentError("It is a size from 64M on.");
  return octets;
}

/** `127.0.0.1:8080`, `[::1]:8080`, `localhost:0` or `unix:/run/crllint.sock`. */
export function parseListen(value: string): Listen {
  if (value.startsWith("unix:")) {
    const path = value.slice("unix:".length);
    if (path === "") throw new InvalidArgumentError("No path is named.");
    return { path };
  }
  const {
    bracketed,
    plain,
    port = "",
  } = /^(?:\[(?<bracketed>[\da-f:.]+)\]|(?<plain>[^:[\]/\s]+)):(?<port>\d{1,5})$/iu.exec(value)?.groups ?? {};
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) > 65_535) {
    throw new InvalidArgumentError("It is HOST:PORT or unix:PATH: 127.0.0.1:8080, [::1]:8080.");
  }
  return { host, port: Number(port) };
}
