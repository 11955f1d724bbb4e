import { writeZip, xmlElement, type SolutionPackage, type XmlElement } from '../../../packaging/index.ts';
import type { Lookup, Row } from '../../query/index.ts';
import { readRow } from '../../storage/index.ts';
import { faults } from '../faults.ts';
import { shapeOf } from '../metadata/table-shape.ts';
import { solutionsOfPlatform } from './default-solutions.ts';
import type { ImportPlatform } from './import-platform.ts';
import { addLayer, layersTable } from './layers.ts';
import { findSolution, keepNewPackage, packagesTable } from './packages.ts';
import { refusal } from './refusals.ts';

/** Refuses a row of `publisher` whose prefixes could not be those of components. */
export function requirePublisher({ database }: ImportPlatform, id: string, row: Row): void {
  const { uniquename, customizationprefix: prefix, customizationoptionvalueprefix: options } = row;
  if (typeof uniquename === 'string' && isTaken(database, 'publisher', { uniquename, id }))
    throw faults.componentExists('publisher', uniquename);
  if (prefix !== undefined && (!/^[a-z][a-z0-9]{1,7}$/i.test(String(prefix ?? '')) || /^mscrm/i.test(String(prefix))))
    throw refusal(
      'badPrefix',
      `The customization prefix '${String(prefix)}' has two to eight letters and digits, begins with a letter, and does not begin with 'mscrm'.`,
    );
  if (options !== undefined && options !== null && !(Number(options) >= 10_000 && Number(options) <= 99_999))
    throw refusal(
      'badOptionPrefix',
      `The prefix of option values '${String(options)}' is not between 10000 and 99999.`,
    );
}

/** Completes the row of a new solution, and refuses one that could not be exported. */
export function requireNewSolution({ database, clock }: ImportPlatform, id: string, row: Row): void {
  const name = String(row['uniquename'] ?? '');
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    throw refusal(
      'badSolutionName',
      'Invalid character specified for solution unique name. Only characters within the ranges [A-Z], [a-z], [0-9] or _ are allowed. The first character may only be in the ranges [A-Z], [a-z] or _.',
    );
  const isOwn = solutionsOfPlatform.some((one) => one.toLowerCase() === name.toLowerCase());
  if (isOwn || findSolution(database, name) !== undefined || isTaken(database, 'solution', { uniquename: name, id }))
    throw faults.solutionNameTaken(name);
  const version = String((row['version'] ??= '1.0.0.0'));
  if (!/^\d+(\.\d+){1,3}$/.test(version)) throw refusal('badVersion', 'An invalid solution version was specified.');
  if (row['publisherid'] === undefined || row['publisherid'] === null)
    throw faults.requiredMissing('publisherid', 'solution');
  const now = `${clock.now().toISOString().slice(0, 19)}Z`;
  Object.assign(row, { ismanaged: false, isvisible: true, installedon: now, updatedon: now });
  row['friendlyname'] ??= name;
}

function isTaken(
  database: ImportPlatform['database'],
  table: 'solution' | 'publisher',
  { uniquename, id }: { readonly uniquename: string; readonly id: string },
): boolean {
  const sql = `select 1 from ${table} where uniquename = ? collate nocase and ${table}id <> ?`;
  return database.get(sql, [uniquename, id]) !== undefined;
}

/** Keeps the package a new solution is at first: itself, and nothing in it. */
export async function keepNewSolution(platform: ImportPlatform, id: string, row: Row): Promise<void> {
  const { database } = platform;
  database.exec(packagesTable);
  database.exec(layersTable);
  const name = String(row['uniquename']);
  const publisher = publisherRow(platform, row);
  const zip = await writeZip(emptyPackage(row, publisher));
  keepNewPackage(database, { name, version: String(row['version']), publisher: String(publisher['uniquename']), zip });
  addLayer(database, { solution: name, table: 'solution', id, isManaged: false });
}

export function publisherRow({ database, catalogue }: ImportPlatform, solution: Row): Row {
  const { id } = solution['publisherid'] as Lookup;
  const publisher = readRow(database, shapeOf(catalogue.table('publisher')!), { publisherid: id });
  if (publisher === undefined) throw faults.rowNotFound('Publisher', id);
  return publisher;
}

const text = (name: string, value: unknown): XmlElement =>
  value === null || value === undefined || value === ''
    ? xmlElement(name, { 'xsi:nil': 'true' })
    : xmlElement(name, {}, [String(value)]);

const localized = (name: unknown) =>
  xmlElement('LocalizedNames', {}, [
    xmlElement('LocalizedName', { description: String(name ?? ''), languagecode: '1033' }),
  ]);

const described = (description: unknown) =>
  xmlElement(
    'Descriptions',
    {},
    description === null || description === undefined
      ? []
      : [xmlElement('Description', { description: String(description), languagecode: '1033' })],
  );

const namespace = { 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance' };

/** A package with the manifest of these rows and no components. */
export function emptyPackage(solution: Row, publisher: Row): SolutionPackage {
  const manifest = xmlElement(
    'ImportExportXml',
    {
      version: '9.2.24000.100',
      SolutionPackageVersion: '9.2',
      languagecode: '1033',
      generatedBy: 'CrmLive',
      ...namespace,
    },
    [
      xmlElement('SolutionManifest', {}, [
        text('UniqueName', solution['uniquename']),
        localized(solution['friendlyname']),
        described(solution['description']),
        text('Version', solution['version']),
        text('Managed', '0'),
        xmlElement('Publisher', {}, [
          text('UniqueName', publisher['uniquename']),
          localized(publisher['friendlyname']),
          described(publisher['description']),
          text('EMailAddress', publisher['emailaddress']),
          text('SupportingWebsiteUrl', publisher['supportingwebsiteurl']),
          text('CustomizationPrefix', publisher['customizationprefix']),
          text('CustomizationOptionValuePrefix', publisher['customizationoptionvalueprefix']),
          xmlElement('Addresses'),
        ]),
        xmlElement('RootComponents'),
        xmlElement('MissingDependencies'),
      ]),
    ],
  );
  const parts = [
    'Entities',
    'Roles',
    'Workflows',
    'FieldSecurityProfiles',
    'Templates',
    'EntityMaps',
    'EntityRelationships',
    'OrganizationSettings',
    'optionsets',
    'CustomControls',
    'EntityDataProviders',
  ].map((name) => xmlElement(name));
  const languages = xmlElement('Languages', {}, [xmlElement('Language', {}, ['1033'])]);
  return {
    manifest,
    customizations: xmlElement('ImportExportXml', namespace, [...parts, languages]),
    files: new Map(),
  };
}
