import * as React from 'react';
import { flowWords } from '../../language/words/flows';
import { durationOf, shortKindOf, shown, statusText } from './names';
import type { RunNode } from './run-tree';
import { StatusSign } from './status';
import { StepIcon } from './step-icon';

interface CardProps {
  readonly node: RunNode;
  readonly isChosen: boolean;
  onChoose(): void;
}

/** The button of an action: what it is, and how it went. */
export function NodeCard({ node, isChosen, onChoose }: CardProps): React.ReactElement {
  const { outline, record, status } = node;
  const facts = [
    ...(record !== undefined && record.attempts > 1 ? [flowWords('attemptsN', record.attempts)] : []),
    ...(record === undefined ? [] : [durationOf(record)]),
  ];
  return (
    <button type="button" className="node-card" data-path={node.path} aria-pressed={isChosen} onClick={onChoose}>
      <StepIcon type={outline.type} operation={outline.operation} />
      <span className="node-words">
        <span className="node-name" title={shown(outline.name)}>
          {shown(outline.name)}
        </span>
        <span className="node-kind">
          {shortKindOf(outline)}
          {facts.length > 0 && <span className="node-facts"> · {facts.join(' · ')}</span>}
        </span>
      </span>
      {status !== undefined && (
        <span className={`node-badge badge-${status.toLowerCase()}`}>
          <StatusSign status={status} />
          <span className="only-heard">{statusText(status)}</span>
        </span>
      )}
    </button>
  );
}
