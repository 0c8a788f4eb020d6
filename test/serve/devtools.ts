import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { chromium } from "../report/chromium.ts";

type Result = Readonly<Record<string, unknown>>;

interface Message extends Result {
  readonly id?: number;
  readonly result?: Result;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: Result;
}

/** A page in Chromium without a window, controlled through a pipe; no port is used. */
export interface Page {
  /** Sends a command of the DevTools protocol. */
  send(method: string, params?: object): Promise<Result>;
  /** Evaluates an expression, and returns its value. */
  evaluate(expression: string): Promise<unknown>;
  /** Opens an address, and waits until it is loaded. */
  open(url: string): Promise<void>;
  /** Resolves with the next load of a page. */
  loaded(): Promise<void>;
  /** Errors of the page, and violations of its content security policy. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

/** Opens a page. */
export async function openPage(): Promise<Page> {
  const profile = mkdtempSync(join(tmpdir(), "crllint-page-"));
  const switches = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
  const more = ["--disable-component-update", "--disable-sync", "--hide-scrollbars", "--remote-debugging-pipe"];
  const child = spawn(chromium ?? "", [...switches, ...more, `--user-data-dir=${profile}`], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  const waiting = new Map<number, (message: Message) => void>();
  const problems: string[] = [];
  const loads: (() => void)[] = [];
  const take = (message: Message): void => {
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    if (message.method === "Page.loadEventFired") for (const resolve of loads.splice(0)) resolve();
    // Messages of level "info" are about the browser itself, for example whether it moved the focus.
    const logged = message.method === "Log.entryAdded" ? JSON.stringify(message.params) : "";
    if (logged !== "" && !logged.includes('"level":"info"')) problems.push(logged);
  };
  let rest = "";
  (child.stdio[4] as Readable).on("data", (piece) => {
    const parts = (rest + String(piece)).split("\0");
    rest = parts.pop() ?? "";
    for (const part of parts) take(JSON.parse(part) as Message);
  });
  let last = 0;
  const send = (method: string, params: object = {}, sessionId?: unknown): Promise<Result> => {
    last += 1;
    const id = last;
    return new Promise((resolve, reject) => {
      waiting.set(id, ({ result = {}, error }) => (error ? reject(new Error(error.message)) : resolve(result)));
      (child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  };
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const toPage: Page["send"] = (method, params) => send(method, params, sessionId);
  for (const domain of ["Page", "DOM", "Log", "Runtime"]) await toPage(`${domain}.enable`);
  const loaded = (): Promise<void> => new Promise((resolve) => loads.push(resolve));
  return {
    send: toPage,
    problems,
    loaded,
    async evaluate(expression) {
      const { result } = await toPage("Runtime.evaluate", { expression, returnByValue: true });
      return (result as Result)["value"];
    },
    async open(url) {
      const done = loaded();
      await toPage("Page.navigate", { url });
      await done;
    },
    async close() {
      const ended = new Promise((resolve) => child.once("close", resolve));
      await send("Browser.close");
      await ended;
      // Its helper processes can write for a short time after its end.
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
