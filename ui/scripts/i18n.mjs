// Compiles messages/{nl,en}/*.json to functions, as the build does. Works without a network.
import { compile } from "@inlang/paraglide-js";

await compile({ project: "./project.inlang", outdir: "./src/lib/i18n/generated", strategy: ["globalVariable", "baseLocale"], emitTsDeclarations: true, outputStructure: "locale-modules" });
