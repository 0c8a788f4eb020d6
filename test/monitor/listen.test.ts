import { once } from "node:events";
import type { Server } from "node:http";
import { connect, type Socket } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { listen } from "../../src/monitor/listen.ts";

const servers: Server[] = [];
const sockets: Socket[] = [];
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
});

/** Starts a server, and returns its address and the number of its connections. */
async function start(metrics: string) {
  const latest = { metrics: () => metrics, isHealthy: () => true };
  const { server, shown } = await listen({ host: "127.0.0.1", port: 0 }, latest);
  servers.push(server);
  const count = () => new Promise<number>((resolve) => server.getConnections((_, open) => resolve(open)));
  return { address: shown, count };
}

/** Opens a connection that sends a text, and reads nothing. */
async function hold(address: string, text: string): Promise<Socket> {
  const socket = connect(Number(new URL(address).port), "127.0.0.1");
  sockets.push(socket.on("error", () => {}));
  await once(socket, "connect");
  socket.pause().write(text);
  return socket;
}

describe.concurrent("clients of --listen", () => {
  test("that send nothing do not keep others out", async () => {
    const { address, count } = await start("a 1\n");
    const held: Socket[] = [];
    for (let i = 0; i < 100; i += 1) held.push(await hold(address, i % 2 === 0 ? "" : "GET /metrics HTTP/1.1\r\n"));
    for (const [path, text] of [
      ["/healthz", "ok\n"],
      ["/metrics", "a 1\n"],
    ] as const) {
      const answer = await fetch(`${address}${path}`);
      expect([answer.status, await answer.text()]).toEqual([200, text]);
    }
    expect(await count()).toBeLessThan(50);
  });

  test("that do not finish the header, or do not read the answer, are disconnected", async () => {
    const { address, count } = await start("a 1\n".repeat(5_000_000));
    const slow = [await hold(address, ""), await hold(address, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")];
    expect(await count()).toBe(slow.length);
    await expect.poll(count, { interval: 200 }).toBe(0);
  });
});
