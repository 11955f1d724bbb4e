import * as React from 'react';
import { Toggle } from '@fluentui/react';
import { column, Table, type Act } from '../pages/centre-page';
import { enableCompany, type Company } from '../web-api/dual-write';

interface CompaniesProps {
  readonly companies: readonly Company[];
  readonly act: Act;
}

/** Legal entities as companies of Dataverse: rows of those that are not enabled stay where they are. */
export function Companies({ companies, act }: CompaniesProps): React.ReactElement {
  return (
    <Table
      title="Companies"
      items={companies}
      empty="There is no company"
      columns={[
        column<Company>('Company code', 120, ({ code }) => code),
        column<Company>('Name', 300, ({ name }) => name),
        column<Company>('Default owning team', 220, ({ owningTeam }) => owningTeam),
        column<Company>('Enabled for dual-write', 180, ({ id, code, isEnabled }) => (
          <Toggle
            styles={{ root: { margin: 0 } }}
            checked={isEnabled}
            onText="Yes"
            offText="No"
            ariaLabel={`Enable ${code} for dual-write`}
            onChange={(_event, checked = false) => act(() => enableCompany(id, checked))}
          />
        )),
      ]}
    />
  );
}
