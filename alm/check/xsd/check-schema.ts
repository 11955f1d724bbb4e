import {
  attribute,
  descendants,
  elements,
  identityOf,
  writeXml,
  type Places,
  type SolutionPackage,
  type XmlElement,
} from '../../../packaging/index.ts';
import type { Found } from '../finding.ts';
import { asOfTheSchemas } from './newer-than-schemas.ts';
import { readSchemas } from './published-schemas.ts';
import { validate, type Violation } from './validate.ts';

/**
 * What in customizations.xml the published schemas refuse, less what the platform has learned since.
 *
 * @param folder holds the schemas
 * @throws BuildError when it does not
 */
export async function checkSchema(solution: SolutionPackage, folder: string, places?: Places): Promise<Found[]> {
  const schemas = readSchemas(folder);
  const { isManaged } = identityOf(solution);
  const document = numbered(solution.customizations);
  const charts = [...descendants(solution.customizations, 'datadefinition')].map(numbered);
  const request = [
    { schema: 'CustomizationsSolution.xsd', xml: document.xml },
    ...charts.map(({ xml }) => ({ schema: 'VisualizationDataDescription.xsd', xml })),
  ];
  const answers = await validate({ schemas, documents: request });
  return answers.flatMap((violations, index) => {
    const { elementAt, parents } = [document, ...charts][index]!;
    return violations
      .filter(({ message }) => !(isManaged && isOfADifference(message)))
      .map((violation) => asFound(violation, elementAt(violation.line), { parents, places }));
  });
}

/** Forms and site maps of managed packages may be differences, which lack what did not change. */
const isOfADifference = (message: string) => message.includes('Missing child element(s)');

interface Numbered {
  readonly xml: string;
  /** The element whose start tag ends on this line. */
  elementAt(line: number): XmlElement | undefined;
  readonly parents: ReadonlyMap<XmlElement, XmlElement>;
}

/**
 * The document as of the schemas, written so that each line holds one start tag: the line of an error names the element.
 */
function numbered(root: XmlElement): Numbered {
  const originals = new Map<XmlElement, XmlElement>();
  const parents = new Map<XmlElement, XmlElement>();
  const copy = asOfTheSchemas(root, { copied: (made, original) => void originals.set(made, original) });
  const inOrder: XmlElement[] = [];
  const visit = (element: XmlElement) => {
    inOrder.push(originals.get(element) ?? element);
    for (const inner of elements(element)) {
      parents.set(originals.get(inner) ?? inner, originals.get(element) ?? element);
      visit(inner);
    }
  };
  visit(copy);
  const xml = writeXml(flat(copy)).replaceAll('\uE000', '\n');
  return { xml, elementAt: (line) => inOrder[line - 1], parents };
}

/** No line ends but one in front of each element, which is where its line begins. */
function flat(element: XmlElement): XmlElement {
  return {
    ...element,
    children: element.children.flatMap((node) => {
      if (node.kind === 'element') return [{ kind: 'text' as const, text: '\uE000' }, flat(node)];
      return node.kind === 'text' || node.kind === 'cdata'
        ? [{ kind: 'text' as const, text: node.text.replace(/\s+/g, ' ') }]
        : [];
    }),
  };
}

/** Nothing of the platform was found to differ from the schemas in these. */
const strict = new Set(['RibbonDiffXml', 'fetch', 'datadefinition']);
/** What a newer platform may have added, as much as a slip of the pen. */
const unknownTo = /not expected|not allowed|not an element of the set|enumeration/;

function asFound(
  { message }: Violation,
  element: XmlElement | undefined,
  { parents, places }: { parents: ReadonlyMap<XmlElement, XmlElement>; places: Places | undefined },
): Found {
  const above: XmlElement[] = [];
  for (let one = element; one !== undefined; one = parents.get(one)) above.push(one);
  const isStrict = above.some(({ name }) => strict.has(name));
  const place = element === undefined ? undefined : places?.get(element);
  return {
    rule: isStrict || !unknownTo.test(message) ? 'schema' : 'schema-unknown',
    at: above.reverse().map(nameOf).join('/'),
    message: message.replace(/\s+/g, ' '),
    file: place?.file ?? 'customizations.xml',
    ...(place === undefined ? {} : { line: place.line }),
  };
}

function nameOf(element: XmlElement): string {
  const name = attribute(element, 'Name') ?? attribute(element, 'name') ?? attribute(element, 'PhysicalName');
  return name === undefined ? element.name : `${element.name}[${name}]`;
}
