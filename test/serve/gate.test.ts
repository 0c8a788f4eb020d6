import { describe, expect, test } from "vitest";
import { Budget } from "../../src/serve/budget.ts";
import { Gate, smallInput } from "../../src/serve/gate.ts";

const never = new AbortController().signal;

/** Waits until all pending promises have settled. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe("a budget", () => {
  /** Requests amounts in turn; returns the names of the granted requests, in the order of the grants. */
  function line(total: number) {
    const budget = new Budget(total);
    const got: string[] = [];
    const back = new Map<string, () => void>();
    const ask = async (name: string, amount: number, signal = never, isNext = false): Promise<void> => {
      const giveBack = await budget.take(amount, signal, isNext);
      got.push(name);
      back.set(name, giveBack);
    };
    const give = async (name: string): Promise<void> => {
      back.get(name)?.();
      await settle();
    };
    return { budget, got, ask, give };
  }

  test("requests are granted in order, even if a later one would fit", async () => {
    const { budget, got, ask, give } = line(10);
    void ask("a", 6);
    void ask("b", 6);
    void ask("c", 1);
    await settle();
    expect([got, budget.used, budget.waiting]).toEqual([["a"], 6, 2]);
    await give("a");
    expect([got, budget.used, budget.waiting]).toEqual([["a", "b", "c"], 7, 0]);
    await give("b");
    await give("c");
    expect(budget.used).toBe(0);
  });

  test("one may have priority", async () => {
    const { got, ask, give } = line(1);
    void ask("a", 1);
    void ask("b", 1);
    void ask("c", 1, never, true);
    await settle();
    await give("a");
    await give("c");
    expect(got).toEqual(["a", "c", "b"]);
  });

  test("a request above the total gets the total", async () => {
    const { budget, got, ask } = line(10);
    void ask("a", 100);
    await settle();
    expect([got, budget.used]).toEqual([["a"], 10]);
  });

  test("an aborted request leaves the queue, and the next one is granted", async () => {
    const { budget, got, ask } = line(10);
    const patience = new AbortController();
    void ask("a", 6);
    const b = ask("b", 6, patience.signal);
    void ask("c", 4);
    await settle();
    expect(got).toEqual(["a"]);
    patience.abort(new Error("enough"));
    await expect(b).rejects.toThrow("enough");
    await settle();
    expect([got, budget.used, budget.waiting]).toEqual([["a", "c"], 10, 0]);
    await expect(ask("d", 1, patience.signal)).rejects.toThrow("enough");
  });
});

describe("the gate", () => {
  const limits = { requests: 3, bufferBytes: 4 * smallInput, queueMs: 10_000 };

  test("small bodies never wait; large ones wait for memory", async () => {
    const gate = new Gate(limits);
    const leaveLarge = await gate.enter(4 * smallInput, never);
    let isIn = false;
    const second = gate.enter(smallInput + 1, never).then((leave) => {
      isIn = true;
      return leave;
    });
    const leaveSmall = await gate.enter(smallInput, never);
    expect([gate.inside, gate.waiting, gate.bytes, isIn]).toEqual([3, 1, 4 * smallInput, false]);
    await expect(gate.enter(0, never)).rejects.toThrow("3 requests are under way");
    leaveLarge();
    (await second)();
    leaveSmall();
    expect([gate.inside, gate.waiting, gate.bytes]).toEqual([0, 0, 0]);
  });

  test("a request that waits too long is rejected, and a disconnected one is removed", async () => {
    const gate = new Gate({ ...limits, queueMs: 20 });
    const leave = await gate.enter(4 * smallInput, never);
    await expect(gate.enter(4 * smallInput, never)).rejects.toThrow("the bodies of other requests take up all space");
    const client = new AbortController();
    const gone = gate.enter(4 * smallInput, client.signal);
    client.abort();
    await expect(gone).rejects.toThrow("the client disconnected");
    expect([gate.inside, gate.waiting]).toEqual([1, 0]);
    leave();
    expect(gate.bytes).toBe(0);
  });
});
