import { describe, expect, test } from "vitest";
import { Budget } from "../../src/serve/budget.ts";
import { Admission, type AdmissionLimits, type Place, smallInput } from "../../src/serve/admission.ts";

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
  const limits: AdmissionLimits = {
    requests: 10,
    requestsPerAddress: 5,
    bufferBytes: 8 * smallInput,
    bufferBytesPerAddress: 8 * smallInput,
    bodyBytes: 4 * smallInput,
    queueMs: 600_000,
  };

  /**
   * An admission whose requests have names. `ends` has the size in units of `smallInput` for which each has memory, or
   * why it gets none.
   */
  function desk(own: Partial<AdmissionLimits> = {}) {
    const admission = new Admission({ ...limits, ...own });
    const ends: Record<string, number | string> = {};
    const receive = async (name: string, place: Place, size: number): Promise<void> => {
      place.take(size * smallInput).then(
        () => (ends[name] = size),
        (error: unknown) => (ends[name] = error instanceof Error ? error.message : ""),
      );
      await settle();
    };
    return { admission, ends, receive };
  }

  const byte = 1 / smallInput;

  test.each([
    [[byte, 1], 0],
    [[byte, 1 + byte], 2],
    [[1 + byte, 2, 2 + byte, 3], 3],
    [[4], 4],
  ])("a body that arrives in parts, %j times 1 MiB in total, occupies %i", async (sizes, occupied) => {
    const { admission, receive } = desk();
    const place = admission.enter("a", never);
    expect([admission.inside, admission.bytes]).toEqual([1, 0]);
    for (const size of sizes) await receive("body", place, size);
    expect(admission.bytes).toBe(occupied * smallInput);
    place.leave();
    expect([admission.inside, admission.bytes]).toEqual([0, 0]);
  });

  test("the first of the bodies that are received can always be finished", async () => {
    const { admission, ends, receive } = desk();
    const [first, second, third] = ["a", "b", "c"].map((address) => admission.enter(address, never)) as [
      Place,
      Place,
      Place,
    ];
    await receive("first", first, 2);
    await receive("second", second, 3);
    await receive("third", third, 1);
    expect([ends, admission.waiting, admission.bytes]).toEqual([{ first: 2, third: 1 }, 1, 4 * smallInput]);
    await receive("first", first, 4);
    expect([ends, admission.bytes]).toEqual([{ first: 4, third: 1 }, 6 * smallInput]);
    first.endReceipt();
    await settle();
    expect([ends, admission.waiting]).toEqual([{ first: 4, second: 3, third: 1 }, 0]);
    await receive("third", third, 2);
    expect([ends["third"], admission.waiting]).toEqual([1, 1]);
    second.endReceipt();
    await settle();
    // The first body still occupies its memory until its request ends.
    expect([ends["third"], admission.bytes]).toEqual([1, 8 * smallInput]);
    first.leave();
    await settle();
    expect([ends["third"], admission.waiting, admission.bytes]).toEqual([2, 0, 5 * smallInput]);
  });

  test.each([
    ["a", 1],
    ["b", 0],
    ["", 0],
  ])("bodies from one address do not occupy the memory of others: from %j, %i wait", async (address, waiting) => {
    const { admission, ends, receive } = desk({ bufferBytes: 12 * smallInput, bufferBytesPerAddress: 6 * smallInput });
    const whole = admission.enter("a", never);
    await receive("whole", whole, 4);
    whole.endReceipt();
    await receive("partial", admission.enter("a", never), 3);
    expect([ends, admission.bytes]).toEqual([{ whole: 4 }, 6 * smallInput]);
    await receive("other", admission.enter(address, never), 2);
    expect(admission.waiting).toBe(1 + waiting);
    whole.leave();
    await settle();
    expect([ends["partial"], admission.waiting]).toEqual([3, waiting]);
  });

  test("a body larger than all memory gets all of it", async () => {
    const { admission, ends, receive } = desk({ bufferBytes: 2 * smallInput, bufferBytesPerAddress: smallInput });
    await receive("body", admission.enter("a", never), 4);
    expect([ends, admission.bytes]).toEqual([{ body: 4 }, 2 * smallInput]);
  });

  test("a body that waits too long is refused, and so is one whose client disconnects", async () => {
    const { admission, ends, receive } = desk({ queueMs: 40 });
    const first = admission.enter("a", never);
    await receive("first", first, 4);
    const client = new AbortController();
    const gone = admission.enter("b", client.signal);
    await receive("gone", gone, 2);
    client.abort();
    await settle();
    expect([ends["gone"], admission.waiting]).toEqual(["the client disconnected", 0]);
    const late = admission.enter("b", never);
    await receive("late", late, 2);
    await expect.poll(() => ends["late"]).toBe("the bodies of other requests take up all space");
    for (const place of [first, gone, late]) place.leave();
    expect([admission.inside, admission.waiting, admission.bytes]).toEqual([0, 0, 0]);
  });

  test("requests above the limits are refused, in total and from one address", () => {
    const { admission } = desk({ requests: 3, requestsPerAddress: 2 });
    const [first] = [admission.enter("a", never), admission.enter("a", never)];
    expect(() => admission.enter("a", never)).toThrow("2 requests from this address are under way");
    admission.enter("b", never);
    expect(() => admission.enter("c", never)).toThrow("3 requests are under way");
    first.leave();
    admission.enter("a", never).leave();
    // Clients of a Unix domain socket have no address.
    const { admission: local } = desk({ requestsPerAddress: 1 });
    expect([local.enter("", never), local.enter("", never)].length).toBe(2);
  });
});
