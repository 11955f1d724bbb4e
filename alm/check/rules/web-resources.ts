import { attribute, childText, descendants } from '../../../packaging/index.ts';
import { repeated } from '../checked.ts';
import { readXml } from '../own-files.ts';
import type { Rule } from '../rule.ts';

/** Web resources. */
export const webResourceRules: readonly Rule[] = [
  {
    id: 'web-resource-name',
    severity: 'error',
    code: '0x8004F117',
    fails:
      'The import refuses other characters than letters, digits and _ - . /, two slashes in a row, and .aspx, .ascx, .asmx, .ashx (0x8004F119).',
    mend: 'Name the web resource anew.',
    *check({ webResources }) {
      for (const [name, node] of webResources)
        if (!/^[\w./-]+$/.test(name) || name.includes('//') || /\.as[cmph]x$/i.test(name))
          yield { at: `web resource ${name}`, message: `'${name}' is no name for a web resource.`, node };
    },
  },
  {
    id: 'web-resource-twice',
    severity: 'error',
    code: '0x8004F115',
    fails: 'The import refuses two web resources of one name.',
    mend: 'Name one of them anew.',
    *check(solution) {
      const names = solution.list('WebResources', 'WebResource').map((node) => childText(node, 'Name'));
      for (const name of repeated(names))
        yield { at: `web resource ${name}`, message: 'It is there twice.', node: solution.webResources.get(name) };
    },
  },
  {
    id: 'web-resource-type',
    severity: 'error',
    code: '0x8004F111',
    fails: 'The import refuses types of web resources other than 1 to 12.',
    mend: 'Set WebResourceType: 1 HTML, 2 CSS, 3 JavaScript, 4 XML, 5 PNG, 6 JPG, 7 GIF, 8 XAP, 9 XSL, 10 ICO, 11 SVG, 12 RESX.',
    *check({ webResources }) {
      for (const [name, node] of webResources) {
        const type = childText(node, 'WebResourceType');
        if (!/^([1-9]|1[0-2])$/.test(type))
          yield { at: `web resource ${name}`, message: `Its type is '${type}'.`, node };
      }
    },
  },
  {
    id: 'web-resource-dependency',
    severity: 'error',
    code: '0x8004801D',
    fails: 'The script runs without what it needs: a library in its DependencyXml is in neither package nor target.',
    mend: 'Add the library to the solution, or take it out of DependencyXml.',
    *check(solution) {
      for (const [name, node] of solution.webResources) {
        const escaped = childText(node, 'DependencyXml');
        if (escaped === '') continue;
        const at = `web resource ${name}`;
        const { root, problem } = readXml(Buffer.from(escaped), 'DependencyXml');
        if (problem !== undefined) yield { at, message: problem.message, node };
        for (const library of root === undefined ? [] : descendants(root, 'Library')) {
          const needed = attribute(library, 'name') ?? '';
          if (!solution.webResources.has(needed) && solution.lacks(needed))
            yield { at, message: `It needs '${needed}', which is not in the package.`, node };
        }
      }
    },
  },
];
