// Uploads a file with the stock tus client over a line that breaks: node upload.mjs SERVER RECEIPT_TOKEN FILE
// Two connections are cut in the middle of a piece, and a second client goes on where the first one was stopped. The
// last line says where the upload is.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { Upload } from "tus-js-client";

const [server, token, path] = process.argv.slice(2);
const { hostname, port } = new URL(server);
const envelope = await readFile(path);
const pieceLength = Math.ceil(envelope.length / 5);
const cut = { left: 2, after: pieceLength / 2 };

const line = createServer((client) => {
  const upstream = connect(Number(port), hostname);
  let sent = 0;
  client.on("data", (bytes) => {
    upstream.write(bytes);
    sent += bytes.length;
    if (cut.left > 0 && sent > cut.after) {
      cut.left--;
      client.destroy();
      upstream.end();
    }
  });
  upstream.pipe(client);
  client.on("end", () => upstream.end());
  for (const socket of [client, upstream]) socket.on("error", () => {});
});
line.listen(0, "127.0.0.1");
await once(line, "listening");

let broken = 0;
const upload = (options, onPiece = () => {}) =>
  new Promise((resolve, reject) => {
    const client = new Upload(envelope, {
      endpoint: `http://127.0.0.1:${line.address().port}/api/v1/uploads`,
      headers: { Authorization: `Bearer ${token}` },
      metadata: { filename: "never-kept.txt" },
      chunkSize: pieceLength,
      retryDelays: [0, 0, 0],
      onShouldRetry: () => ++broken > 0,
      onChunkComplete: (_, accepted) => onPiece(client, accepted, resolve),
      onSuccess: () => resolve(client.url),
      onError: reject,
      ...options,
    });
    client.start();
  });

const stopped = await upload({}, async (client, accepted, resolve) => {
  if (accepted >= 3 * pieceLength) {
    await client.abort();
    resolve(client.url);
  }
});
const url = await upload({ uploadUrl: stopped });
if (broken < 2) throw new Error(`The line broke ${broken} times only.`);
console.log(new URL(url).pathname);
process.exit(0);
