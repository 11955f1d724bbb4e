import * as React from 'react';
import { Cell } from './field';
import type { FormSession } from './form-session';
import type { FormSection } from './form-xml';

interface SectionProps {
  readonly session: FormSession;
  readonly section: FormSection;
  /** Without a card around it: in a panel. */
  readonly isPlain?: boolean;
}

/** A section of a form: cells in its columns, filled row by row. */
export function Section({ session, section, isPlain = false }: SectionProps): React.ReactElement {
  const { columns, cells, label, showLabel, id } = section;
  const shown = session.model.sectionLabels.get(id) ?? label;
  return (
    <section className={isPlain ? 'section plain' : 'card section'} aria-label={shown || undefined}>
      {showLabel && shown !== '' && <h2>{shown}</h2>}
      <div className="cells" style={{ '--columns': isPlain ? 1 : columns } as React.CSSProperties}>
        {cells.map((cell) => (
          <div
            key={cell.id}
            className="span"
            style={{ '--span': Math.min(cell.span, isPlain ? 1 : columns) } as React.CSSProperties}
          >
            <Cell session={session} cell={cell} />
          </div>
        ))}
      </div>
    </section>
  );
}
