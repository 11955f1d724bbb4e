import * as React from 'react';
import { DefaultButton, PrimaryButton } from '@fluentui/react';
import { centreWords } from '../language/words/centre';
import { readCommands, readProposals, runCommand, type ChangeProposal } from '../web-api/finance-operations';
import { CentrePage, column, moment, Table, type Act } from './centre-page';
import { CommandForm } from './finance-operations-command';

const read = async () => ({ commands: await readCommands(), proposals: await readProposals() });

/** What a person would do in the client of finance and operations, and the changes of customers that wait there. */
export function FinanceOperationsPage(): React.ReactElement {
  return (
    <CentrePage title={centreWords('financeOperations')} read={read}>
      {({ commands, proposals }, act) => (
        <>
          <CommandForm commands={commands} act={act} />
          <Table
            title={centreWords('proposals')}
            items={proposals}
            columns={proposalColumns(act)}
            empty={centreWords('noProposal')}
          />
        </>
      )}
    </CentrePage>
  );
}

const proposalColumns = (act: Act) => [
  column<ChangeProposal>(
    centreWords('customer'),
    140,
    ({ company, customerAccount }) => `${customerAccount} (${company})`,
  ),
  column<ChangeProposal>(centreWords('field'), 140, ({ field }) => field),
  column<ChangeProposal>(centreWords('is'), 120, ({ oldValue }) => oldValue),
  column<ChangeProposal>(centreWords('proposed'), 120, ({ newValue }) => newValue),
  column<ChangeProposal>(centreWords('since'), 180, ({ createdOn }) => moment(createdOn)),
  column<ChangeProposal>(centreWords('decision'), 240, (proposal) => <Decision proposal={proposal} act={act} />),
];

function Decision({ proposal, act }: { readonly proposal: ChangeProposal; readonly act: Act }): React.ReactElement {
  const { company, customerAccount, field } = proposal;
  const decide = (verb: string) => () =>
    act(() => runCommand(`${verb}-change-proposal`, { company, customerAccount, field }));
  return (
    <span className="centre-buttons">
      <PrimaryButton
        text={centreWords('approve')}
        ariaLabel={centreWords('approveOf', field, customerAccount)}
        onClick={decide('approve')}
      />
      <DefaultButton
        text={centreWords('reject')}
        ariaLabel={centreWords('rejectOf', field, customerAccount)}
        onClick={decide('reject')}
      />
    </span>
  );
}
