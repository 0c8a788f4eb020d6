import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { expect, test } from "vitest";
import { listenOn } from "../../src/fetch/listen-on.ts";
import { reasonOf, whyNotWritten } from "../../src/files/system-error.ts";

const withCode = (code: unknown): Error => Object.assign(new Error("words of Node"), { code });

test.each([
  [withCode("ENOSPC"), "the disk is full"],
  [withCode("EROFS"), "the file system is read-only"],
  [withCode("EADDRNOTAVAIL"), "this machine does not have the address"],
  [withCode("ESTALE"), "the system reports ESTALE"],
  // The code of a DOMException is a number.
  [withCode(23), "words of Node"],
  [new Error("a\u001Bb"), String.raw`a\u{1b}b`],
  ["text", "text"],
])("the reason of %s is %s", (error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});

test("a missing path means a missing file if it is read, and a missing directory if it is written", () => {
  try {
    readFileSync("nowhere/file");
    expect.unreachable();
  } catch (error) {
    expect(reasonOf(error)).toBe("no such file or directory");
    expect(whyNotWritten(error)).toBe("no such directory");
  }
});

test("a server names the address that it cannot listen on", async () => {
  const [first, second] = [createServer(), createServer()];
  const { port } = new URL(await listenOn(first, { host: "127.0.0.1", port: 0 }));
  await expect(listenOn(second, { host: "127.0.0.1", port: Number(port) })).rejects.toThrow(
    `cannot listen on 127.0.0.1:${port}: the address is in use`,
  );
  await expect(listenOn(second, { host: "192.0.2.1", port: 80 })).rejects.toThrow(
    "cannot listen on 192.0.2.1:80: this machine does not have the address",
  );
  await new Promise((resolve) => first.close(resolve));
});
