import { describe, expect, it } from "vitest";
import type { QueueSettings } from "../../infra/local/services/sqs/queue.ts";
import { QueueStore } from "../../infra/local/services/sqs/store.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const settings = (name: string, change: Partial<QueueSettings> = {}): QueueSettings => ({
  name,
  arn: `arn:aws:sqs:eu-central-1:000000000000:${name}`,
  fifo: name.endsWith(".fifo"),
  contentBasedDeduplication: true,
  deduplicationScope: "queue",
  delaySeconds: 0,
  maximumMessageSize: 1_000,
  retentionSeconds: 100_000,
  receiveWaitSeconds: 0,
  visibilityTimeoutSeconds: 30,
  ...change,
});

/** A queue under a clock that stands still. */
const openQueue = async (change: Partial<QueueSettings> = {}, name = "jobs.fifo") => {
  const directory = await temporaryDirectory();
  const clock = { now: 1_800_000_000_000 };
  const queue = settings(name, change);
  const deadLetters = settings("dead.fifo");
  const open = () => {
    const store = new QueueStore(directory, () => clock.now);
    store.declareQueue(queue);
    store.declareQueue(deadLetters);
    return store;
  };
  const store = open();
  return {
    store,
    queue,
    deadLetters,
    /** The same queue after the process died. */
    reopen: open,
    advance: (seconds: number) => {
      clock.now += seconds * 1_000;
    },
    send: (groupId: string, body: string, deduplicationId?: string) =>
      store.send(queue, { body, attributes: {}, groupId, deduplicationId }),
    receive: (wanted = 10, visibilitySeconds?: number) => store.receive(queue, wanted, visibilitySeconds),
    bodies: (wanted = 10) => store.receive(queue, wanted).map(({ body }) => body),
  };
};

