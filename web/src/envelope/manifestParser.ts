import { isUnicode } from "./bytes.ts";
import { JsonReader } from "./jsonReader.ts";
import type { Manifest, ManifestFile } from "./manifest.ts";
import { maxContentLength } from "./padding.ts";

/** The type of a file whose sender names none. */
export const defaultFileType = "application/octet-stream";

/**
 * Reads the JSON of a manifest, which comes from whoever made the link and may be anything. Not by JSON.parse, to which
 * 1, 1.0 and 1e0 are the same.
 */
export function parseManifest(text: string): Manifest | null {
  const json = new JsonReader(text);
  json.read();
  const manifest = readManifest(json);
  return json.read() === "end" ? manifest : null;
}

// Of a field that is there twice the last one counts, so a bad value is remembered as null and reading goes on.
function readManifest(json: JsonReader): Manifest | null {
  if (!json.is("{")) {
    return null;
  }
  let files: readonly ManifestFile[] | null = null;
  let text = false;
  while (json.read() === "name") {
    const field = textOf(json);
    json.read();
    if (field === "files") {
      files = readFiles(json);
      continue;
    }
    if (field === "text") {
      text = json.is("true");
    }
    json.skip();
  }
  return files === null || files.length === 0 ? null : { files, text: text && files.length === 1 };
}

function readFiles(json: JsonReader): readonly ManifestFile[] | null {
  if (!json.is("[")) {
    json.skip();
    return null;
  }
  const files: ManifestFile[] = [];
  let good = true;
  let left = maxContentLength;
  while (json.read() !== "]" && !json.is("error")) {
    const file = readFile(json);
    if (file === null || file.size > left) {
      good = false;
    } else {
      left -= file.size;
      files.push(file);
    }
  }
  return good ? files : null;
}

function readFile(json: JsonReader): ManifestFile | null {
  if (!json.is("{")) {
    json.skip();
    return null;
  }
  let name: string | null = null;
  let type: string | null = defaultFileType;
  let size: number | null = null;
  while (json.read() === "name") {
    const field = textOf(json);
    json.read();
    if (field === "name") {
      name = textOf(json);
    } else if (field === "type") {
      type = textOf(json);
    } else if (field === "size") {
      size = sizeOf(json);
    }
    json.skip();
  }
  return name === null || type === null || size === null ? null : { name, type, size };
}

// "1e3" and "1.0" are whole numbers to some readers and not to others: digits are digits to all.
function sizeOf(json: JsonReader): number | null {
  if (!json.is("number") || !/^[0-9]+$/.test(json.spelled)) {
    return null;
  }
  const size = Number(json.spelled);
  return size <= maxContentLength ? size : null;
}

// Null for a lone surrogate too, which JSON can spell with an escape.
function textOf(json: JsonReader): string | null {
  if (!json.is("string") && !json.is("name")) {
    return null;
  }
  const text = JSON.parse(json.spelled) as string;
  return isUnicode(text) ? text : null;
}
