// Server-sent events out of the answer to a POST. The browser's own EventSource can only GET, and a question never stands in
// an address.

const SILENCE = 45_000; // milliseconds; the server says something at least every 15 seconds

/** Reads chunks until the end; rejects when the line stays silent for too long. */
async function read(reader) {
  let timer;
  const silence = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("silence")), SILENCE);
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** One event from its lines, or null for a comment. */
export function parsed(block) {
  let name = "message";
  const data = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) name = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).trim());
  }
  return data.length ? { name, data: JSON.parse(data.join("\n")) } : null;
}

/** The events of a response, one by one, as they arrive. */
export async function* events(response) {
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let held = "";
  try {
    for (;;) {
      const { done, value } = await read(reader);
      held = (held + decoder.decode(value || new Uint8Array(), { stream: !done })).replace(/\r\n?/g, "\n");
      const blocks = held.split("\n\n");
      held = blocks.pop();
      for (const block of blocks) {
        const event = parsed(block);
        if (event) yield event;
      }
      if (done) return;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
