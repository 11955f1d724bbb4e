import { fault } from './fault.ts';

/** What is said of who may do what. */
export const access = {
  invalidOwner: () => fault('invalidOwner', '0x80040229', 400, 'The owner ID is invalid or missing.'),
  accessTeamOwns: () =>
    fault('accessTeamOwns', '0x80040229', 400, 'The owner ID is invalid: an access team owns no rows.'),
  privilegeDenied: (
    user: { readonly id: string; readonly roleCount: number; readonly privilegeCount: number },
    privilege: { readonly name: string; readonly id: string },
    table: { readonly name: string; readonly label: string; readonly objectTypeCode: number },
  ) =>
    fault(
      'privilegeDenied',
      '0x80040220',
      403,
      `Principal user (Id=${user.id}, type=8, roleCount=${user.roleCount}, privilegeCount=${user.privilegeCount}, accessMode='0 Read-Write') is missing ${privilege.name} privilege (Id=${privilege.id}) on OTC=${table.objectTypeCode} for entity '${table.name}' (LocalizedName='${table.label}').`,
      { privilege: privilege.name },
    ),
  privilegeMissing: (userId: string, privilege: string) =>
    fault(
      'privilegeMissing',
      '0x80040220',
      403,
      `Principal user (Id=${userId}, type=8) is missing ${privilege} privilege.`,
      { privilege },
    ),
  accessDenied: (userId: string, right: string, id: string, table: string) =>
    fault(
      'accessDenied',
      '0x80048306',
      403,
      `Principal user (Id=${userId}, type=8) does not have ${right} right(s) for record with id ${id} of entity ${table}.`,
    ),
  hiddenColumn: (column: string, table: string) =>
    fault(
      'hiddenColumn',
      '0x8004f504',
      403,
      `Caller does not have read permission to the secured attribute '${column}' of the entity '${table}'.`,
    ),
  securedColumn: (column: string, table: string, message: 'Create' | 'Update') =>
    fault(
      'securedColumn',
      message === 'Create' ? '0x8004f502' : '0x8004f507',
      403,
      `Caller does not have ${message.toLowerCase()} permission to the secured attribute '${column}' of the entity '${table}'. The requested operation could not be completed.`,
    ),
  userDisabled: () =>
    fault(
      'userDisabled',
      '0x80040225',
      403,
      'The specified user is either disabled or is not a member of any business unit.',
    ),
  cannotImpersonate: () =>
    fault('cannotImpersonate', '0x8004a110', 403, 'User does not have the privilege to act on behalf another user.'),
  notAMember: () => fault('notAMember', '0x80072560', 403, 'The user is not a member of the organization.'),
  notAuthenticated: () =>
    fault(
      'notAuthenticated',
      '',
      401,
      'Authorization header is missing or names no user. Send the e-mail of a user as the bearer token.',
    ),
} as const;
