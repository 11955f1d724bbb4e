import type { Lookup } from '../../../query/index.ts';
import { faults } from '../../faults.ts';
import { isShareable, setDirect, shareOf } from '../../security/share-rows.ts';
import type { Operation, OperationPlatform } from './operation.ts';
import type { MessageCall } from '../../contract.ts';

/** What a share gives: the mask of rights, and whom. */
export interface PrincipalAccess {
  readonly AccessMask: number;
  readonly Principal: Lookup;
}

function sharing(
  name: string,
  asked: (input: MessageCall['input']) => PrincipalAccess,
  change: (before: number, mask: number) => number,
): Operation {
  return {
    name,
    isFunction: false,
    parameters: [{ name: 'Target', type: 'entityReference' }],
    results: [],
    async run({ input, caller }, platform) {
      const target = input['Target'] as Lookup;
      const { AccessMask, Principal } = asked(input);
      requireShareable(target, Principal, name, platform);
      platform.access.requireRow(caller, 'Share', platform.metadata.table(target.table)!, target.id);
      const before = shareOf(platform.database, target.id, Principal.id)?.direct ?? 0;
      setDirect(platform, target, Principal, change(before, AccessMask));
      return {};
    },
  };
}

function requireShareable(target: Lookup, principal: Lookup, name: string, { metadata }: OperationPlatform): void {
  const table = metadata.table(target.table)!;
  if (!isShareable(table)) throw faults.messageNotSupported(name, table.logicalName);
  if (principal.table !== 'systemuser' && principal.table !== 'team')
    throw faults.invalidArgument(
      `Invalid Argument: a row is shared with a user or a team, not with '${principal.table}'.`,
    );
}

const access = (input: MessageCall['input']) => input['PrincipalAccess'] as PrincipalAccess;
const revokee = (input: MessageCall['input']) => ({ AccessMask: 0, Principal: input['Revokee'] as Lookup });

/** Messages by which a row is shared; rows that belong to it inherit the share. */
export const sharingMessages = {
  GrantAccess: sharing('GrantAccess', access, (before, mask) => before | mask),
  ModifyAccess: sharing('ModifyAccess', access, (_before, mask) => mask),
  RevokeAccess: sharing('RevokeAccess', revokee, () => 0),
} as const;
