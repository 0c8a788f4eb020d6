import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { createServer, type Server } from "node:http";
import { availableParallelism } from "node:os";
import { escapeText } from "../name/escape.ts";
import { makeApp, type ServiceParts } from "../serve/app.ts";
import type { Gauges } from "../serve/metrics.ts";
import { escapePath } from "../files/escape-path.ts";
import { type ExitCode, type Io, UsageError } from "./io.ts";
import { judgeIn, type PoolJudge } from "./serve-judge.ts";
import type { Listen, ServeFlags } from "./serve-options.ts";
import { openPool, type Pool } from "../files/worker-pool.ts";

/** A service that listens. */
export interface Service {
  /** Where it is reached: `http://127.0.0.1:8080`, or `unix:PATH`. */
  readonly address: string;
  /**
   * Refuses new requests, finishes those under way, and ends.
   *
   * @returns whether all of them could be finished within the grace
   */
  stop(): Promise<boolean>;
}

/**
 * Runs the service until it is told to stop by SIGTERM or SIGINT: 0 where it finished what was under way, 2 where that
 * took longer than the grace.
 *
 * @throws UsageError where it cannot listen
 */
export async function serve(flags: ServeFlags, io: Io): Promise<ExitCode> {
  const stopped = nextSignal();
  const service = await openService(flags, io);
  await io.write(`listening on ${service.address}\n`);
  await stopped;
  if (await service.stop()) return 0;
  await io.writeError("error: requests were cut off, since they took longer than --grace\n");
  return 2;
}

function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve());
  });
}

/** What the parts of a service share. */
interface State {
  isStopping: boolean;
}

/**
 * Starts the service.
 *
 * @throws UsageError where it cannot listen
 */
export async function openService(flags: ServeFlags, io: Pick<Io, "writeError" | "now">): Promise<Service> {
  // One worker is kept free of large CRLs.
  const threads = flags.threads ?? Math.max(2, availableParallelism());
  const pool = await openPool({ threads, heapMb: Math.ceil(flags.workerMemory / 2 ** 20) });
  const state: State = { isStopping: false };
  const server = makeServer(makeApp(partsOf(flags, io, pool, state)), flags, state);
  try {
    const address = await listen(server, flags.listen);
    const stop = async (): Promise<boolean> => {
      state.isStopping = true;
      const isWhole = await close(server, flags.grace * 1000);
      await pool.close();
      return isWhole;
    };
    return { address, stop };
  } catch (error) {
    await pool.close();
    throw error;
  }
}

function partsOf(flags: ServeFlags, io: Pick<Io, "writeError" | "now">, pool: Pool, state: State): ServiceParts {
  const judges = judgeIn(pool);
  return {
    judge: judges.judge,
    limits: limitsOf(flags),
    now: io.now,
    gauges: () => gaugesOf(pool, judges),
    isStopping: () => state.isStopping,
    onFault: (error) => void io.writeError(`error: ${faultOf(error)}\n`),
    ...(flags.log === true && { log: (line) => void io.writeError(`${JSON.stringify(line)}\n`) }),
  };
}

function makeServer(app: ReturnType<typeof makeApp>, flags: ServeFlags, state: State): Server {
  const server = createAdaptorServer({
    fetch: async (request, bindings) => {
      const { outgoing } = bindings as HttpBindings;
      if (state.isStopping) outgoing.shouldKeepAlive = false;
      // Where the client has gone away, nothing will close any more.
      const whenSent = (done: () => void) => void (outgoing.closed ? done() : outgoing.once("close", done));
      const response = await app.fetch(request, { whenSent });
      const timer = setTimeout(() => outgoing.destroy(), flags.bodyTimeout * 1000);
      whenSent(() => clearTimeout(timer));
      return response;
    },
    createServer,
    serverOptions: {
      headersTimeout: flags.headerTimeout * 1000,
      // Behind the limits on the stages of a request, which have an answer of their own.
      requestTimeout: (flags.headerTimeout + flags.queueTimeout + flags.bodyTimeout + flags.deadline) * 1000,
      connectionsCheckingInterval: 1000,
      keepAliveTimeout: 5000,
    },
  }) as Server;
  server.maxConnections = flags.maxRequests * 2;
  return server;
}

function limitsOf(flags: ServeFlags) {
  return {
    requests: flags.maxRequests,
    bufferOctets: flags.maxBuffer,
    queueMs: flags.queueTimeout * 1000,
    bodyOctets: flags.maxBody,
    bodyMs: flags.bodyTimeout * 1000,
    deadlineMs: flags.deadline * 1000,
  };
}

function gaugesOf(pool: Pool, judges: PoolJudge): Gauges {
  return {
    workers: { help: "Workers", value: pool.threads },
    workers_busy: { help: "Workers that judge", value: pool.running },
    tasks_waiting: { help: "Inputs that wait for a worker", value: judges.waiting },
    resident_memory_bytes: { help: "Memory of the process", value: process.memoryUsage.rss() },
  };
}

/** Listens; gives the address. */
function listen(server: Server, where: Listen): Promise<string> {
  return new Promise((resolve, reject) => {
    const shown = "path" in where ? `unix:${where.path}` : `${where.host}:${where.port}`;
    server.once("error", (error) => {
      reject(new UsageError(`cannot listen on ${escapePath(shown)}: ${faultOf(error)}`));
    });
    server.listen(where, () => {
      const address = server.address();
      if (address === null || typeof address === "string") resolve(escapePath(shown));
      else resolve(`http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`);
    });
  });
}

/** Closes a server once its requests are answered; cuts them off where that takes too long. */
async function close(server: Server, graceMs: number): Promise<boolean> {
  let isWhole = true;
  const timer = setTimeout(() => {
    isWhole = false;
    server.closeAllConnections();
  }, graceMs);
  // A connection that is kept alive is closed as soon as its request is answered.
  const sweeper = setInterval(() => server.closeIdleConnections(), 100);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(timer);
  clearInterval(sweeper);
  return isWhole;
}

function faultOf(error: unknown): string {
  return escapeText(error instanceof Error ? error.message : String(error));
}
