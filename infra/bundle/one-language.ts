import type { Plugin } from "esbuild";

/**
 * zod exports its error messages in fifty languages as one object, which no bundler can take apart: a third of a megabyte that
 * every cold start would read. Only its English ones are ever asked for; what people read is our own vocabulary.
 */
export const oneLanguage: Plugin = {
  name: "one-language",
  setup: (build) => {
    build.onResolve({ filter: /\/locales\/index\.js$/ }, ({ importer, resolveDir, path }) =>
      /\/node_modules\/zod\//.test(importer)
        ? { path, namespace: "one-language", pluginData: resolveDir }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "one-language" }, ({ path, pluginData }) => ({
      contents: `export { default as en } from "${path.replace(/index\.js$/, "en.js")}";`,
      resolveDir: String(pluginData),
    }));
  },
};
