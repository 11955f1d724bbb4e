import * as React from 'react';
import { IconButton } from '@fluentui/react';
import { flowWords } from '../../language/words/flows';
import { shown } from './names';
import type { Loop, RunNode } from './run-tree';

interface PagerProps {
  readonly node: RunNode;
  readonly loop: Loop;
  onShow(index: number): void;
}

/** Goes through the repetitions of a loop, and to the next that failed. */
export function Pager({ node, loop, onShow }: PagerProps): React.ReactElement {
  const { count, shown: index, failed } = loop;
  const [text, setText] = React.useState<string>();
  const nextFailed = failed.find((one) => one > index) ?? failed.find((one) => one !== index);
  const name = shown(node.outline.name);
  if (count === 0) return <div className="pager">{flowWords('noRepetitions')}</div>;
  const take = () => {
    const wanted = Number(text);
    if (Number.isInteger(wanted) && wanted >= 1 && wanted <= count) onShow(wanted - 1);
    setText(undefined);
  };
  return (
    <div className="pager" role="group" aria-label={flowWords('repetitions', name)}>
      <IconButton
        iconProps={{ iconName: 'ChevronLeft' }}
        title={flowWords('previous')}
        disabled={index === 0}
        onClick={() => onShow(index - 1)}
      />
      <input
        className={failed.includes(index) ? 'pager-failed' : undefined}
        aria-label={flowWords('repetition', index + 1, count)}
        inputMode="numeric"
        value={text ?? String(index + 1)}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === 'Enter' && take()}
      />
      <span>/ {count}</span>
      <IconButton
        iconProps={{ iconName: 'ChevronRight' }}
        title={flowWords('next')}
        disabled={index >= count - 1}
        onClick={() => onShow(index + 1)}
      />
      {nextFailed !== undefined && (
        <button type="button" className="pager-link" onClick={() => onShow(nextFailed)}>
          {flowWords('nextFailed')} ({failed.length})
        </button>
      )}
    </div>
  );
}
