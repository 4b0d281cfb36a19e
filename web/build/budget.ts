import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Built } from "./bundle.ts";
import type { Budget, WebApp } from "./web_apps.ts";

/** A bundle exceeds its size budget. */
export class OverBudget extends Error {
  override name = "OverBudget";
}

/** What a browser downloads of this text. Bytes. */
const sizes: Record<Budget["compressed"], (text: string) => number> = {
  gzip: (text) => gzipSync(text, { level: 9 }).byteLength,
  brotli: (text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).byteLength,
};

/** One line for each size budget of a web app. @throws {OverBudget} */
export function checkBudget(webApp: WebApp, { texts, first }: Built): string[] {
  return webApp.budget.map(({ files, bytes, compressed }) => {
    const all = files.flatMap((name) => name === webApp.app?.name ? first : [name]);
    const size = all.reduce((sum, name) => sum + sizes[compressed](texts.get(name) ?? ""), 0);
    const line = `${webApp.name}: ${files.join(" + ")} ${size} of ${bytes} bytes, ${compressed}`;
    if (size > bytes) throw new OverBudget(line);
    return line;
  });
}
