import * as React from 'react';
import { DefaultButton, Shimmer } from '@fluentui/react';
import { AddressField } from './AddressField';
import type { CardView } from './cards';
import { Mark } from './marks';
import type { Field, Side } from './model';
import { buttonStyles, type Styles } from './styles';
import type { Text } from './texts';

export interface AddressCardProps {
  readonly card: CardView;
  readonly text: Text;
  readonly styles: Styles;
  readonly onEdit: (side: Side, field: Field, value: string) => void;
  /** Absent where there is nothing to copy, or nowhere to. */
  readonly onCopy?: (() => void) | undefined;
}

/** One address beside what finance and operations holds of it. */
export function AddressCard({ card, text, styles, onEdit, onCopy }: AddressCardProps): React.ReactElement {
  return (
    <fieldset className={styles.card}>
      <legend className={styles.legend}>{text(card.side === 'shipping' ? 'ShippingAddress' : 'BillingAddress')}</legend>
      <div className={styles.fields}>
        {card.fields.map((view) => (
          <AddressField
            key={view.field}
            view={view}
            text={text}
            styles={styles}
            onEdit={(field, value) => onEdit(card.side, field, value)}
          />
        ))}
      </div>
      {onCopy !== undefined && (
        <div className={styles.actions}>
          <DefaultButton onClick={onCopy} text={text('CopyToBilling')} styles={buttonStyles} />
        </div>
      )}
      <Standing card={card} text={text} styles={styles} />
    </fieldset>
  );
}

function Standing({
  card,
  text,
  styles,
}: Pick<AddressCardProps, 'card' | 'text' | 'styles'>): React.ReactElement | null {
  if (card.standing === 'unknown') return null;
  if (card.standing === 'reading')
    return (
      <div className={styles.standing}>
        <Shimmer width="60%" />
        <Shimmer width="90%" style={{ marginTop: 8 }} />
      </div>
    );
  const isSame = card.standing === 'same';
  return (
    <div className={styles.standing}>
      <div className={styles.standingLine}>
        <Mark of={isSame ? 'same' : 'differs'} className={isSame ? styles.same : styles.differs} />
        <span>{standingText(card, text)}</span>
      </div>
      <div className={styles.heldLine}>
        {card.heldLine === '' ? text('HeldNothing') : text('HeldWhole', card.heldLine)}
      </div>
    </div>
  );
}

/** In words, for the eye and for the live region. */
export function standingText({ standing, differences }: CardView, text: Text): string {
  if (standing === 'same') return text('Same');
  if (standing === 'differs')
    return differences === 1 ? text('DiffersInOne') : text('DiffersInMany', String(differences));
  return standing === 'reading' ? text('Reading') : '';
}
