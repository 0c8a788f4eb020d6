import { expect, test } from "vitest";
import type { Certificate } from "../../src/cert/certificate.ts";
import { CertificateIndex } from "../../src/given/certificate-index.ts";

/** Adds a byte to a state of FNV-1a, a common hash that is not collision-resistant. */
function addByte(state: number, byte: number): number {
  return Math.imul(state ^ byte, 0x01000193);
}

/** Returns two blocks of 4 bytes that lead from one state of FNV-1a to the same next state. */
function collide(state: number): { readonly blocks: readonly [Buffer, Buffer]; readonly next: number } {
  const seen = new Map<number, Buffer>();
  for (let number = 0; ; number += 1) {
    const block = Buffer.alloc(4);
    block.writeInt32LE(Math.imul(number, 0x9e3779b1));
    const next = block.reduce(addByte, state);
    const other = seen.get(next);
    if (other !== undefined) return { blocks: [other, block], next };
    seen.set(next, block);
  }
}

/** Returns 2 ** pairs different values with one FNV-1a hash. */
function collidingValues(pairs: number): readonly Buffer[] {
  let values = [Buffer.alloc(0)];
  let state = 0x811c9dc5 | 0;
  for (let i = 0; i < pairs; i += 1) {
    const { blocks, next } = collide(state);
    values = values.flatMap((value) => blocks.map((block) => Buffer.concat([value, block])));
    state = next;
  }
  return values;
}

test("keys that collide in FNV-1a are not compared with each other", () => {
  const keys = collidingValues(10);
  let reads = 0;
  const index = new CertificateIndex();
  for (const bytes of keys) {
    const certificate = {
      get source() {
        reads += 1;
        return { bytes };
      },
      subject: { start: 0, end: 0 },
      subjectPublicKeyInfo: { start: 0, end: bytes.length },
      subjectKeyIdentifier: undefined,
    } as unknown as Certificate;
    index.add({ certificate, artefact: { name: "ca", bytes } });
  }
  expect(index.keys).toBe(1024);
  // The subject is the same for all, so each is compared with the first.
  expect(reads).toBeLessThan(6 * 1024);
  expect(keys.map((key) => index.withKey(key).length)).toEqual(keys.map(() => 1));
});