describe("a FIFO queue", () => {
  it("gives a group's messages in order and as many of one group as are wanted before the next group", async () => {
    const { send, bodies } = await openQueue();
    for (const [group, body] of [
      ["a", "a1"],
      ["b", "b1"],
      ["a", "a2"],
      ["a", "a3"],
    ] as const)
      send(group, body);
    expect(bodies(3)).toEqual(["a1", "a2", "a3"]);
    expect(bodies(3)).toEqual(["b1"]);
  });

  it("gives nothing of a group that has a message in flight, also when the message was sent later", async () => {
    const { store, queue, send, receive, bodies } = await openQueue();
    send("a", "a1");
    const [first] = receive(1);
    send("a", "a2");
    send("b", "b1");
    expect(bodies()).toEqual(["b1"]);
    store.delete(queue, first?.receiptHandle ?? "");
    expect(bodies()).toEqual(["a2"]);
  });

  it("gives a batch back in its old order when the visibility timeout has run out", async () => {
    const { send, receive, bodies, advance } = await openQueue();
    for (const body of ["1", "2", "3", "4"]) send("a", body);
    receive(3);
    advance(29);
    expect(bodies()).toEqual([]);
    advance(1);
    expect(bodies()).toEqual(["1", "2", "3", "4"]);
  });

  it("holds a group back for what is left of a batch of which some messages were deleted", async () => {
    const { store, queue, send, receive, bodies, advance } = await openQueue();
    for (const body of ["1", "2", "3"]) send("a", body);
    const [first, second] = receive(2);
    store.delete(queue, second?.receiptHandle ?? "");
    expect(bodies()).toEqual([]);
    advance(30);
    expect(bodies()).toEqual(["1", "3"]);
    expect(first?.body).toBe("1");
  });

  it("refuses a receipt handle whose visibility timeout has run out", async () => {
    const { store, queue, send, receive, advance } = await openQueue();
    send("a", "1");
    const [message] = receive();
    advance(30);
    expect(() => store.delete(queue, message?.receiptHandle ?? "")).toThrow("expired");
    expect(() => store.changeVisibility(queue, message?.receiptHandle ?? "", 10)).toThrow("not in flight");
    expect(() => store.delete(queue, "nonsense")).toThrow("not valid");
    const [again] = receive();
    expect(again?.receiptHandle).not.toBe(message?.receiptHandle);
    expect(again?.receiveCount).toBe(2);
    store.delete(queue, again?.receiptHandle ?? "");
    store.delete(queue, again?.receiptHandle ?? "");
    expect(store.depth(queue)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it("honours a changed visibility timeout, and gives a message back at once for zero", async () => {
    const { store, queue, send, receive, bodies, advance } = await openQueue();
    send("a", "1");
    const [first] = receive();
    store.changeVisibility(queue, first?.receiptHandle ?? "", 100);
    advance(99);
    expect(bodies()).toEqual([]);
    store.changeVisibility(queue, first?.receiptHandle ?? "", 0);
    expect(bodies()).toEqual(["1"]);
  });

  it("takes a message with a known deduplication id for sent for five minutes, also once it is deleted", async () => {
    const { store, queue, send, receive, advance } = await openQueue();
    const sent = send("a", "1", "id");
    const [message] = receive();
    store.delete(queue, message?.receiptHandle ?? "");
    advance(299);
    expect(send("b", "2", "id")).toEqual(sent);
    expect(store.depth(queue).visible).toBe(0);
    advance(1);
    expect(send("b", "2", "id").messageId).not.toBe(sent.messageId);
    expect(store.depth(queue).visible).toBe(1);
  });

  it("tells messages apart by their body where nothing else is given, and by group where the scope is the group", async () => {
    const { store, queue, send } = await openQueue({ deduplicationScope: "messageGroup" });
    send("a", "same");
    send("a", "same");
    send("b", "same");
    expect(store.depth(queue).visible).toBe(2);
  });

  it("remembers deduplication ids, messages and receive counts across a restart, and lets go of what was in flight", async () => {
    const { store, queue, send, receive, reopen } = await openQueue();
    const sent = send("a", "1", "id");
    send("a", "2");
    receive(1);
    store.close();
    const after = reopen();
    expect(after.send(queue, { body: "1", attributes: {}, groupId: "a", deduplicationId: "id" })).toEqual(
      sent,
    );
    expect(after.receive(queue, 10).map(({ body, receiveCount }) => [body, receiveCount])).toEqual([
      ["1", 2],
      ["2", 1],
    ]);
    after.close();
  });

  it("does not blame a message for a machine that went down", async () => {
    const redrive = { deadLetterArn: settings("dead.fifo").arn, maxReceiveCount: 2 };
    const { store, queue, send, reopen } = await openQueue({ redrive });
    send("a", "innocent");
    let standing = store;
    for (let restarts = 0; restarts < 5; restarts += 1) {
      expect(standing.receive(queue, 1)).toMatchObject([{ body: "innocent", receiveCount: restarts + 1 }]);
      standing.close();
      standing = reopen();
      standing.declareQueue(queue);
    }
    standing.close();
  });

  it("moves a message to the dead-letter queue instead of receiving it more often than allowed, and lets the group go on", async () => {
    const redrive = { deadLetterArn: settings("dead.fifo").arn, maxReceiveCount: 2 };
    const { store, queue, deadLetters, send, receive, advance } = await openQueue({ redrive });
    send("a", "bad");
    send("a", "good");
    receive(1);
    advance(30);
    receive(1);
    advance(30);
    expect(receive(1).map(({ body }) => body)).toEqual(["good"]);
    const [dead] = store.receive(deadLetters, 1);
    expect(dead).toMatchObject({ body: "bad", groupId: "a", receiveCount: 3 });
    advance(30);
    expect(store.redrive(deadLetters, queue)).toBe(1);
    expect(receive().map(({ body, receiveCount }) => [body, receiveCount])).toEqual([
      ["good", 2],
      ["bad", 1],
    ]);
  });

  it("delays what the queue says is to be delayed without losing the order", async () => {
    const { send, bodies, advance, store, queue } = await openQueue({ delaySeconds: 5 });
    send("a", "1");
    advance(1);
    send("a", "2");
    expect(store.depth(queue)).toEqual({ visible: 0, inFlight: 0, delayed: 2 });
    advance(4);
    expect(bodies(1)).toEqual(["1"]);
  });

  it("forgets what is older than the retention period", async () => {
    const { send, bodies, advance } = await openQueue();
    send("a", "old");
    advance(100_000);
    expect(bodies()).toEqual([]);
  });

  it("refuses what SQS refuses", async () => {
    const { store, queue, send } = await openQueue({ contentBasedDeduplication: false });
    const message = { body: "1", attributes: {} };
    expect(() => store.send(queue, message)).toThrow("MessageGroupId");
    expect(() => send("a", "1")).toThrow("MessageDeduplicationId");
    expect(() => send("a", "x".repeat(1_001), "id")).toThrow("shorter than 1000 bytes");
    expect(() => send("a", "", "id")).toThrow("MessageBody");
    expect(() =>
      store.send(queue, { ...message, groupId: "a", deduplicationId: "id", delaySeconds: 3 }),
    ).toThrow("DelaySeconds");
    expect(() => store.queue("http://127.0.0.1/000000000000/other")).toThrow("does not exist");
  });
});

describe("a standard queue", () => {
  it("does not hold messages back for one another", async () => {
    const { send, receive, bodies } = await openQueue({}, "jobs");
    send("a", "1");
    send("a", "1");
    receive(1);
    expect(bodies()).toEqual(["1"]);
  });

  it("honours a receipt handle after the visibility timeout until the message is received again", async () => {
    const { store, queue, send, receive, advance } = await openQueue({}, "jobs");
    send("a", "1");
    const [first] = receive();
    advance(30);
    const [second] = receive();
    store.delete(queue, first?.receiptHandle ?? "");
    expect(store.depth(queue).inFlight).toBe(1);
    advance(30);
    store.delete(queue, second?.receiptHandle ?? "");
    expect(store.depth(queue)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });
});
