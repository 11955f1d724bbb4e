import * as React from 'react';
import { Icon, Link } from '@fluentui/react';
import { flowWords } from '../../language/words/flows';

const hidden = '*** secured ***';

interface ContentProps {
  readonly title: string;
  readonly content: unknown;
  /** What is shown as fields; the whole unless stated. */
  readonly fields?: unknown;
}

/** What went in or came out: its fields one below the other, or all of it as JSON. */
export function ContentView({ title, content, fields = content }: ContentProps): React.ReactElement {
  const [isRaw, setRaw] = React.useState(false);
  if (content === hidden)
    return (
      <Block title={title}>
        <p className="content-secured">
          <Icon iconName="Lock" /> {flowWords('secured')}
        </p>
      </Block>
    );
  const isNothing = content === null || content === undefined;
  const hasFields = isRecord(fields) && Object.keys(fields).length > 0;
  return (
    <Block
      title={title}
      tools={
        !isNothing && (
          <>
            {hasFields && <Link onClick={() => setRaw(!isRaw)}>{flowWords(isRaw ? 'showPlain' : 'showRaw')}</Link>}
            <Link onClick={() => void navigator.clipboard?.writeText(asJson(content))}>{flowWords('copy')}</Link>
          </>
        )
      }
    >
      {isNothing ? (
        <p className="quiet">{flowWords('nothing')}</p>
      ) : hasFields && !isRaw ? (
        <Fields of={fields} />
      ) : (
        <pre tabIndex={0}>{typeof content === 'string' && !isRaw ? content : asJson(content)}</pre>
      )}
    </Block>
  );
}

interface BlockProps {
  readonly title: string;
  readonly tools?: React.ReactNode;
  readonly children: React.ReactNode;
}

function Block({ title, tools, children }: BlockProps): React.ReactElement {
  return (
    <section className="content-block">
      <div className="content-head">
        <h3>{title}</h3>
        <span className="content-tools">{tools}</span>
      </div>
      {children}
    </section>
  );
}

function Fields({ of }: { readonly of: Readonly<Record<string, unknown>> }): React.ReactElement {
  return (
    <dl className="content-fields">
      {Object.entries(of).map(([name, value]) => (
        <React.Fragment key={name}>
          <dt>{name}</dt>
          <dd>
            {isRecord(value) || Array.isArray(value) ? (
              <pre tabIndex={0}>{asJson(value)}</pre>
            ) : (
              <Plain value={value} />
            )}
          </dd>
        </React.Fragment>
      ))}
    </dl>
  );
}

function Plain({ value }: { readonly value: unknown }): React.ReactElement {
  if (value === hidden)
    return (
      <span className="content-secured">
        <Icon iconName="Lock" /> {flowWords('secured')}
      </span>
    );
  if (value === '') return <span className="quiet">{flowWords('emptyText')}</span>;
  return <span className="content-text">{String(value)}</span>;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asJson = (value: unknown) => JSON.stringify(value, undefined, 2) ?? '';
