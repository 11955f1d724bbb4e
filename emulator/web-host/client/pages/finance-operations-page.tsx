import * as React from 'react';
import { DefaultButton, PrimaryButton } from '@fluentui/react';
import { readCommands, readProposals, runCommand, type ChangeProposal } from '../web-api/finance-operations';
import { CentrePage, column, Table, type Act } from './centre-page';
import { CommandForm } from './finance-operations-command';

const read = async () => ({ commands: await readCommands(), proposals: await readProposals() });

/** What a person would do in the client of finance and operations, and the changes of customers that wait there. */
export function FinanceOperationsPage(): React.ReactElement {
  return (
    <CentrePage title="Finance and operations" read={read}>
      {({ commands, proposals }, act) => (
        <>
          <CommandForm commands={commands} act={act} />
          <Table
            title="Proposed changes of customers"
            items={proposals}
            columns={proposalColumns(act)}
            empty="No change waits for approval"
          />
        </>
      )}
    </CentrePage>
  );
}

const proposalColumns = (act: Act) => [
  column<ChangeProposal>('Customer', 140, ({ company, customerAccount }) => `${customerAccount} (${company})`),
  column<ChangeProposal>('Field', 140, ({ field }) => field),
  column<ChangeProposal>('Is', 120, ({ oldValue }) => oldValue),
  column<ChangeProposal>('Proposed', 120, ({ newValue }) => newValue),
  column<ChangeProposal>('Since', 180, ({ createdOn }) => new Date(createdOn).toLocaleString()),
  column<ChangeProposal>('Decision', 240, (proposal) => <Decision proposal={proposal} act={act} />),
];

function Decision({ proposal, act }: { readonly proposal: ChangeProposal; readonly act: Act }): React.ReactElement {
  const { company, customerAccount, field } = proposal;
  const decide = (verb: string) => () =>
    act(() => runCommand(`${verb}-change-proposal`, { company, customerAccount, field }));
  const of = `the change of ${field} of ${customerAccount}`;
  return (
    <span className="centre-buttons">
      <PrimaryButton text="Approve" ariaLabel={`Approve ${of}`} onClick={decide('approve')} />
      <DefaultButton text="Reject" ariaLabel={`Reject ${of}`} onClick={decide('reject')} />
    </span>
  );
}
