import { lookup, type LookupAddress } from "node:dns";
import http, { type IncomingMessage, type RequestOptions } from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { version } from "../version.ts";
import { isPublicAddress } from "./addresses.ts";

/** A host to which no request is sent, because one of its addresses is not public. */
export class PrivateAddressError extends Error {
  override readonly name = "PrivateAddressError";
  /** The address; empty where the host has none. */
  readonly address: string;

  constructor(address: string) {
    super(`address ${address} is not public`);
    this.address = address;
  }
}

/** What a request may do, and what it carries. */
export interface RequestSettings {
  readonly allowPrivate: boolean;
  /** Header fields in addition to those of every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** Ends the request. */
  readonly signal: AbortSignal;
}

/**
 * Sends a GET and gives the answer as soon as its header is there. The connection goes to one of the very addresses
 * that were checked, so a name that resolves to another address later has no effect.
 *
 * @throws PrivateAddressError; what Node throws if there is no answer
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
    // Many servers of CRLs answer 403 to a client without a name.
    headers: { "user-agent": `crllint/${version}`, accept: "*/*", "accept-encoding": "identity", ...headers },
    // A connection of its own for each request, closed after it.
    agent: false,
    lookup: allowPrivate ? undefined : lookUpPublic,
    signal,
  };
  return new Promise((resolve, reject) => {
    const sent = (url.protocol === "https:" ? https : http).request(options, resolve);
    sent.on("error", reject);
    sent.end();
  });
}

/** Looks a name up; fails where any of its addresses is not public, since nothing says which one would be taken. */
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
