import * as React from 'react';
import { Link, TextField } from '@fluentui/react';
import { flowWords } from '../../language/words/flows';
import { answerApproval, readApprovals, type Approval } from '../../web-api/flow-runs';
import { CentrePage, column, Table, type Act } from '../centre-page';
import { MarkdownText } from './markdown';
import { momentOf } from './names';
import { Answers } from './outbox-page';

/** What people were asked to approve; here they answer. */
export function ApprovalsPage(): React.ReactElement {
  const [chosen, choose] = React.useState<string>();
  return (
    <CentrePage title={flowWords('approvals')} read={readApprovals}>
      {(approvals, act) => {
        const approval = approvals.find(({ name }) => name === chosen);
        return (
          <>
            <Table
              title={flowWords('approvals')}
              level={1}
              items={approvals}
              columns={columnsFor(choose)}
              empty={flowWords('noApprovals')}
            />
            {approval !== undefined && <Request key={approval.name} approval={approval} act={act} />}
          </>
        );
      }}
    </CentrePage>
  );
}

const columnsFor = (choose: (name: string) => void) => [
  column<Approval>(flowWords('title'), 320, ({ name, title }) => <Link onClick={() => choose(name)}>{title}</Link>),
  column<Approval>(flowWords('requested'), 180, ({ requestDate }) => momentOf(requestDate)),
  column<Approval>(flowWords('approvers'), 300, ({ approvers }) => approvers.map(({ email }) => email).join('; ')),
  column<Approval>(flowWords('outcome'), 200, (approval) => outcomeOf(approval)),
];

function outcomeOf({ status, outcome }: Approval): string {
  if (status === 'Canceled') return flowWords('statusCancelled');
  return outcome ?? flowWords('pending');
}

function Request({ approval, act }: { readonly approval: Approval; readonly act: Act }): React.ReactElement {
  const { name, title, details, itemLink, itemLinkDescription, requestor, approvers, responses, status } = approval;
  const [comments, setComments] = React.useState('');
  const head = React.useRef<HTMLHeadingElement>(null);
  React.useEffect(() => head.current?.scrollIntoView({ block: 'nearest' }), []);
  const answered = new Set(responses.map(({ responder }) => responder.email));
  const waiting = approvers.map(({ email }) => email).filter((email) => !answered.has(email));
  const link = itemLink !== null && /^https?:/i.test(itemLink) ? itemLink : undefined;
  return (
    <section className="card centre-card message" aria-label={title}>
      <h2 ref={head}>{title}</h2>
      <p className="quiet">
        {flowWords('requestedBy')} {requestor} · {outcomeOf(approval)}
      </p>
      <MarkdownText text={details} />
      {link !== undefined && (
        <p>
          <Link href={link} target="_blank" rel="noreferrer">
            {itemLinkDescription ?? link}
          </Link>
        </p>
      )}
      {responses.map(({ responder, approverResponse, responseDate, comments: said }) => (
        <p key={responder.email}>
          <strong>{approverResponse}</strong> · {responder.displayName} · {momentOf(responseDate)}
          {said !== undefined && <span className="approval-said">{said}</span>}
        </p>
      ))}
      {status === 'Requested' && waiting.length > 0 && (
        <>
          <TextField
            label={flowWords('comments')}
            multiline
            rows={2}
            value={comments}
            onChange={(_event, text = '') => setComments(text)}
          />
          <Answers
            key={waiting.join()}
            people={waiting}
            options={approval.options}
            onAnswer={(by, option) => act(() => answerApproval(name, by, option, comments))}
          />
        </>
      )}
    </section>
  );
}
