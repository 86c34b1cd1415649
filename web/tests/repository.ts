import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder that holds everything: these tests run from inside it. */
export const repository = findRepository(process.cwd());

function findRepository(folder: string): string {
  if (existsSync(join(folder, "OneTimeShare.slnx"))) {
    return folder;
  }
  const parent = dirname(folder);
  if (parent === folder) {
    throw new Error("These tests run from inside the repository.");
  }
  return findRepository(parent);
}
