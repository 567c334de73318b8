// Whether the library lies in files of its own, which the processes that it starts load: a bundler may have
// put it into one file with the program. Imports nothing: in such a file even that may fail.

if (typeof __filename !== 'string' || !/[\\/]own-files\.\w+$/.test(__filename)) {
  throw new Error(
    'parlab starts processes with its own files, so it cannot be part of a bundle. Keep it external: ' +
      "esbuild --external:parlab; external: ['parlab'] for Rollup and Vite; " +
      "externals: { parlab: 'commonjs parlab' } for webpack.",
  );
}
