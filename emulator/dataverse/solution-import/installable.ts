import {
  childText,
  descend,
  identityOf,
  type SolutionIdentity,
  type SolutionPackage,
} from '../../../packaging/index.ts';
import type { Database } from '../../storage/index.ts';
import { activeLayer, findSolution, holdingName } from './packages.ts';
import { refusal } from './refusals.ts';
import { publisherOf } from './solution-record.ts';

/** Refuses what is no solution, and what cannot be installed over, or as holding solution beside, what is there. */
export function requireInstallable(pkg: SolutionPackage, database: Database, asHolding = false): SolutionIdentity {
  const identity = identityOf(pkg);
  requireIdentity(pkg, identity);
  const { uniqueName, version, isManaged } = identity;
  const there = findSolution(database, uniqueName);
  if (asHolding) requireBase(database, identity, there !== undefined);
  if (there === undefined) return identity;
  if (there.isManaged !== isManaged) {
    const [is, wants] = there.isManaged ? ['managed', 'unmanaged'] : ['unmanaged', 'managed'];
    throw refusal(
      'managedMismatch',
      `The solution '${uniqueName}' is installed as ${is}; it cannot be imported as ${wants}.`,
    );
  }
  const publisher = childText(publisherOf(pkg), 'UniqueName');
  if (there.publisher !== publisher)
    throw refusal(
      'otherPublisher',
      `The solution '${uniqueName}' belongs to the publisher '${there.publisher}', not '${publisher}'.`,
    );
  // Decided: refused, as in the maker portal; some tools can force it on the platform.
  if (isLower(version, there.version))
    throw refusal(
      'lowerVersion',
      `The version ${version} of the solution '${uniqueName}' is lower than the installed one, ${there.version}.`,
    );
  return identity;
}

/** A holding solution is managed, stands beside an installed one, and is the only one there. Decided: which code. */
function requireBase(database: Database, { uniqueName, isManaged }: SolutionIdentity, isInstalled: boolean): void {
  const reason = !isManaged
    ? 'it is unmanaged: import it as an update'
    : !isInstalled
      ? 'it is not installed: import it'
      : findSolution(database, holdingName(uniqueName)) !== undefined
        ? `'${holdingName(uniqueName)}' is there already: promote or delete that first`
        : undefined;
  if (reason !== undefined)
    throw refusal(
      'upgradeRefused',
      `The solution '${uniqueName}' cannot be imported as a holding solution: ${reason}.`,
    );
}

function requireIdentity(pkg: SolutionPackage, { uniqueName, version, prefix }: SolutionIdentity): void {
  if (!/^[A-Za-z0-9_]+$/.test(uniqueName) || uniqueName === activeLayer)
    throw refusal(
      'badSolutionName',
      `The solution name '${uniqueName}' may hold letters, digits and underscores only.`,
    );
  if (!/^\d+(\.\d+){1,3}$/.test(version))
    throw refusal(
      'badVersion',
      `The version '${version}' of '${uniqueName}' is not of the form major.minor[.build[.revision]].`,
    );
  const managed = childText(descend(pkg.manifest, 'SolutionManifest'), 'Managed');
  if (managed !== '0' && managed !== '1')
    throw refusal('badSchema', `Managed of '${uniqueName}' is '${managed}'; a package says 0 or 1.`);
  const publisher = publisherOf(pkg);
  if (childText(publisher, 'UniqueName') === '')
    throw refusal('badSchema', `The solution '${uniqueName}' names no publisher.`);
  if (prefix !== '' && (!/^[A-Za-z][A-Za-z0-9]{1,7}$/.test(prefix) || prefix.toLowerCase() === 'mscrm'))
    throw refusal(
      'badPrefix',
      `The customization prefix '${prefix}' has two to eight letters and digits, begins with a letter, and is not 'mscrm'.`,
    );
  const options = childText(publisher, 'CustomizationOptionValuePrefix');
  if (options !== '' && !(Number(options) >= 10_000 && Number(options) <= 99_999))
    throw refusal('badOptionPrefix', `The prefix of option values '${options}' is not between 10000 and 99999.`);
}

/** Compares versions part by part; parts that are not there are 0. */
export function isLower(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => text.split('.').map(Number));
  for (let part = 0; part < 4; part += 1) {
    const difference = (one![part] ?? 0) - (other![part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
