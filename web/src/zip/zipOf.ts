import type { Bytes } from "../envelope/bytes.ts";
import { FileSplitter, type FilePart } from "../envelope/fileSplitter.ts";
import type { Manifest } from "../envelope/manifest.ts";
import type { ZipLayout } from "./zipLayout.ts";
import { ZipWriter } from "./zipWriter.ts";

/** The zip of all files, out of their content as it comes. */
export async function* zipOf(
  content: AsyncIterable<Bytes>,
  manifest: Manifest,
  layout: ZipLayout,
): AsyncGenerator<Bytes, void, undefined> {
  const writer = new ZipWriter(layout);
  const splitter = new FileSplitter(manifest);
  let begun = false;
  function* written(parts: Iterable<FilePart>): Generator<Bytes, void, undefined> {
    for (const { bytes, last } of parts) {
      if (!begun) {
        yield writer.beginFile();
      }
      begun = !last;
      if (bytes.length > 0) {
        writer.account(bytes);
        yield bytes.slice(); // whoever takes it may give it away, and the rest of the piece with it
      }
      if (last) {
        yield writer.endFile();
      }
    }
  }
  for await (const piece of content) {
    yield* written(splitter.split(piece));
  }
  yield* written(splitter.finish());
  yield* writer.complete();
}
