import * as React from 'react';
import { CommandBar, type ICommandBarItemProps } from '@fluentui/react';
import { shellWords } from '../language/words/shell';

interface CommandsProps {
  /** What screen readers call the bar. */
  readonly ariaLabel: string;
  readonly items: readonly ICommandBarItemProps[];
}

/** A command bar; what does not fit goes into a menu, whose button is nothing but dots and so has a name. */
export function Commands({ ariaLabel, items }: CommandsProps): React.ReactElement {
  const more = shellWords('moreCommands', ariaLabel);
  return (
    <CommandBar
      className="commands"
      ariaLabel={ariaLabel}
      items={[...items]}
      overflowButtonProps={{ ariaLabel: more, title: more }}
    />
  );
}
