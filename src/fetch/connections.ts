import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Maximum numbers of connections that a service accepts. */
export interface ConnectionLimits {
  readonly all: number;
  /** Maximum number of connections from one address. */
  readonly perAddress: number;
}

/** Number of connections above the limits that are accepted for requests without a body, such as health checks. */
const reserveSize = 16;

/** An open connection. */
interface Connection {
  readonly socket: Socket;
  readonly address: string;
  readonly isReserved: boolean;
  /** Responses that are not closed yet. */
  readonly responses: Set<ServerResponse>;
}

/**
 * The connections of a server. Clients that open many and send nothing do not keep others out. If there are too many
 * connections in total or from one address, one that waits for the header of a request is closed: first the oldest one
 * that has never sent a header. If none waits, a new connection is accepted into a small reserve. Only requests without
 * a body are answered there.
 *
 * Each response has the event `close`, also if its connection ends before its turn.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #open = new Map<Socket, Connection>();
  /** Connections that have never sent the header of a request, oldest first. */
  readonly #silent = new Set<Connection>();
  /** Connections that wait for a further request, longest wait first. */
  readonly #idle = new Set<Connection>();

  constructor(server: Server, limits: ConnectionLimits) {
    this.#limits = limits;
    server.on("connection", (socket: Socket) => this.#accept(socket));
    server.on("request", (request, response) => this.#follow(request, response));
  }

  /** Whether a connection belongs to the reserve. */
  isReserved(socket: Socket): boolean {
    return this.#open.get(socket)?.isReserved === true;
  }

  /** Closes all connections that wait for the header of a request, or for the rest of it. */
  closeWaiting(): void {
    while (this.#closeOne(() => true));
  }

  #accept(socket: Socket): void {
    // Clients of a Unix domain socket have no address.
    const address = socket.remoteAddress ?? "";
    const isReserved = !this.#makePlace(address);
    if (isReserved && !this.#makeReserve()) {
      socket.destroy();
      return;
    }
    const connection: Connection = { socket, address, isReserved, responses: new Set() };
    this.#open.set(socket, connection);
    this.#silent.add(connection);
    socket.once("close", () => {
      this.#forget(connection);
      closeQueued(connection);
    });
  }

  #follow({ socket }: IncomingMessage, response: ServerResponse): void {
    const connection = this.#open.get(socket);
    if (connection === undefined) return;
    connection.responses.add(response);
    this.#silent.delete(connection);
    this.#idle.delete(connection);
    response.once("close", () => {
      connection.responses.delete(response);
      if (connection.responses.size === 0 && this.#open.has(socket)) this.#idle.add(connection);
    });
  }

  /** Returns whether a connection can be accepted. If necessary, closes one that waits. */
  #makePlace(address: string): boolean {
    const { all, perAddress } = this.#limits;
    const ordinary = [...this.#open.values()].filter(({ isReserved }) => !isReserved);
    const isOwn = (connection: Connection): boolean =>
      address !== "" && connection.address === address && !connection.isReserved;
    if (ordinary.filter(isOwn).length >= perAddress) return this.#closeOne(isOwn);
    return ordinary.length < all || this.#closeOne(({ isReserved }) => !isReserved);
  }

  #makeReserve(): boolean {
    const used = [...this.#open.values()].filter(({ isReserved }) => isReserved).length;
    return used < reserveSize || this.#closeOne(({ isReserved }) => isReserved);
  }

  #closeOne(isCandidate: (connection: Connection) => boolean): boolean {
    for (const connection of [...this.#silent, ...this.#idle]) {
      if (!isCandidate(connection)) continue;
      this.#forget(connection);
      connection.socket.destroy();
      return true;
    }
    return false;
  }

  #forget(connection: Connection): void {
    this.#open.delete(connection.socket);
    this.#silent.delete(connection);
    this.#idle.delete(connection);
  }
}

/**
 * Closes the responses that wait for earlier ones of their connection, when it ends. Node closes only the one that it
 * sends, so what waits for the others to close would wait forever.
 */
function closeQueued({ responses }: Connection): void {
  for (const response of responses) {
    if (response.socket !== null) continue;
    response.destroy();
    response.emit("close");
  }
}
