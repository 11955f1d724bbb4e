import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from '../../build-error.ts';

/** .NET regular expressions of the published schemas, and what a strict processor takes instead. */
const mends: readonly (readonly [file: string, from: string, to: string])[] = [
  ['FormXml.xsd', '(\\$webresource:|/)(.)+', '($webresource:|/)(.)+'],
  ['FormXml.xsd', '^(100|[0-9]{1,2})%$', '(100|[0-9]{1,2})%'],
  ['FormXml.xsd', '(?![cC][rR][mM]_)([A-Za-z0-9])+([_])+([A-Za-z0-9_])*', '([A-Za-z0-9])+([_])+([A-Za-z0-9_])*'],
  ['CustomizationsSolution.xsd', '^(100|[0-9]{1,2})%$', '(100|[0-9]{1,2})%'],
  ['Fetch.xsd', '^[0-9]+(\\.[0-9]+){1,3}$', '[0-9]+(\\.[0-9]+){1,3}'],
];

/**
 * The schemas Microsoft publishes for customizations.xml, of a folder, by file name, mended in memory.
 *
 * @throws BuildError when the folder does not hold them
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/customization-solutions-file-schema
 */
export function readSchemas(folder: string): Record<string, string> {
  const names = readNames(folder).filter((name) => name.endsWith('.xsd'));
  const schemas = Object.fromEntries(
    names.map((name) => [name, readFileSync(join(folder, name), 'utf8').replace(/^\uFEFF/, '')]),
  );
  for (const [file, from, to] of mends) {
    const text = schemas[file];
    if (text === undefined) throw new BuildError(`${folder} has no ${file}: it must hold the schemas as published.`);
    // A copy that somebody has mended already is as good.
    schemas[file] = text.replaceAll(from, to);
  }
  schemas['FormXml.xsd'] = withoutSecondChoice(schemas['FormXml.xsd']!);
  return schemas;
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    throw new BuildError(`There is no folder ${folder} with the schemas.`);
  }
}

/**
 * Parameters of the search widget are a choice of their own beside one that holds them already: the same documents are
 * valid without the second, and a strict processor asks for one way to read each.
 */
function withoutSecondChoice(schema: string): string {
  const choice =
    /<!-- Search Widget parameters -->\s*<xs:choice [^>]*>\s*<xs:group ref="SearchWidgetControlParameters"[^>]*>\s*<\/xs:choice>/;
  return schema.replace(choice, '');
}
