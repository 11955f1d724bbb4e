import type { Work } from '../../kernel/index.ts';
import type { Database } from '../../storage/index.ts';
import type { Callbacks } from '../callbacks/callbacks.ts';
import type { Caller, MessageCall, OrganizationService } from '../contract.ts';
import { noTable } from '../messages/operations/operation.ts';
import type { Steps } from '../messages/steps.ts';
import { operationTable, type Ending } from './background-operations.ts';

/** The message that is raised whenever a background operation is over. */
export const completionMessage = 'OnBackgroundOperationComplete';

interface TellingParts {
  readonly database: Database;
  readonly work: Work;
  readonly steps: Steps;
  readonly callbacks: Callbacks;
  readonly organization: () => OrganizationService;
  readonly system: () => Caller;
}

/**
 * Tells of the end of a background operation: the callback that was asked for, and everybody who subscribed to all of
 * them. Both are queued in the transaction that writes the end down.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/onbackgroundoperationcomplete
 */
export function createTelling(parts: TellingParts): (ending: Ending) => void {
  return (ending) => {
    if (ending.callbackUrl !== undefined)
      parts.callbacks.post(operationTable, ending.callbackUrl, JSON.stringify(callbackOf(ending)));
    const { input, output } = messageOf(ending);
    parts.callbacks.afterEvent(completionMessage, input, output);
    const call: MessageCall = {
      ...{ message: completionMessage, table: noTable, caller: parts.system(), id: '', target: {} },
      ...{ before: undefined, after: undefined, input, output, shared: new Map(), depth: 1 },
    };
    // The message is asynchronous: its steps run after the commit.
    if (parts.steps.has(40, call))
      parts.database.afterCommit(() =>
        parts.work.start(completionMessage, () => parts.steps.run(40, call, parts.organization())),
      );
  };
}

/** Without the results: who is called back reads them at the location. */
const callbackOf = ({ id, state, error, location }: Ending) => ({
  backgroundOperationId: id,
  backgroundOperationStateCode: state.backgroundoperationstatecode,
  backgroundOperationStatusCode: state.backgroundoperationstatuscode,
  ...(error === undefined
    ? {}
    : { backgroundOperationErrorCode: error.code, backgroundOperationErrorMessage: error.message }),
  location,
});

/** Subscribers are not shown the address of the callback. */
const messageOf = ({ id, name, state, location, callbackUrl }: Ending) => ({
  input: {
    PayloadType: 0,
    CallbackUrl: callbackUrl === undefined ? null : '***',
    LocationUrl: location,
    BackgroundOperationId: id,
  },
  output: {
    BackgroundOperationStateCode: state.backgroundoperationstatecode,
    BackgroundOperationStatusCode: state.backgroundoperationstatuscode,
    OperationName: name,
  },
});
