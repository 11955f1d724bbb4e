import * as React from 'react';
import {
  ActionButton,
  Dropdown,
  Link,
  MessageBar,
  MessageBarButton,
  MessageBarType,
  Shimmer,
  ThemeProvider,
  useTheme,
  type IDropdownOption,
  type PartialTheme,
} from '@fluentui/react';
import type { Failure } from '../shared/failure';
import type { Kind, TimelineDay, TimelineEvent } from './model';
import { stylesOf, type Styles } from './styles';
import type { Text } from './texts';

export interface EventTimelineProps {
  readonly days: readonly TimelineDay[];
  readonly count: number;
  /** Undefined where the host does not know it. */
  readonly total: number | undefined;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly failure: Failure | undefined;
  /** Undefined for all. */
  readonly kind: Kind | undefined;
  readonly event: string | undefined;
  /** What has been seen to happen: label by option. */
  readonly seen: ReadonlyMap<string, string>;
  /** Whether the view says of which kind an event is. */
  readonly hasKinds: boolean;
  readonly isRightToLeft: boolean;
  readonly theme: PartialTheme | undefined;
  readonly text: Text;
  readonly number: (value: number) => string;
  readonly on: {
    kind(kind: Kind | undefined): void;
    event(event: string | undefined): void;
    refresh(): void;
    more(): void;
    open(id: string): void;
  };
}

/** What happened to a customer in finance and operations, the newest first. */
export function EventTimelineView(props: EventTimelineProps): React.ReactElement {
  if (props.theme === undefined) return <Timeline {...props} />;
  return (
    <ThemeProvider theme={props.theme} style={{ width: '100%', background: 'transparent' }}>
      <Timeline {...props} />
    </ThemeProvider>
  );
}

type PartProps = EventTimelineProps & { readonly styles: Styles };

function Timeline(given: EventTimelineProps): React.ReactElement {
  const theme = useTheme();
  const styles = React.useMemo(() => stylesOf(theme), [theme]);
  const props = { ...given, styles };
  const { days, text } = given;
  return (
    <div className={styles.root} dir={given.isRightToLeft ? 'rtl' : 'ltr'} role="group" aria-label={text('Title')}>
      <Bar {...props} />
      <Standing {...props} />
      <div aria-busy={given.isLoading}>
        {days.map(({ day, events }, place) => (
          <section key={`${day} ${place}`} aria-label={day === '' ? text('NoDay') : day}>
            <h4 className={styles.day}>{day === '' ? text('NoDay') : day}</h4>
            <ul className={styles.events}>
              {events.map((event) => (
                <Event key={event.key} {...props} one={event} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Foot {...props} />
    </div>
  );
}

const all = 'all';

function Bar({ kind, event, seen, hasKinds, isLoading, text, on, styles }: PartProps): React.ReactElement {
  const kinds: IDropdownOption[] = [
    { key: all, text: text('AllKinds') },
    { key: 'business', text: text('Business') },
    { key: 'data', text: text('Data') },
  ];
  const events: IDropdownOption[] = [
    { key: all, text: text('AllEvents') },
    ...[...seen].map(([key, label]) => ({ key, text: label })),
  ];
  const chosen = (option: IDropdownOption | undefined) =>
    option === undefined || option.key === all ? undefined : String(option.key);
  return (
    <div className={styles.bar}>
      {hasKinds && (
        <Dropdown
          className={styles.filter}
          label={text('Kind')}
          options={kinds}
          selectedKey={kind ?? all}
          onChange={(_event, option) => on.kind(chosen(option) as Kind | undefined)}
        />
      )}
      {seen.size > 1 && (
        <Dropdown
          className={styles.filter}
          label={text('Event')}
          options={events}
          selectedKey={event ?? all}
          onChange={(_event, option) => on.event(chosen(option))}
        />
      )}
      <ActionButton
        className={styles.end}
        iconProps={{ iconName: 'Refresh' }}
        text={text('Refresh')}
        disabled={isLoading}
        onClick={on.refresh}
      />
    </div>
  );
}

/** What there is to say instead of events, or beside them. */
function Standing(props: PartProps): React.ReactElement | null {
  const { failure, isLoading, count, kind, event, text, on, styles } = props;
  if (failure !== undefined)
    return (
      <MessageBar
        messageBarType={failure.kind === 'noPermission' ? MessageBarType.warning : MessageBarType.error}
        isMultiline
        delayedRender={false}
        actions={<MessageBarButton onClick={on.refresh}>{text('Retry')}</MessageBarButton>}
      >
        {failure.kind === 'noPermission' ? text('NoPermission') : text('Failed', failure.message)}
      </MessageBar>
    );
  if (count > 0) return null;
  if (isLoading)
    return (
      <div role="status">
        <Shimmer width="60%" aria-hidden />
        <span className={styles.quiet}>{text('Loading')}</span>
      </div>
    );
  const isFiltered = kind !== undefined || event !== undefined;
  return (
    <div role="status" className={styles.empty}>
      {text(isFiltered ? 'EmptyFiltered' : 'Empty')}
    </div>
  );
}

function Event({ one, text, on, styles }: PartProps & { readonly one: TimelineEvent }): React.ReactElement {
  const { id, kind, what, reference, amount, detail, outcome, customer, at } = one;
  return (
    <li className={styles.event}>
      <span className={`${styles.dot} ${kind === 'data' ? styles.data : ''}`} aria-hidden />
      <div className={styles.head}>
        <Link className={styles.what} onClick={() => on.open(id)} aria-label={text('OpenEvent', what, reference, at)}>
          {what}
        </Link>
        {reference !== '' && <span>{reference}</span>}
        {outcome !== '' && <span className={styles.tag}>{outcome}</span>}
        {amount !== '' && <span className={styles.amount}>{amount}</span>}
      </div>
      <div className={styles.facts}>
        <span>{at}</span>
        {customer !== '' && <span>{customer}</span>}
        {detail !== '' && <span>{detail}</span>}
        {kind !== undefined && <span>{text(kind === 'data' ? 'Data' : 'Business')}</span>}
      </div>
    </li>
  );
}

function Foot({ count, total, hasMore, isLoading, text, number, on, styles }: PartProps): React.ReactElement | null {
  if (count === 0) return null;
  const known = total !== undefined && total > count ? total : undefined;
  return (
    <div className={styles.foot}>
      <span role="status" className={styles.quiet}>
        {known !== undefined
          ? text('ShownOfTotal', number(count), number(known))
          : text(hasMore ? 'ShownOfMore' : 'Shown', number(count))}
      </span>
      {hasMore && <ActionButton text={text('More')} disabled={isLoading} onClick={on.more} />}
    </div>
  );
}
