import type { TestDataverse } from '../../../support/a-dataverse.ts';

/** Users and roles made through the Web API, as tests of security need them. */
export function people(platform: TestDataverse) {
  const first = async (path: string) => (await platform.call('GET', path)).body.value[0];

  /** A role with these privileges, `{ prvReadAccount: 8 }`: 1 basic, 2 local, 4 deep, 8 global. */
  async function aRole(privileges: Readonly<Record<string, 1 | 2 | 4 | 8>>, more: object = {}): Promise<string> {
    const roleid = await platform.create('roles', { name: `Role ${Math.random()}`, ...more });
    for (const [name, privilegedepthmask] of Object.entries(privileges)) {
      const { privilegeid } = await first(`privileges?$select=privilegeid&$filter=name eq '${name}'`);
      await platform.create('roleprivilegescollection', { roleid, privilegeid, privilegedepthmask });
    }
    return roleid;
  }

  /** Gives a user or a team a role. */
  async function give(table: 'systemuser' | 'team', id: string, role: string): Promise<void> {
    const path = `${table}s(${id})/${table === 'team' ? 'teamroles' : 'systemuserroles'}_association/$ref`;
    const { status, text } = await platform.call('POST', path, { body: { '@odata.id': `roles(${role})` } });
    if (status !== 204) throw new Error(text);
  }

  async function aUser(email: string, ...roles: string[]): Promise<string> {
    const id = platform.dataverse.addUser({ email, fullName: email, roles: [] });
    for (const role of roles) await give('systemuser', id, role);
    return id;
  }

  return { aRole, aUser, give };
}

/** All rights on some tables at one depth. */
export const every = (depth: 1 | 2 | 4 | 8, ...tables: string[]): Record<string, 1 | 2 | 4 | 8> =>
  Object.fromEntries(
    tables.flatMap((table) =>
      ['Create', 'Read', 'Write', 'Delete', 'Append', 'AppendTo', 'Assign', 'Share'].map((right) => [
        `prv${right}${table}`,
        depth,
      ]),
    ),
  );
