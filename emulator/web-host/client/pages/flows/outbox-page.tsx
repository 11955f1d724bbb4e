import * as React from 'react';
import { Dropdown, Link, PrimaryButton, DefaultButton } from '@fluentui/react';
import { flowWords } from '../../language/words/flows';
import { answerMessage, readOutbox, type OutboxMessage } from '../../web-api/flow-runs';
import { CentrePage, column, Table, type Act } from '../centre-page';
import { momentOf } from './names';

/** What flows and Dataverse have sent to people; nothing leaves the machine. */
export function OutboxPage(): React.ReactElement {
  const [chosen, choose] = React.useState<string>();
  return (
    <CentrePage title={flowWords('outbox')} read={readOutbox}>
      {(messages, act) => {
        const message = messages.find(({ id }) => id === chosen);
        return (
          <>
            <Table
              title={flowWords('outbox')}
              level={1}
              items={messages}
              columns={columnsFor(choose)}
              empty={flowWords('noMail')}
            />
            {message !== undefined && <Message key={message.id} message={message} act={act} />}
          </>
        );
      }}
    </CentrePage>
  );
}

const columnsFor = (choose: (id: string) => void) => [
  column<OutboxMessage>(flowWords('sentOn'), 180, ({ sentOn }) => momentOf(sentOn)),
  column<OutboxMessage>(flowWords('channel'), 130, ({ channel }) => flowWords(channel)),
  column<OutboxMessage>(flowWords('to'), 260, ({ to }) => to.join('; ')),
  column<OutboxMessage>(flowWords('subject'), 320, ({ id, subject }) => (
    <Link onClick={() => choose(id)}>{subject === '' ? flowWords('emptyText') : subject}</Link>
  )),
  column<OutboxMessage>(flowWords('answer'), 260, (message) => answerText(message)),
];

function answerText({ options, answer }: OutboxMessage): string {
  if (answer !== undefined) return flowWords('answeredBy', answer.option, answer.by);
  return options === undefined ? '' : flowWords('asks');
}

function Message({ message, act }: { readonly message: OutboxMessage; readonly act: Act }): React.ReactElement {
  const { subject, from, to, cc, bcc, sentOn, via, attachments, options, answer } = message;
  const head = React.useRef<HTMLHeadingElement>(null);
  React.useEffect(() => head.current?.scrollIntoView({ block: 'nearest' }), []);
  const lines: readonly (readonly [string, string])[] = [
    [flowWords('from'), from],
    [flowWords('to'), to.join('; ')],
    ...(cc.length > 0 ? [[flowWords('cc'), cc.join('; ')] as const] : []),
    ...(bcc.length > 0 ? [[flowWords('bcc'), bcc.join('; ')] as const] : []),
    [flowWords('sentOn'), momentOf(sentOn)],
    [flowWords('sentVia'), via],
    ...(answer === undefined ? [] : [[flowWords('answer'), answerText(message)] as const]),
  ];
  return (
    <section className="card centre-card message" aria-label={flowWords('message')}>
      <h2 ref={head}>{subject === '' ? flowWords('emptyText') : subject}</h2>
      <dl className="message-head">
        {lines.map(([name, text]) => (
          <React.Fragment key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </React.Fragment>
        ))}
      </dl>
      <MessageBody message={message} />
      {attachments.length > 0 && (
        <p>
          {flowWords('attachments')}:{' '}
          {attachments.map(({ name, contentType, content }) => (
            <Link key={name} download={name} href={`data:${contentType};base64,${content}`} className="attachment">
              {name}
            </Link>
          ))}
        </p>
      )}
      {options !== undefined && answer === undefined && (
        <Answers
          people={to}
          options={options}
          onAnswer={(by, option) => act(() => answerMessage(message.id, by, option))}
        />
      )}
    </section>
  );
}

/** Mails are HTML of strangers: drawn in a frame that may run nothing and reach nothing. */
function MessageBody({ message: { body, channel, subject } }: { readonly message: OutboxMessage }): React.ReactElement {
  if (channel === 'chat' && body.trimStart().startsWith('{')) return <pre tabIndex={0}>{pretty(body)}</pre>;
  const policy =
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'; img-src data:">';
  const style = '<style>body{font:14px "Segoe UI",sans-serif;margin:12px;color:#242424;background:#fff}</style>';
  return <iframe className="message-body" sandbox="" title={subject} srcDoc={policy + style + body} />;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

interface AnswersProps {
  readonly people: readonly string[];
  readonly options: readonly string[];
  onAnswer(by: string, option: string): void;
}

/** Who answers, and what. */
export function Answers({ people, options, onAnswer }: AnswersProps): React.ReactElement {
  const [by, setBy] = React.useState(people[0] ?? '');
  return (
    <div className="answers">
      <Dropdown
        label={flowWords('answerAs')}
        selectedKey={by}
        options={people.map((key) => ({ key, text: key }))}
        onChange={(_event, option) => setBy(String(option?.key))}
        styles={{ root: { minWidth: 240 } }}
      />
      <div className="centre-buttons">
        {options.map((option, index) => {
          const Button = index === 0 ? PrimaryButton : DefaultButton;
          return <Button key={option} text={optionText(option)} onClick={() => onAnswer(by, option)} />;
        })}
      </div>
    </div>
  );
}

function optionText(option: string): string {
  if (option === 'Approve') return flowWords('approve');
  return option === 'Reject' ? flowWords('reject') : option;
}
