import { expect, it } from "vitest";
import { parseEvent, readEvents } from "./events.ts";

const streamOf = (...pieces: string[]) =>
  new ReadableStream<BufferSource>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });

async function all(stream: ReadableStream<BufferSource>) {
  const events = [];
  for await (const event of readEvents(stream)) events.push(event);
  return events;
}

it("reads events however the pieces are cut", async () => {
  const text = 'event: answer\ndata: {"n":1}\n\n: still here\n\nevent: done\r\ndata: {}\r\n\r\n';
  const expected = [
    { event: "answer", data: '{"n":1}' },
    { event: "done", data: "{}" },
  ];
  expect(await all(streamOf(text))).toEqual(expected);
  expect(await all(streamOf(...text.split("")))).toEqual(expected);
});

it("leaves out an event that was cut off", async () => {
  expect(await all(streamOf("event: answer\ndata: {}\n\nevent: ans"))).toHaveLength(1);
});

it("joins lines of data", () => {
  expect(parseEvent("data: a\ndata: b")).toEqual({ event: "message", data: "a\nb" });
});
