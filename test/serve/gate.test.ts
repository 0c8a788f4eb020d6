import { describe, expect, test } from "vitest";
import { Budget } from "../../src/serve/budget.ts";
import { Gate, smallInput } from "../../src/serve/gate.ts";

const never = new AbortController().signal;

/** Lets everything that can go on go on. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe("a budget", () => {
  /** Takes amounts in turn; gives the names of those that have theirs, in the order in which they got them. */
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

  test("who comes first is served first, also where a later one would fit", async () => {
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

  test("one may stand in front", async () => {
    const { got, ask, give } = line(1);
    void ask("a", 1);
    void ask("b", 1);
    void ask("c", 1, never, true);
    await settle();
    await give("a");
    await give("c");
    expect(got).toEqual(["a", "c", "b"]);
  });

  test("more than there is, is all there is", async () => {
    const { budget, got, ask } = line(10);
    void ask("a", 100);
    await settle();
    expect([got, budget.used]).toEqual([["a"], 10]);
  });

  test("who gives up leaves the line, and lets the next one through", async () => {
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
  const limits = { requests: 3, bufferOctets: 4 * smallInput, queueMs: 10_000 };

  test("small bodies never wait; large ones wait for room", async () => {
    const gate = new Gate(limits);
    const leaveLarge = await gate.enter(4 * smallInput, never);
    let isIn = false;
    const second = gate.enter(smallInput + 1, never).then((leave) => {
      isIn = true;
      return leave;
    });
    const leaveSmall = await gate.enter(smallInput, never);
    expect([gate.inside, gate.waiting, gate.octets, isIn]).toEqual([3, 1, 4 * smallInput, false]);
    await expect(gate.enter(0, never)).rejects.toThrow("3 requests are under way");
    leaveLarge();
    (await second)();
    leaveSmall();
    expect([gate.inside, gate.waiting, gate.octets]).toEqual([0, 0, 0]);
  });

  test("who waits too long is refused, and who goes away is forgotten", async () => {
    const gate = new Gate({ ...limits, queueMs: 20 });
    const leave = await gate.enter(4 * smallInput, never);
    await expect(gate.enter(4 * smallInput, never)).rejects.toThrow("the bodies of other requests take up all room");
    const client = new AbortController();
    const gone = gate.enter(4 * smallInput, client.signal);
    client.abort();
    await expect(gone).rejects.toThrow("the client has gone away");
    expect([gate.inside, gate.waiting]).toEqual([1, 0]);
    leave();
    expect(gate.octets).toBe(0);
  });
});
