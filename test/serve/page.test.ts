import { basename } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openService, type Service } from "../../src/cli/serve.ts";
import { profiles } from "../../src/index.ts";
import { page } from "../../src/serve/page.ts";
import { optionFields, fileFields } from "../../src/serve/request.ts";
import { Workbench } from "../cli/workbench.ts";
import { chromium } from "../report/chromium.ts";
import { openPage, type Page } from "./devtools.ts";
import { ca, flags, now, reversed } from "./setting.ts";
import { builtMain } from "../support/built.ts";

describe("the page", () => {
  const text = page();

  test("loads no resources and runs no scripts", () => {
    const links = [...text.matchAll(/<link[^>]*>/gu)].map(([link]) => link);
    expect(links).toEqual([
      expect.stringMatching(/^<link rel="icon" href="data:image\/svg\+xml;charset=utf-8,[^"]+">$/u),
    ]);
    expect(text.replace(/placeholder="[^"]*"/gu, "")).not.toMatch(/<script|<img|\son[a-z]+=|https?:|style="/u);
  });

  test("has the fields of the service, each with a label", () => {
    const names = [...text.matchAll(/\sname="(?<name>[^"]+)"/gu)].map(({ groups }) => groups?.["name"] ?? "");
    const fields = names.filter((name) => name !== "viewport");
    expect([...optionFields, ...Object.keys(fileFields), "files"]).toEqual(expect.arrayContaining(fields));
    for (const name of fields.filter((field) => field !== "files")) {
      expect(text).toContain(`<label for="${name}">`);
    }
    expect([...text.matchAll(/<option value="(?<value>[^"]+)"/gu)].map(({ groups }) => groups?.["value"])).toEqual([
      ...Object.keys(profiles),
      "verify",
      "ignore",
    ]);
  });
});

describe.skipIf(chromium === undefined)("in Chromium", () => {
  const bench = new Workbench();
  const crl = bench.put("server-1.crl", reversed);
  const issuer = bench.put("ca.der", ca);
  let service: Service;
  let view: Page;

  beforeAll(async () => {
    const io = { now: () => Date.parse(now) / 1000, writeError: async () => true, program: [builtMain()] };
    service = await openService(flags, io);
    view = await openPage();
  });

  afterAll(async () => {
    await view.close();
    await service.stop();
    bench.clear();
  });

  async function press(key: string, code: number, text?: string): Promise<void> {
    const event = { key, code: key, windowsVirtualKeyCode: code, ...(text !== undefined && { text }) };
    await view.send("Input.dispatchKeyEvent", { type: "keyDown", ...event });
    await view.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  }

  /** Drops files on the heading of a box, at its upper left corner. */
  async function drop(box: number, ...files: readonly string[]): Promise<unknown> {
    const input = `document.querySelectorAll("input[name=files]")[${box}]`;
    const [x, y] = (await view.evaluate(
      `(({ x, y }) => [x + 20, y + 20])(${input}.closest("label").getBoundingClientRect())`,
    )) as readonly number[];
    const data = { items: [], files, dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"])
      await view.send("Input.dispatchDragEvent", { type, x, y, data });
    return view.evaluate(`Array.from(${input}.files, ({ name }) => name).join()`);
  }

  /** Presses Tab until the button has the focus, then Enter; returns the elements that had the focus. */
  async function tabToButton(): Promise<readonly unknown[]> {
    const passed: unknown[] = [];
    for (let i = 0; i < 20; i += 1) {
      const name = await view.evaluate("document.activeElement.name || document.activeElement.localName");
      passed.push(name);
      if (name === "button") break;
      await press("Tab", 9);
    }
    const done = view.loaded();
    await press("Enter", 13, "\r");
    await done;
    return passed;
  }

  test.each([
    ["each in its own box", [[crl], [issuer]]],
    ["in swapped boxes", [[issuer], [crl]]],
    ["both in one box", [[], [issuer, crl]]],
  ])("a dropped CRL and CA certificate, %s, are linted and the report is shown", async (_, boxes) => {
    await view.open(`${service.address}/`);
    for (const [i, files] of boxes.entries()) {
      if (files.length > 0) expect(await drop(i, ...files)).toBe(files.map((file) => basename(file)).join());
    }
    expect(await tabToButton()).toEqual(["files", "files", "profile", "summary", "button"]);
    const text = String(await view.evaluate("document.body.innerText"));
    expect(text).toContain("same RDNs, reversed order");
    expect(text).toContain("server-1.crl");
    expect(text).toContain("ca.der");
    expect(await view.evaluate("getComputedStyle(document.querySelector('article')).borderLeftStyle")).toBe("solid");
    const link = "document.querySelector('nav a')";
    expect(await view.evaluate(`[${link}.innerText, ${link}.pathname]`)).toEqual(["Lint another", "/"]);
    expect(view.problems).toEqual([]);
  });

  test("an error is shown on a page with a link back", async () => {
    await view.open(`${service.address}/`);
    await tabToButton();
    const text = String(await view.evaluate("document.body.innerText"));
    expect(text).toContain("choose the CRL, and the certificate of its CA");
    expect(await view.evaluate("document.querySelector('a').pathname")).toBe("/");
    // The browser itself logs only the status of a page.
    expect(view.problems.filter((line) => !line.includes("status of 400"))).toEqual([]);
  });

  test("is dark if the user prefers it, and fits the width of a phone", async () => {
    await view.open(`${service.address}/`);
    const background = () => view.evaluate("getComputedStyle(document.documentElement).backgroundColor");
    const media = (value: string) => {
      return view.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value }] });
    };
    await media("light");
    expect(await background()).toBe("rgb(255, 255, 255)");
    await media("dark");
    expect(await background()).toBe("rgb(20, 23, 27)");
    const metrics = { width: 360, height: 640, deviceScaleFactor: 1, mobile: true };
    await view.send("Emulation.setDeviceMetricsOverride", metrics);
    expect(await view.evaluate("document.documentElement.scrollWidth")).toBe(360);
  });
});
