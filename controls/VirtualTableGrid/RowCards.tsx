import * as React from 'react';
import { Link } from '@fluentui/react';
import type { Styles } from './styles';
import type { VirtualTableGridProps } from './VirtualTableGrid';

type RowCardsProps = VirtualTableGridProps & { readonly styles: Styles };

/** Rows one below the other, where there is no room for columns. */
export function RowCards({ title, columns, rows, text, on, styles }: RowCardsProps): React.ReactElement {
  const [first, ...others] = columns;
  if (first === undefined) return <ul className={styles.cards} aria-label={title} />;
  return (
    <ul className={styles.cards} aria-label={title}>
      {rows.map((row) => (
        <li key={row.key} className={styles.card}>
          <Link onClick={() => on.open(row.id)}>{row.cells[first.name] || text('Open', row.id)}</Link>
          {others.map(({ name, label }) => (
            <dl key={name} className={styles.pair}>
              <dt>{label}</dt>
              <dd>{row.cells[name]}</dd>
            </dl>
          ))}
        </li>
      ))}
    </ul>
  );
}
