import { paraglideVitePlugin } from "@inlang/paraglide-js";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  plugins: [
    paraglideVitePlugin({
      project: "./project.inlang",
      outdir: "./src/lib/i18n/generated",
      strategy: ["globalVariable", "baseLocale"],
      emitTsDeclarations: true,
      outputStructure: "locale-modules",
    }),
    svelte(),
  ],
  // Fonts that a PDF may leave out.
  assetsInclude: ["**/*.pfb"],
  clearScreen: false,
  // The tests compare the messages with the words of the Rust sources.
  server: { port: 1420, strictPort: true, ...(mode === "test" && { fs: { allow: [".", "../core/src", "../src-tauri/src"] } }) },
  build: {
    target: "safari16",
    // The content security policy has no data: fonts and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    // pdf.js asks for this one by its own name.
    rolldownOptions: { output: { assetFileNames: (a) => `assets/[name]${a.names.includes("openjpeg_nowasm_fallback.js") ? "" : "-[hash]"}[extname]` } },
  },
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
  test: {
    environment: "jsdom",
    setupFiles: ["./src/test/setup.ts"],
    include: ["src/**/*.test.ts"],
    testTimeout: 20000,
    css: true,
  },
}));
