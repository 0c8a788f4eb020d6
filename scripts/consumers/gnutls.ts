import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { answer, type Client, noAnswer, type Outcome, patience } from "../../src/clients/client.ts";
import { runProgram, withDirectory } from "../../src/clients/run-program.ts";

const source = fileURLToPath(new URL("gnutls.c", import.meta.url));

/** The library GnuTLS as a verifier, and as TLS servers set it up. A compiler and its headers must be here. */
export const gnutls: readonly Client[] = [
  gnutlsClient("gnutls", "gnutls_x509_trust_list_verify_crt2, GNUTLS_TL_VERIFY_CRL", "verify"),
  gnutlsClient("gnutls-tls", "gnutls_x509_trust_list_verify_crt2, GNUTLS_TL_USE_IN_TLS", "tls"),
];

function gnutlsClient(id: string, mode: string, argument: string): Client {
  return {
    id,
    name: "GnuTLS",
    mode,
    version: () =>
      withDirectory(async (directory) => {
        const ended = await runCompiled(directory, [], "");
        return ended?.code === 0 ? ended.out.trim() : undefined;
      }),
    verify: (trials) =>
      withDirectory(async (directory) => {
        const lines = trials.map(({ root, ca, leaf, rootCrl, crl }, i) => {
          const files = [root, ca, leaf, rootCrl, crl].map((bytes, j) => {
            const file = join(directory, `${i}-${j}`);
            writeFileSync(file, bytes);
            return file;
          });
          return `${files.join("\t")}\n`;
        });
        const ended = await runCompiled(directory, [argument], lines.join(""));
        const answers = (ended?.out ?? "").split("\n").slice(0, -1);
        return trials.map((_, i) => {
          const [outcome, words] = answers[i]?.split("\t") ?? [];
          return outcome === undefined ? noAnswer : answer(outcome as Outcome, words);
        });
      }),
  };
}

async function runCompiled(directory: string, args: readonly string[], input: string) {
  const program = join(directory, "gnutls");
  const compiled = await runProgram("cc", ["-O1", "-o", program, source, "-lgnutls"], patience);
  return compiled?.code === 0 ? runProgram(program, args, 2 * patience, input) : undefined;
}
