import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, type BuildFailure } from 'esbuild';
import { BuildError } from './build-error.ts';

/** Folders of `plugins-ts/` that hold the form scripts of a table. */
export function scriptTables(root: string): string[] {
  const folder = join(root, 'plugins-ts');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'index.ts')))
    .sort();
}

/**
 * Bundles `plugins-ts/<table>/index.ts` into `dist/web-resources/<table>.js`, whose exports are at `FnO.<Table>`.
 *
 * @throws BuildError with file, line and what is wrong
 */
export async function buildWebResources(
  root: string,
  { only, log }: { only?: readonly string[]; log: (text: string) => void },
): Promise<void> {
  for (const table of scriptTables(root).filter((name) => only?.includes(name) ?? true)) {
    await bundle(root, table);
    log(`bundled form scripts of ${table}`);
  }
}

/** `account` is `FnO.Account`, `fno_creditlimitrequest` is `FnO.Creditlimitrequest`. */
function namespaceOf(table: string): string {
  const name = table.replace(/^[a-z0-9]+_/, '');
  return `FnO.${name[0]!.toUpperCase()}${name.slice(1)}`;
}

async function bundle(root: string, table: string): Promise<void> {
  try {
    await build({
      absWorkingDir: root,
      entryPoints: [`plugins-ts/${table}/index.ts`],
      outfile: `dist/web-resources/${table}.js`,
      bundle: true,
      format: 'iife',
      // esbuild keeps a namespace that another script has made and adds to it.
      globalName: namespaceOf(table),
      target: 'es2019',
      charset: 'utf8',
      legalComments: 'none',
      logLevel: 'silent',
    });
  } catch (error) {
    const [first] = (error as BuildFailure).errors ?? [];
    const place = first?.location ? `${first.location.file}:${first.location.line}: ` : '';
    const text = first?.text ?? (error as Error).message;
    throw new BuildError(`The form scripts of ${table} could not be bundled: ${place}${text}`);
  }
}
