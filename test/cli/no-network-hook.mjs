// Loaded into a separate process. Any attempt to open a connection or to look up an address ends it with code 97.
import dgram from "node:dgram";
import dns from "node:dns";
import { writeSync } from "node:fs";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import tls from "node:tls";

function forbid(owner, ...names) {
  for (const name of names) {
    owner[name] = () => {
      writeSync(2, `network: ${name}\n`);
      process.exit(97);
    };
  }
}

forbid(net.Socket.prototype, "connect");
forbid(net, "connect", "createConnection", "createServer");
forbid(dgram, "createSocket");
forbid(tls, "connect");
forbid(http, "request", "get");
forbid(https, "request", "get");
forbid(http2, "connect");
forbid(dns, "lookup", "resolve", "resolve4", "resolve6");
forbid(dns.promises, "lookup", "resolve", "resolve4", "resolve6");
forbid(globalThis, "fetch", "WebSocket", "EventSource");
syncBuiltinESMExports();
