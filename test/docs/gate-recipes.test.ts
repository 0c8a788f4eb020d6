import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CrlKnobs, kit } from "../../src/fixture/index.ts";
import { encodePem } from "../../src/pem/encode.ts";
import { blocksOf } from "./markdown.ts";
import { hasBash } from "../support/tools.ts";
import { Walk } from "./walk.ts";

/** The gate script of a recipe, and substitutes for the CA product: the source of new CRLs and the published file. */
interface Gate {
  readonly page: string;
  /** Directory that the script changes to, which the test replaces; undefined if the script does not change it. */
  readonly folder?: string;
  /** Name of the CA's certificate. */
  readonly ca: string;
  /** Commands of the product, which output the contents of built.crl. */
  readonly commands: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Path of the published CRL. */
  readonly published: string;
  readonly knobs?: CrlKnobs;
}

const partitioned: CrlKnobs = { idp: { uris: ["http://crl.example.com/1/0.crl"] } };

const gates: readonly Gate[] = [
  {
    page: "docs/recipes/step-ca.md",
    folder: "/var/lib/crl-gate",
    ca: "intermediate_ca.crt",
    commands: { curl: "cp built.crl next.crl" },
    published: "www/ca.crl",
    knobs: { idp: { uris: ["http://crl.example.com/ca.crl"] } },
  },
  {
    page: "docs/recipes/ejbca.md",
    folder: "/opt/crl-gate",
    ca: "certificates/tls-ca-1.pem",
    commands: {},
    args: ["built.crl"],
    published: "www/tls-ca-1.crl",
  },
  {
    page: "docs/recipes/vault.md",
    folder: "/var/lib/crl-gate",
    ca: "ca.pem",
    commands: { vault: "true", curl: "cp built.crl next.crl" },
    published: "www/pki.crl",
  },
  {
    page: "docs/recipes/boulder.md",
    ca: "issuers/1.pem",
    // The first command copies from the bucket, the second to the other bucket.
    commands: {
      aws: "case $3 in s3:*) mkdir -p next/1 && cp built.crl next/1/0.crl ;; *) cp next/1/0.crl bucket.crl ;; esac",
    },
    published: "bucket.crl",
    knobs: partitioned,
  },
];

describe.skipIf(!hasBash)("the gate scripts of the recipes publish only CRLs that pass", () => {
  let walk: Walk;
  beforeAll(() => {
    walk = Walk.begin();
  });
  afterAll(() => walk.end());

  test.each(gates)("$page", ({ page, folder, ca, commands, args = [], published, knobs = {} }) => {
    rmSync(walk.folder, { recursive: true });
    mkdirSync(join(walk.folder, "www"), { recursive: true });
    const script = blocksOf(page).find(({ text }) => text.startsWith("#!/bin/sh\n"))?.text ?? "";
    walk.put("gate", script.replaceAll(folder ?? "\n\n", walk.folder));
    walk.put(ca, encodePem("CERTIFICATE", kit.ca.certificate));
    for (const [name, text] of Object.entries(commands)) walk.command(name, text);
    const gate = (crl: Uint8Array, now: string) => {
      walk.put("built.crl", crl);
      const { code, out, err } = walk.run(["sh", "gate", ...args].join(" "), { GATE_NOW: now, VAULT_ADDR: "x" });
      expect(err).toBe("");
      const file = join(walk.folder, published);
      return { code, out, published: existsSync(file) ? readFileSync(file).toString("hex") : "" };
    };
    const hex = (crl: Uint8Array): string => Buffer.from(crl).toString("hex");
    const first = kit.earlierCrl(knobs);
    const { crl } = kit.crl(knobs);
    const reversed = kit.crl({ ...knobs, issuer: kit.ca.subject.reversed() }).crl;

    expect(gate(first, "2026-11-01T00:00:00Z")).toMatchObject({ code: 0, published: hex(first) });
    const stopped = gate(reversed, "2026-11-02T00:00:00Z");
    expect(stopped).toMatchObject({ code: 1, published: hex(first) });
    expect(stopped.out).toContain("same RDNs, reversed order");
    expect(gate(new TextEncoder().encode("<html>"), "2026-11-02T00:00:00Z")).toMatchObject({
      code: 2,
      published: hex(first),
    });
    expect(gate(crl, "2026-11-02T00:00:00Z")).toMatchObject({ code: 0, published: hex(crl) });
    // A CRL that is older than the published one does not replace it.
    const back = gate(first, "2026-11-02T00:00:00Z");
    expect(back).toMatchObject({ code: 1, published: hex(crl) });
    expect(back.out).toContain("[sequence/");
  });
});
