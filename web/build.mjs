// Bundles scripts, styles, fonts and images into the folder that the server serves as /assets.
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compileAsync, NodePackageImporter } from "sass";
import { errorPages } from "./errorPages.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const assets = here("../src/OneTimeShare.Server/wwwroot/assets");

// Bootstrap 5.3 is still written with @import and the global functions: its own warnings are no news to us.
const bootstrapsAge = ["import", "global-builtin", "color-functions", "if-function"];

const sass = {
  name: "sass",
  setup({ onLoad }) {
    onLoad({ filter: /\.scss$/ }, async ({ path }) => {
      const { css, loadedUrls } = await compileAsync(path, {
        importers: [new NodePackageImporter(here("."))],
        quietDeps: true,
        silenceDeprecations: bootstrapsAge,
      });
      const watchFiles = loadedUrls.filter((url) => url.protocol === "file:").map((url) => fileURLToPath(url));
      return { contents: css, loader: "css", resolveDir: dirname(path), watchFiles };
    });
  },
};

const common = {
  outdir: assets,
  bundle: true,
  minify: true,
  legalComments: "inline",
  target: ["chrome111", "firefox113", "safari16.4"],
  logLevel: "warning",
};

await rm(assets, { recursive: true, force: true });
// A module for each page, whole in one file.
await build({
  ...common,
  entryPoints: ["share", "receive", "receipt"].map((page) => here(`src/pages/${page}.ts`)),
  format: "esm",
});
// Workers are scripts and no modules, which not every browser takes there.
await build({
  ...common,
  entryPoints: ["envelopeWorker", "serviceWorker"].map((worker) => here(`src/${worker}.ts`)).filter(existsSync),
  format: "iife",
});
await build({
  ...common,
  entryPoints: [
    { in: here("src/styles/site.scss"), out: "site" },
    { in: here("src/images/favicon.svg"), out: "favicon" },
  ],
  assetNames: "[name]",
  // Files, never data: URIs, which the content security policy would refuse.
  loader: { ".woff2": "file", ".svg": "copy" },
  plugins: [sass],
});

const errors = here("../deploy/errors");
const { css } = await compileAsync(here("src/styles/errors.scss"), {
  style: "compressed",
  silenceDeprecations: bootstrapsAge,
});
await mkdir(errors, { recursive: true });
for (const { name, html } of errorPages(css)) {
  await writeFile(`${errors}/${name}`, html);
}
