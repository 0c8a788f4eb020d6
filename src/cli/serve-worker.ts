/**
 * Process that answers requests of the service, one at a time, as the listening process sends them. It loads its code
 * for the first request, so it is ready at once.
 *
 * @packageDocumentation
 */
import type { IssuerStore } from "../given/issuer-store.ts";
import type { Artefact } from "../input/read.ts";
import type { WorkRequest } from "../serve/respond.ts";
import type { WorkerInput, WorkerOutput } from "./serve-process.ts";

/** Answers the requests of the listening process until that process ends. */
export function answerRequests(): void {
  // A terminal and some supervisors send signals to all processes of a group. The listening process decides when to
  // end.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
  process.on("disconnect", () => process.exit());
  process.on("message", (input: WorkerInput) => {
    if ("issuers" in input) given = input.issuers;
    else void answer(input.asked);
  });
}

/** Certificates of the store of issuers. A service uses one store as long as it runs. */
let given: readonly Artefact[] | undefined;
let store: IssuerStore | undefined;

async function answer(asked: WorkRequest): Promise<void> {
  send({ begun: true });
  try {
    const { respond } = await import("../serve/respond.ts");
    if (given !== undefined) store ??= await storeOf(given);
    send({ answer: await respond(asked, store) });
  } catch (error) {
    send({ fault: error instanceof Error ? error.message : String(error) });
  }
}

async function storeOf(artefacts: readonly Artefact[]): Promise<IssuerStore> {
  const { IssuerStore: Store } = await import("../given/issuer-store.ts");
  const made = new Store();
  for (const artefact of artefacts) made.add(artefact);
  return made;
}

function send(output: WorkerOutput): void {
  process.send?.(output);
}
