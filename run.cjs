// Runs a program of this repository: `node run.cjs emulator/start.ts --port 7071`.
//
// Its TypeScript is bundled first, in memory (docs/decisions/0006): one file loads in less time than a thousand, and no
// function is given its name anew whenever it is made. What a file says of its own place stays true of that file.
const { readFile } = require('node:fs/promises');
const { Module } = require('node:module');
const { dirname, resolve } = require('node:path');
const { build, stop } = require('esbuild');

async function bundled(program) {
  const places = {
    name: 'places',
    setup({ onLoad }) {
      onLoad({ filter: /\.[cm]?tsx?$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        if (!/\b(__dirname|__filename|require\.main)\b/.test(text)) return undefined;
        const places = `const __filename = ${JSON.stringify(path)}, __dirname = ${JSON.stringify(dirname(path))};`;
        return {
          loader: path.endsWith('x') ? 'tsx' : 'ts',
          contents: places + text.replace('require.main === module', String(path === program)),
        };
      });
    },
  };
  const { outputFiles } = await build({
    entryPoints: [program],
    // Nothing is written: it stands for the place that sources and packages are looked for from.
    outfile: `${program}.cjs`,
    write: false,
    bundle: true,
    platform: 'node',
    target: `node${process.versions.node}`,
    format: 'cjs',
    packages: 'external',
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'error',
    plugins: [places],
  });
  return outputFiles[0].text;
}

async function run([file, ...options]) {
  const program = resolve(file);
  const text = await bundled(program);
  await stop();
  process.argv = [process.argv[0], program, ...options];
  process.setSourceMapsEnabled(true);
  const main = new Module(program);
  main.filename = program;
  main.paths = Module._nodeModulePaths(dirname(program));
  main._compile(text, program);
}

run(process.argv.slice(2)).catch((error) => {
  // What cannot be bundled has been explained.
  if (error.errors === undefined) console.error(error);
  process.exit(1);
});
