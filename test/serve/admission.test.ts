import { describe, expect, test } from "vitest";
import { Budget } from "../../src/serve/budget.ts";
import { Admission, smallInput } from "../../src/serve/admission.ts";

const never = new AbortController().signal;

/** Waits until all pending promises have settled. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe("Budget", () => {
  /** A budget whose requests have names; `granted` lists those granted, in the order of the grants. */
  function line(total: number) {
    const budget = new Budget(total);
    const granted: string[] = [];
    const releases = new Map<string, () => void>();
    const ask = async (name: string, amount: number, signal = never, isNext = false): Promise<void> => {
      const release = await budget.take(amount, signal, isNext);
      granted.push(name);
      releases.set(name, release);
    };
    const give = async (name: string): Promise<void> => {
      releases.get(name)?.();
      await settle();
    };
    return { budget, granted, ask, give };
  }

  test("grants requests in order, even if a later one would fit", async () => {
    const { budget, granted, ask, give } = line(10);
    void ask("a", 6);
    void ask("b", 6);
    void ask("c", 1);
    await settle();
    expect([granted, budget.used, budget.waiting]).toEqual([["a"], 6, 2]);
    await give("a");
    expect([granted, budget.used, budget.waiting]).toEqual([["a", "b", "c"], 7, 0]);
    await give("b");
    await give("c");
    expect(budget.used).toBe(0);
  });

  test("grants a request with priority before those that wait", async () => {
    const { granted, ask, give } = line(1);
    void ask("a", 1);
    void ask("b", 1);
    void ask("c", 1, never, true);
    await settle();
    await give("a");
    await give("c");
    expect(granted).toEqual(["a", "c", "b"]);
  });

  test("grants the total to a request above the total", async () => {
    const { budget, granted, ask } = line(10);
    void ask("a", 100);
    await settle();
    expect([granted, budget.used]).toEqual([["a"], 10]);
  });

  test("removes an aborted request from the queue, and grants the next one", async () => {
    const { budget, granted, ask } = line(10);
    const queueAbort = new AbortController();
    void ask("a", 6);
    const b = ask("b", 6, queueAbort.signal);
    void ask("c", 4);
    await settle();
    expect(granted).toEqual(["a"]);
    queueAbort.abort(new Error("enough"));
    await expect(b).rejects.toThrow("enough");
    await settle();
    expect([granted, budget.used, budget.waiting]).toEqual([["a", "c"], 10, 0]);
    await expect(ask("d", 1, queueAbort.signal)).rejects.toThrow("enough");
  });
});

describe("Admission", () => {
  const limits = { requests: 3, bufferBytes: 4 * smallInput, queueMs: 10_000 };

  test("lets small bodies pass, and large ones wait for memory", async () => {
    const admission = new Admission(limits);
    const leaveLarge = await admission.enter(4 * smallInput, never);
    let isIn = false;
    const second = admission.enter(smallInput + 1, never).then((leave) => {
      isIn = true;
      return leave;
    });
    const leaveSmall = await admission.enter(smallInput, never);
    expect([admission.inside, admission.waiting, admission.bytes, isIn]).toEqual([3, 1, 4 * smallInput, false]);
    await expect(admission.enter(0, never)).rejects.toThrow("3 requests are under way");
    leaveLarge();
    (await second)();
    leaveSmall();
    expect([admission.inside, admission.waiting, admission.bytes]).toEqual([0, 0, 0]);
  });

  test("rejects a request that waits too long, and removes one whose client disconnects", async () => {
    const admission = new Admission({ ...limits, queueMs: 20 });
    const leave = await admission.enter(4 * smallInput, never);
    await expect(admission.enter(4 * smallInput, never)).rejects.toThrow(
      "the bodies of other requests take up all space",
    );
    const client = new AbortController();
    const disconnected = admission.enter(4 * smallInput, client.signal);
    client.abort();
    await expect(disconnected).rejects.toThrow("the client disconnected");
    expect([admission.inside, admission.waiting]).toEqual([1, 0]);
    leave();
    expect(admission.bytes).toBe(0);
  });
});
