import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, type BuildFailure } from 'esbuild';
import { BuildError } from './build-error.ts';

/** Bundles `plugins-ts/<table>/index.ts` into one script a table, which puts its exports under `FnO.<Table>`. */
export async function buildWebResources(root: string, log: (text: string) => void): Promise<void> {
  const folder = join(root, 'plugins-ts');
  for (const table of readdirSync(folder).filter((name) => existsSync(join(folder, name, 'index.ts'))).sort()) {
    await bundle(root, table);
    log(`bundled form scripts of ${table}`);
  }
}

async function bundle(root: string, table: string): Promise<void> {
  const name = table.replace(/^fno_/, '');
  try {
    await build({
      absWorkingDir: root,
      entryPoints: [`plugins-ts/${table}/index.ts`],
      outfile: `dist/web-resources/${table}.js`,
      bundle: true,
      format: 'iife',
      globalName: `FnO.${name[0]!.toUpperCase()}${name.slice(1)}`,
      target: 'es2019',
      charset: 'utf8',
      legalComments: 'none',
      logLevel: 'silent',
      // The namespace is made by esbuild and shared by the scripts of all tables.
      banner: { js: '"use strict";' },
    });
  } catch (error) {
    const [first] = (error as BuildFailure).errors ?? [];
    const place = first?.location ? `${first.location.file}:${first.location.line}: ` : '';
    throw new BuildError(`The form scripts of ${table} could not be bundled: ${place}${first?.text ?? (error as Error).message}`);
  }
}
