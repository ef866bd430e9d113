import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const COMPRESSIBLE = /\.(?:html|js|css|svg|txt)$/u;

/** Puts a .gz and a .br next to each file that gets smaller by it. */
export function compress(folder) {
  const files = readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
  for (const file of files.filter((name) => COMPRESSIBLE.test(name))) {
    const content = readFileSync(file);
    keepIfSmaller(`${file}.gz`, gzipSync(content, { level: 9 }), content);
    keepIfSmaller(`${file}.br`, brotliCompressSync(content, { params: brotliParameters(content) }), content);
  }
}

function brotliParameters(content) {
  return {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
}

function keepIfSmaller(file, packed, content) {
  if (packed.length < content.length) {
    writeFileSync(file, packed);
  }
}
