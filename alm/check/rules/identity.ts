import { childText, child, descend } from '../../../packaging/index.ts';
import { compareVersions } from '../../solution-version.ts';
import { logicalNameOf } from '../checked.ts';
import type { Rule } from '../rule.ts';

const numbers = (version: string) => version.split('.').map((part) => Number(part) || 0);
const isLater = (one: string, other: string) => compareVersions(numbers(one), numbers(other)) > 0;

/** Name, version and publisher of the solution. */
export const identityRules: readonly Rule[] = [
  {
    id: 'solution-name',
    severity: 'error',
    code: '0x8004F002',
    fails: 'The import refuses unique names with other characters than letters, digits and underscores.',
    mend: 'Change UniqueName in Solution.xml.',
    *check({ manifest }) {
      const name = childText(manifest, 'UniqueName');
      const node = child(manifest, 'UniqueName') ?? manifest;
      if (!/^[A-Za-z0-9_]+$/.test(name)) yield { at: 'solution.xml', message: `The unique name is '${name}'.`, node };
    },
  },
  {
    id: 'solution-version',
    severity: 'error',
    code: '0x8004F01E',
    fails: 'The import refuses versions that are not two to four numbers.',
    mend: 'npm run alm -- version --set a.b.c.d',
    *check({ version, manifest }) {
      const node = child(manifest, 'Version') ?? manifest;
      if (!/^\d+(\.\d+){1,3}$/.test(version))
        yield { at: 'solution.xml', message: `The version is '${version}'.`, node };
    },
  },
  {
    id: 'solution-managed',
    severity: 'error',
    code: '0x80048060',
    fails: 'A zip is managed or it is not; other values than 0 and 1 are of source trees.',
    mend: 'Pack the source tree: npm run alm -- pack',
    *check({ manifest }) {
      const flag = childText(manifest, 'Managed');
      const node = child(manifest, 'Managed') ?? manifest;
      if (!/^[01]$/.test(flag)) yield { at: 'solution.xml', message: `Managed is '${flag}'.`, node };
    },
  },
  {
    id: 'solution-publisher',
    severity: 'error',
    code: '0x8004801C',
    fails: 'The import finds no publisher to own the components, or another one than the solution in the target has.',
    mend: 'Keep the publisher the solution was released with.',
    *check({ manifest, previous }) {
      const name = childText(child(manifest, 'Publisher'), 'UniqueName');
      const before = childText(child(previous?.manifest, 'Publisher'), 'UniqueName');
      const node = child(manifest, 'Publisher') ?? manifest;
      if (name === '') yield { at: 'solution.xml', message: 'There is no publisher.', node };
      else if (previous !== undefined && name !== before)
        yield {
          at: 'solution.xml',
          message: `The publisher is '${name}', in the last release it was '${before}'.`,
          node,
        };
    },
  },
  {
    id: 'version-not-raised',
    severity: 'error',
    code: '0x80048541',
    fails: 'An upgrade to a version that is not higher is refused; as an update it changes what has the same version.',
    mend: 'npm run alm -- version --bump build',
    *check({ version, previous, manifest }) {
      const node = child(manifest, 'Version');
      if (previous !== undefined && !isLater(version, previous.version))
        yield {
          at: 'solution.xml',
          message: `The version is ${version}, the last release was ${previous.version}.`,
          node,
        };
    },
  },
  {
    id: 'introduced-version',
    severity: 'warning',
    code: '',
    fails: 'Nothing at import, but a component says that it comes with a version that does not exist yet.',
    mend: 'Give IntroducedVersion the version the component came with.',
    *check(solution) {
      for (const { logicalName, columns } of solution.tables)
        for (const [column, node] of columns) {
          const introduced = childText(node, 'IntroducedVersion');
          if (solution.isOwn(column) && isLater(introduced, solution.version))
            yield {
              at: `column ${logicalName}.${logicalNameOf(node)}`,
              message: `It is introduced with ${introduced}, the solution is ${solution.version}.`,
              node,
            };
        }
    },
  },
  {
    id: 'publisher-prefix',
    severity: 'error',
    code: '0x80044366',
    fails:
      'The import refuses prefixes that are not two to eight letters and digits, a letter first, or that are mscrm.',
    mend: 'Change CustomizationPrefix of the publisher, and the names that carry it.',
    *check({ prefix, manifest }) {
      const node = descend(manifest, 'Publisher', 'CustomizationPrefix') ?? manifest;
      if (!/^[a-z][a-z0-9]{1,7}$/i.test(prefix) || /^mscrm/i.test(prefix))
        yield { at: 'solution.xml', message: `The prefix is '${prefix}'.`, node };
    },
  },
  {
    id: 'choice-value-prefix',
    severity: 'error',
    code: '0x80048402',
    fails: 'The import refuses prefixes of choice values outside 10000 to 99999.',
    mend: 'Change CustomizationOptionValuePrefix of the publisher.',
    *check({ manifest }) {
      const node = descend(manifest, 'Publisher', 'CustomizationOptionValuePrefix') ?? manifest;
      const prefix = childText(child(manifest, 'Publisher'), 'CustomizationOptionValuePrefix');
      if (!/^[1-9]\d{4}$/.test(prefix)) yield { at: 'solution.xml', message: `The prefix is '${prefix}'.`, node };
    },
  },
];
