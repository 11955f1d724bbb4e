import { attribute, children, elements, text, type XmlElement } from '../../../packaging/index.ts';
import type { Checked } from '../checked.ts';
import type { Rule } from '../rule.ts';

const labelSets = new Set(['LocalizedNames', 'LocalizedCollectionNames', 'displaynames', 'labels', 'Titles']);

/** Languages against the base language of the environment the solution comes from. */
export const languageRules: readonly Rule[] = [
  {
    id: 'language-base',
    severity: 'warning',
    code: '0x80048026',
    fails: 'Languages the target lacks are ignored: a label without the base language may be left without any text.',
    mend: 'Add the label in the base language, and the language to Languages.',
    *check(solution) {
      const base = attribute(solution.solution.manifest, 'languagecode') ?? '';
      if (base === '') return;
      const listed = solution.list('Languages', 'Language');
      if (listed.length > 0 && !listed.some((node) => text(node) === base))
        yield { at: 'Languages', message: `The base language ${base} is not listed.`, node: listed[0] };
      for (const { at, node } of owners(solution))
        for (const set of setsIn(node)) {
          const languages = elements(set).map((one) => attribute(one, 'languagecode') ?? attribute(one, 'LCID'));
          if (languages.length > 0 && !languages.includes(base))
            yield {
              at,
              message: `<${set.name}> has ${languages.join(', ')}, and not the base language ${base}.`,
              node: set,
            };
        }
    },
  },
];

function owners(solution: Checked): { at: string; node: XmlElement }[] {
  return [
    ...solution.tables.map(({ logicalName, node }) => ({ at: `table ${logicalName}`, node })),
    ...elements(solution.customizations)
      .filter(({ name }) => name !== 'Entities')
      .flatMap((list) => elements(list).map((node) => ({ at: nameOf(node), node }))),
  ];
}

const nameOf = (node: XmlElement) =>
  `${node.name} ${
    attribute(node, 'Name') ??
    children(node, 'UniqueName')
      .map((one) => text(one))
      .join('')
  }`.trim();

function* setsIn(node: XmlElement): Generator<XmlElement> {
  for (const inner of elements(node)) {
    if (labelSets.has(inner.name)) yield inner;
    else yield* setsIn(inner);
  }
}
