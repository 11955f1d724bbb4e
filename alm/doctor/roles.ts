import type { Check, Diagnosis } from './diagnosis.ts';
import { filter, quoted } from './web-api.ts';

const mayImport = ['System Administrator', 'System Customizer'];

/** Whether who asks may import, and the roles of others are there that users need beside those of the solution. */
export const checkRoles: Check = async ({ api, needs }) => {
  const { UserId } = await api.get('WhoAmI');
  const user = await api.get(
    `systemusers(${String(UserId)})?$select=fullname,internalemailaddress&$expand=systemuserroles_association($select=name)`,
  );
  const own = (user['systemuserroles_association'] as { name: string }[]).map(({ name }) => name);
  const name = String(user['fullname'] ?? user['internalemailaddress']);
  const found: Diagnosis[] = [
    own.some((role) => mayImport.includes(role))
      ? { check: 'roles', level: 'ok', what: `${name} may import: ${own.join(', ')}.` }
      : {
          check: 'roles',
          level: 'error',
          what: `${name} may not import solutions: ${own.length === 0 ? 'no role' : own.join(', ')}.`,
          todo: `Sign in as somebody with ${mayImport.join(' or ')}.`,
        },
  ];
  for (const role of needs.roles) {
    const [row] = await api.list(`roles?$select=name&${filter(`name eq ${quoted(role)}`)}&$top=1`);
    found.push(
      row === undefined
        ? {
            check: 'roles',
            subject: role,
            level: 'error',
            what: `There is no role ${role}: nobody could be given access to virtual tables.`,
            todo: 'Link the environment, or repair the solution MicrosoftOperationsERPVE that brings it.',
          }
        : {
            check: 'roles',
            subject: role,
            level: 'ok',
            what: `The role ${role} is there; users of the solution need it.`,
          },
    );
  }
  return found;
};
