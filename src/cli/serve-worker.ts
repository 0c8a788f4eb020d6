/**
 * What worker threads of the service do: every export is a task, which a pool runs by its name. What a task needs is
 * loaded when it is first run: a worker is ready at once, and holds no more than its tasks use.
 *
 * @packageDocumentation
 */
import { deserialize } from "node:v8";
import type { IssuerStore } from "../given/issuer-store.ts";
import type { Artefact } from "../input/read.ts";
import type { Answer } from "../serve/answer.ts";
import type { Asked } from "../serve/respond.ts";

/** What a worker gets with each request. */
export interface Task {
  readonly asked: Asked;
  /** The certificates of the store of issuers, an array of `Artefact` in memory that all workers share. */
  readonly issuers: Uint8Array | undefined;
}

/** A service has one store as long as it runs. */
let store: IssuerStore | undefined;

/** Answers a request of the service. */
export async function answerRequest({ asked, issuers }: Task): Promise<Answer> {
  const { respond } = await import("../serve/respond.ts");
  if (issuers !== undefined) store ??= await receiveStore(issuers);
  return respond(asked, store);
}

async function receiveStore(shared: Uint8Array): Promise<IssuerStore> {
  const { IssuerStore: Store } = await import("../given/issuer-store.ts");
  const received = new Store();
  for (const artefact of deserialize(shared) as readonly Artefact[]) received.add(artefact);
  return received;
}
