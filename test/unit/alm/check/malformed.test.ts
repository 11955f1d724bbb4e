import fc from 'fast-check';
import { asFindings, checkSolution } from '../../../../alm/check/check-solution.ts';
import { elements, setAttribute, type SolutionPackage, type XmlElement } from '../../../../packaging/index.ts';
import { asPackage, soundTexts } from '../../../support/a-sound-solution.ts';

/** Every element of a package that the rules look at. */
function all({ manifest, customizations }: SolutionPackage): XmlElement[] {
  const below = (node: XmlElement): XmlElement[] => [node, ...elements(node).flatMap(below)];
  return [...below(manifest), ...below(customizations)];
}

const damages: readonly ((node: XmlElement, other: XmlElement) => void)[] = [
  (node) => void (node.children = []),
  (node) => void (node.attributes = new Map()),
  (node) => void (node.name = 'Sheep'),
  (node, other) => void (node.children = [{ ...other, children: [] }]),
  (node) => void (node.children = [{ kind: 'text', text: '${} $webresource: \\ [*+?(' }]),
  (node) => void node.attributes.forEach((_, key) => setAttribute(node, key, '$LocLabels:{')),
  (node) => void (node.children = [...node.children, ...node.children]),
];

test('whatever is missing, doubled or strange, the check ends with findings', () => {
  const damage = fc.record({ at: fc.nat(), other: fc.nat(), how: fc.nat(damages.length - 1) });
  const run = (list: readonly { at: number; other: number; how: number }[]) => {
    const solution = asPackage(soundTexts());
    const nodes = all(solution);
    for (const { at, other, how } of list)
      damages[how]!(nodes[at % nodes.length]!, structuredClone(nodes[other % nodes.length]!));
    expect(() => asFindings(checkSolution(solution, { previous: asPackage(soundTexts()) }))).not.toThrow();
  };
  fc.assert(fc.property(fc.array(damage, { minLength: 1, maxLength: 12 }), run), { numRuns: 80 });
});

test('files that are cut short or of no known kind end with findings', () => {
  const texts = soundTexts();
  for (const path of Object.keys(texts.files)) texts.files[path] = String(texts.files[path]).slice(0, 40);
  const rules = new Set(checkSolution(asPackage(texts)).map(({ rule }) => rule));
  expect([...rules]).toEqual(expect.arrayContaining(['xml-malformed', 'flow-json']));
  const odd = soundTexts();
  for (const path of Object.keys(odd.files)) odd.files[path] = 'null';
  expect(() => checkSolution(asPackage(odd))).not.toThrow();
  for (const path of Object.keys(odd.files))
    odd.files[path] = '{"properties":{"definition":{"actions":[1,null,{"a":null}]},"connectionReferences":[null]}}';
  expect(() => checkSolution(asPackage(odd))).not.toThrow();
});

test('an empty package ends with findings', () => {
  const empty = asPackage({ manifest: '<x />', customizations: '<x />', files: {} });
  expect(checkSolution(empty).map(({ rule }) => rule)).toContain('solution-name');
});
