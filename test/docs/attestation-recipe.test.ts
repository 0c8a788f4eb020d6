import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kit } from "../../src/fixture/index.ts";
import { pem } from "../cli/workbench.ts";
import { hasBash, hasOpenssl, hasTools } from "../support/tools.ts";
import { blocksOf } from "./markdown.ts";
import { shown, Walk } from "./walk.ts";

describe.skipIf(!hasBash || !hasOpenssl || !hasTools("ssh-keygen"))(
  "the commands of docs/recipes/attestation.md run in order",
  () => {
    let walk: Walk;
    beforeAll(() => {
      walk = Walk.begin();
      walk.put("ca.pem", pem("CERTIFICATE", kit.ca.certificate));
      walk.put("next.tbs", kit.crl({ form: "tbs" }).crl);
      walk.put("next.crl", kit.crl().crl);
      walk.put("other.crl", kit.earlierCrl());
      const keys = [
        "ssh-keygen -q -t ed25519 -N '' -C alice -f alice",
        'echo "alice@example.com namespaces=\\"crllint\\" $(cat alice.pub)" > signers',
        "openssl ecparam -name prime256v1 -genkey -noout -out job.key",
        "openssl ec -in job.key -pubout -out job.pub 2> job.log",
      ];
      walk.run(keys.join("\n"));
    });
    afterAll(() => walk.end());

    const blocks = blocksOf("docs/recipes/attestation.md");
    const steps = blocks.flatMap((block, i) => {
      const next = blocks[i + 1];
      const output = next?.language === "text" ? next : undefined;
      const needs = block.marks.get("needs");
      const title = `line ${block.line}${needs === undefined ? "" : `, with ${needs}`}`;
      return block.language === "sh" ? [{ title, needs, block, output }] : [];
    });

    test.for(steps)("$title", ({ needs, block, output }, { skip }) => {
      if (needs !== undefined && !hasTools(needs)) skip(`${needs} is not installed`);
      if (needs === "cosign") walk.run("COSIGN_PASSWORD= cosign generate-key-pair");
      const { code, out, err } = walk.run(block.text, { CRLLINT_NOW: "2026-11-04T00:00:00Z" });
      expect({ code, err }).toMatchObject({ code: Number(block.marks.get("exit") ?? 0), err: "" });
      if (output !== undefined) expect(out).toMatch(shown(output.text));
    });

    test("a statement that is changed after signing does not verify", () => {
      const change = "sed s/tls-br/rfc5280/ next.json > changed.json";
      const ssh = "ssh-keygen -q -Y verify -f signers -I alice@example.com -n crllint -s next.json.sig < changed.json";
      const openssl = "openssl dgst -sha256 -verify job.pub -signature next.json.dgst changed.json";
      expect(walk.run(change).code).toBe(0);
      expect(walk.run(ssh).code).not.toBe(0);
      expect(walk.run(openssl).code).not.toBe(0);
    });

    test("has the expected steps", () => {
      expect(steps).toHaveLength(6);
    });
  },
);
