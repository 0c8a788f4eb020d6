import { lookup, type LookupAddress } from "node:dns";
import http, { type IncomingMessage, type RequestOptions } from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { version } from "../version.ts";
import { isPublicAddress } from "./addresses.ts";

/** A host to which no request is sent, because one of its addresses is not public. */
export class PrivateAddressError extends Error {
  override readonly name = "PrivateAddressError";
  /** The address; empty if the host has none. */
  readonly address: string;

  constructor(address: string) {
    super(`address ${address} is not public`);
    this.address = address;
  }
}

/** A response with status 101, after which the connection has another protocol. No request asks for one. */
export class ProtocolSwitchError extends Error {
  override readonly name = "ProtocolSwitchError";
}

/** A connection that ended without a response and without an error. */
class EndedConnectionError extends Error {
  override readonly name = "EndedConnectionError";
  readonly code = "ECONNRESET";
}

/** Settings of a request. */
export interface RequestSettings {
  readonly allowPrivate: boolean;
  /** Header fields in addition to those of every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** Aborts the request. */
  readonly signal: AbortSignal;
}

/**
 * Sends a GET request, and returns the response as soon as its header was received. The connection goes to one of the
 * addresses that were checked, so a name that later resolves to another address has no effect.
 *
 * @throws PrivateAddressError; ProtocolSwitchError; errors of Node if there is no response
 */
export function request(url: URL, { allowPrivate, headers, signal }: RequestSettings): Promise<IncomingMessage> {
  const hostname = url.hostname.replace(/^\[|\]$/gu, "");
  // An address in the URL is never looked up.
  if (!allowPrivate && isIP(hostname) !== 0 && !isPublicAddress(hostname)) {
    return Promise.reject(new PrivateAddressError(hostname));
  }
  const options: RequestOptions = {
    hostname,
    port: url.port === "" ? undefined : Number(url.port),
    path: `${url.pathname}${url.search}`,
    method: "GET",
    // Many servers of CRLs respond with 403 to a client without a name.
    headers: { "user-agent": `crllint/${version}`, accept: "*/*", "accept-encoding": "identity", ...headers },
    // Each request has its own connection, which is closed after it.
    agent: false,
    lookup: allowPrivate ? undefined : lookUpPublic,
    signal,
  };
  return new Promise((resolve, reject) => {
    const sent = (url.protocol === "https:" ? https : http).request(options, resolve);
    sent.on("error", reject);
    // Without a listener, Node closes the connection without an error.
    sent.on("upgrade", (_, socket) => {
      socket.destroy();
      reject(new ProtocolSwitchError());
    });
    // A promise that is never settled would end the process as if all were done. After a response, this has no effect.
    sent.on("close", () => reject(new EndedConnectionError()));
    sent.end();
  });
}

/** Looks up a name. Fails if one of its addresses is not public, because it is not known which one will be used. */
const lookUpPublic: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return done(error, "");
    const stray = addresses.find(({ address }) => !isPublicAddress(address));
    const [first] = addresses;
    if (stray !== undefined || first === undefined) return done(new PrivateAddressError(stray?.address ?? ""), "");
    if (options.all === true) return done(null, addresses);
    return done(null, first.address, first.family);
  });
};
