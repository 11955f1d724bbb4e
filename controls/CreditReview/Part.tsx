import * as React from 'react';
import { MessageBar, MessageBarButton, MessageBarType, Shimmer } from '@fluentui/react';
import type { ReadingState } from '../shared/reading';
import type { Styles } from './styles';
import type { Text } from './texts';

interface PartProps<Value> {
  readonly title: string;
  readonly state: ReadingState<Value>;
  readonly text: Text;
  readonly styles: Styles;
  readonly onRetry: () => void;
  /** What there is to say of a value: a text when there is nothing in it. */
  readonly children: (value: Value) => React.ReactNode;
}

/** One part of the review with a standing of its own: it loads, fails and is refused without the others. */
export function Part<Value>({ title, state, text, styles, onRetry, children }: PartProps<Value>): React.ReactElement {
  const isKnown = state.status === 'read' || state.value !== undefined;
  return (
    <section className={styles.card} aria-label={title} aria-busy={state.status === 'reading'}>
      <h4 className={styles.cardTitle}>{title}</h4>
      {state.status === 'failed' && (
        <MessageBar
          messageBarType={state.failure.kind === 'noPermission' ? MessageBarType.warning : MessageBarType.error}
          isMultiline
          delayedRender={false}
          actions={<MessageBarButton onClick={onRetry}>{text('Retry')}</MessageBarButton>}
        >
          {state.failure.kind === 'noPermission' ? text('NoPermission') : text('Failed', state.failure.message)}
        </MessageBar>
      )}
      {isKnown && children(state.value as Value)}
      {!isKnown && state.status !== 'failed' && <Waiting label={text('Loading')} styles={styles} />}
    </section>
  );
}

function Waiting({ label, styles }: { readonly label: string; readonly styles: Styles }): React.ReactElement {
  return (
    <div>
      <span className={styles.hidden}>{label}</span>
      <div aria-hidden>
        <Shimmer width="80%" />
        <Shimmer width="60%" className={styles.bar} />
      </div>
    </div>
  );
}

/** A value under its name. */
export function Fact({
  name,
  value,
  className,
}: {
  readonly name: string;
  readonly value: string;
  readonly className?: string;
}): React.ReactElement {
  return (
    <>
      <dt>{name}</dt>
      <dd className={className}>{value}</dd>
    </>
  );
}
