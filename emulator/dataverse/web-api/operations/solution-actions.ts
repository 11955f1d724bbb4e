import { notEmulated } from '../../../kernel/index.ts';
import { faults } from '../../faults.ts';
import { noContent } from '../answer.ts';
import { parseBody } from '../parse-body.ts';
import type { Operations } from './operation.ts';

/** Parameters of an import that would do something else than add and update. */
const unserved = ['HoldingSolution', 'ConvertToManaged'];

/** Actions of solution work. Decided: what is imported is in force at once, so publishing has nothing left to do. */
export const solutionActions: Operations = {
  PublishAllXml: { method: 'POST', run: async () => noContent },
  PublishXml: { method: 'POST', run: async () => noContent },
  ImportSolution: {
    method: 'POST',
    async run(context) {
      const { parts, caller } = context;
      const body = parseBody(context, 'ImportSolution');
      const asked = unserved.find((name) => body[name] === true);
      if (asked !== undefined)
        throw notEmulated(`ImportSolution with ${asked}`, 'Import without it: it adds and updates.');
      const file = body['CustomizationFile'];
      if (typeof file !== 'string' || file === '')
        throw faults.invalidArgument("Invalid Argument: 'CustomizationFile' holds the solution's zip in base64.");
      parts.privileges.require(caller, 'Create', parts.metadata.table('solution')!);
      await parts.importSolution(Buffer.from(file, 'base64'));
      return noContent;
    },
  },
};
