import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { createServer, type Server } from "node:http";
import { availableParallelism } from "node:os";
import { escapeText } from "../name/escape.ts";
import { makeApp, type ServiceParts } from "../serve/app.ts";
import type { Gauges } from "../serve/metrics.ts";
import { listenOn } from "../fetch/listen-on.ts";
import type { Flags } from "../options/values.ts";
import type { ExitCode, Io } from "./io.ts";
import { usualLimits } from "../der/limits.ts";
import { readStoreOf } from "./issuers.ts";
import { answerUnread, unreadableResponse, wrongHost } from "./serve-errors.ts";
import { Connections } from "../fetch/connections.ts";
import { Workers } from "./serve-workers.ts";

/** A service that listens. */
export interface Service {
  /** Its address: `http://127.0.0.1:8080`, or `unix:PATH`. */
  readonly address: string;
  /**
   * Refuses new requests, finishes open ones, and ends.
   *
   * @returns whether all of them were finished within the grace period
   */
  stop(): Promise<boolean>;
}

/**
 * Runs the service until SIGTERM or SIGINT stops it.
 *
 * @returns 0 if it finished all open requests, 2 if that took longer than the grace period
 * @throws UsageError as `openService`
 */
export async function serve(flags: Flags<"serve">, io: Io): Promise<ExitCode> {
  const stopped = nextSignal();
  const service = await openService(flags, io);
  await io.write(`listening on ${service.address}\n`);
  await stopped;
  if (await service.stop()) return 0;
  await io.writeError("error: requests were cut off, because they took longer than --grace\n");
  return 2;
}

function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve());
  });
}

/** State that the parts of a service share. */
interface State {
  isStopping: boolean;
}

/**
 * Starts the service.
 *
 * @throws UsageError if it cannot listen, or the store of issuers cannot be read
 */
export async function openService(
  flags: Flags<"serve">,
  io: Pick<Io, "writeError" | "now" | "program">,
): Promise<Service> {
  const issuers = await readStoreOf(flags.issuers, usualLimits, io);
  const workers = new Workers(
    // One process is kept free of large CRLs.
    flags.threads ?? Math.max(2, availableParallelism()),
    { program: io.program, heapMb: Math.ceil(flags.workerMemory / 2 ** 20), issuers: issuers?.artefacts },
  );
  const state: State = { isStopping: false };
  const { server, connections } = makeServer(makeApp(partsOf(flags, io, workers, state)), flags, state);
  try {
    const address = await listenOn(server, flags.listen);
    const stop = async (): Promise<boolean> => {
      state.isStopping = true;
      const isWhole = await close(server, connections, flags.grace * 1000);
      await workers.close();
      return isWhole;
    };
    return { address, stop };
  } catch (error) {
    await workers.close();
    throw error;
  }
}

function partsOf(
  flags: Flags<"serve">,
  io: Pick<Io, "writeError" | "now">,
  workers: Workers,
  state: State,
): ServiceParts {
  return {
    doWork: workers.doWork,
    limits: limitsOf(flags),
    now: io.now,
    hosts: hostsOf(flags),
    gauges: () => gaugesOf(workers),
    isStopping: () => state.isStopping,
    onFault: (error) => void io.writeError(`error: ${faultOf(error)}\n`),
    ...(flags.log === true && { log: (line) => void io.writeError(`${JSON.stringify(line)}\n`) }),
  };
}

function makeServer(
  app: ReturnType<typeof makeApp>,
  flags: Flags<"serve">,
  state: State,
): { readonly server: Server; readonly connections: Connections } {
  const listener = getRequestListener(
    async (request, bindings) => {
      const { incoming, outgoing } = bindings as HttpBindings;
      if (state.isStopping) outgoing.shouldKeepAlive = false;
      // If the client has disconnected, no event follows.
      const onResponseClosed = (done: () => void) => void (outgoing.destroyed ? done() : outgoing.once("close", done));
      const response = await app.fetch(request, {
        onResponseClosed,
        address: incoming.socket.remoteAddress ?? "",
        isReserved: connections.isReserved(incoming.socket),
        problem: wrongHost(incoming),
      });
      const timer = setTimeout(() => outgoing.destroy(), flags.bodyTimeout * 1000);
      onResponseClosed(() => clearTimeout(timer));
      return response;
    },
    // A request without a host gets a name that the service does not have, and no site can have.
    { hostname: "missing.invalid", errorHandler: unreadableResponse },
  );
  const server = createServer(
    {
      headersTimeout: flags.headerTimeout * 1000,
      // Longer than the limits on the stages of a request, which have answers of their own.
      requestTimeout: (flags.headerTimeout + flags.queueTimeout + flags.bodyTimeout + flags.deadline) * 1000,
      connectionsCheckingInterval: 1000,
      keepAliveTimeout: 5000,
      // Node refuses such a request with an empty body.
      requireHostHeader: false,
    },
    (incoming, outgoing) => void listener(incoming, outgoing),
  );
  answerUnread(server);
  const connections = new Connections(server, { all: mostConnections(flags), perAddress: flags.maxPerAddress });
  return { server, connections };
}

/**
 * Returns the host names that requests may use: those of loopback, the one that the service listens on, and those
 * given.
 */
function hostsOf({ listen: where, host = [] }: Flags<"serve">): readonly string[] {
  return ["localhost", "127.0.0.1", "::1", ...("host" in where ? [where.host] : []), ...host];
}

/** Returns the maximum number of connections. */
function mostConnections({ maxRequests }: Flags<"serve">): number {
  return 2 * maxRequests;
}

function limitsOf(flags: Flags<"serve">) {
  return {
    requests: flags.maxRequests,
    requestsPerAddress: flags.maxPerAddress,
    bufferBytes: flags.maxBuffer,
    // The same share as of the connections.
    bufferBytesPerAddress: flags.maxBuffer * (flags.maxPerAddress / mostConnections(flags)),
    queueMs: flags.queueTimeout * 1000,
    bodyBytes: flags.maxBody,
    bodyMs: flags.bodyTimeout * 1000,
    deadlineMs: flags.deadline * 1000,
  };
}

function gaugesOf(workers: Workers): Gauges {
  return {
    workers: { help: "Workers", value: workers.count },
    workers_busy: { help: "Workers that lint", value: workers.running },
    tasks_waiting: { help: "Inputs that wait for a worker", value: workers.waiting },
    resident_memory_bytes: { help: "Memory of the process that listens", value: process.memoryUsage.rss() },
  };
}

/**
 * Closes a server after its requests are answered, or cuts them off if that takes too long. Returns whether all were
 * answered.
 */
async function close(server: Server, connections: Connections, graceMs: number): Promise<boolean> {
  let isWhole = true;
  const timer = setTimeout(() => {
    isWhole = false;
    server.closeAllConnections();
  }, graceMs);
  // A kept-alive connection is closed as soon as its request is answered. A closed server no longer checks whether a
  // header takes too long.
  const idleTimer = setInterval(() => connections.closeWaiting(), 100);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(timer);
  clearInterval(idleTimer);
  return isWhole;
}

function faultOf(error: unknown): string {
  return escapeText(error instanceof Error ? error.message : String(error));
}
