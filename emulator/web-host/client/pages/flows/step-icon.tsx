import * as React from 'react';
import { ApprovalsAppRegular } from '@fluentui/react-icons/svg/approvals-app';
import { ArrowRepeatAllRegular } from '@fluentui/react-icons/svg/arrow-repeat-all';
import { ArrowReplyRegular } from '@fluentui/react-icons/svg/arrow-reply';
import { BoxMultipleRegular } from '@fluentui/react-icons/svg/box-multiple';
import { BracesRegular } from '@fluentui/react-icons/svg/braces';
import { BracesVariableRegular } from '@fluentui/react-icons/svg/braces-variable';
import { BranchForkRegular } from '@fluentui/react-icons/svg/branch-fork';
import { ClockRegular } from '@fluentui/react-icons/svg/clock';
import { DatabaseRegular } from '@fluentui/react-icons/svg/database';
import { FlashRegular } from '@fluentui/react-icons/svg/flash';
import { FlowRegular } from '@fluentui/react-icons/svg/flow';
import { GlobeRegular } from '@fluentui/react-icons/svg/globe';
import { MailRegular } from '@fluentui/react-icons/svg/mail';
import { OrganizationRegular } from '@fluentui/react-icons/svg/organization';
import { PeopleRegular } from '@fluentui/react-icons/svg/people';
import { PlugConnectedRegular } from '@fluentui/react-icons/svg/plug-connected';
import { ChatRegular } from '@fluentui/react-icons/svg/chat';
import { RecordStopRegular } from '@fluentui/react-icons/svg/record-stop';
import type { FluentIcon } from '@fluentui/react-icons';

interface Look {
  readonly Icon: FluentIcon;
  readonly colour: string;
}

const connectors: Readonly<Record<string, Look>> = {
  shared_commondataserviceforapps: { Icon: DatabaseRegular, colour: '#0b6a2b' },
  shared_commondataservice: { Icon: DatabaseRegular, colour: '#0b6a2b' },
  shared_dynamicsax: { Icon: OrganizationRegular, colour: '#0b3b6f' },
  shared_approvals: { Icon: ApprovalsAppRegular, colour: '#8b2c8f' },
  shared_office365: { Icon: MailRegular, colour: '#0f5fb0' },
  shared_sendmail: { Icon: MailRegular, colour: '#0f5fb0' },
  shared_office365users: { Icon: PeopleRegular, colour: '#a4262c' },
  shared_teams: { Icon: ChatRegular, colour: '#4b53bc' },
};

const control = '#485563';
const data = '#8a4b08';
const variable = '#6b2fb3';

const types: Readonly<Record<string, Look>> = {
  if: { Icon: BranchForkRegular, colour: control },
  switch: { Icon: BranchForkRegular, colour: control },
  foreach: { Icon: ArrowRepeatAllRegular, colour: control },
  until: { Icon: ArrowRepeatAllRegular, colour: control },
  scope: { Icon: BoxMultipleRegular, colour: control },
  changeset: { Icon: BoxMultipleRegular, colour: '#0b6a2b' },
  terminate: { Icon: RecordStopRegular, colour: control },
  wait: { Icon: ClockRegular, colour: '#0b6a6a' },
  recurrence: { Icon: ClockRegular, colour: '#0b6a6a' },
  request: { Icon: FlashRegular, colour: '#0f5fb0' },
  response: { Icon: ArrowReplyRegular, colour: '#0f5fb0' },
  http: { Icon: GlobeRegular, colour: '#346b1d' },
  httpwebhook: { Icon: GlobeRegular, colour: '#346b1d' },
  workflow: { Icon: FlowRegular, colour: '#0f5fb0' },
  initializevariable: { Icon: BracesVariableRegular, colour: variable },
  setvariable: { Icon: BracesVariableRegular, colour: variable },
  incrementvariable: { Icon: BracesVariableRegular, colour: variable },
  decrementvariable: { Icon: BracesVariableRegular, colour: variable },
  appendtoarrayvariable: { Icon: BracesVariableRegular, colour: variable },
  appendtostringvariable: { Icon: BracesVariableRegular, colour: variable },
};

function lookOf({ type, operation }: { readonly type: string; readonly operation?: string | undefined }): Look {
  if (operation !== undefined)
    return connectors[operation.split('/')[0]!] ?? { Icon: PlugConnectedRegular, colour: control };
  return types[type.toLowerCase()] ?? { Icon: BracesRegular, colour: data };
}

/** The sign of what an action does, in the colour of its connector. */
export function StepIcon(step: { readonly type: string; readonly operation?: string | undefined }): React.ReactElement {
  const { Icon, colour } = lookOf(step);
  return (
    <span className="step-icon" style={{ background: colour }} aria-hidden>
      <Icon fontSize={18} />
    </span>
  );
}
