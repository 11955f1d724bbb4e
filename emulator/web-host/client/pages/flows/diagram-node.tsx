import * as React from 'react';
import { IconButton, Icon } from '@fluentui/react';
import { flowWords } from '../../language/words/flows';
import { card, inside, lineOf, pager, type Placed, type PlacedEdge, type PlacedNode } from './layout';
import { branchLabel, runAfterText, shown } from './names';
import { NodeCard } from './node-card';
import { Pager } from './pager';
import type { RunNode } from './run-tree';

export interface NodeProps {
  readonly placed: PlacedNode;
  /** Place of the action whose details are in sight. */
  readonly chosen: string | undefined;
  onChoose(path: string): void;
  onToggle(node: RunNode): void;
  onRepetition(path: string, index: number): void;
}

/** One action: a card, and below it what is inside. */
export function DiagramNode(props: NodeProps): React.ReactElement {
  const { placed, onToggle } = props;
  const { node, width, height, isOpen } = placed;
  const isContainer = node.branches.length > 0;
  const status = node.status?.toLowerCase() ?? 'none';
  return (
    <div
      className={`node node-${status}${isOpen ? ' node-open' : ''}`}
      style={{ width, height: isOpen ? height : card.height }}
    >
      <div className="node-head" style={{ width: isOpen ? '100%' : card.width }}>
        <NodeCard node={node} isChosen={props.chosen === node.path} onChoose={() => props.onChoose(node.path)} />
        {isContainer && (
          <IconButton
            className="node-toggle"
            iconProps={{ iconName: isOpen ? 'ChevronUp' : 'ChevronDown' }}
            title={flowWords(isOpen ? 'collapse' : 'expand', shown(node.outline.name))}
            aria-expanded={isOpen}
            onClick={() => onToggle(node)}
          />
        )}
      </div>
      {isOpen && node.loop !== undefined && (
        <Pager node={node} loop={node.loop} onShow={(index) => props.onRepetition(node.path, index)} />
      )}
      {isOpen && <Branches {...props} />}
    </div>
  );
}

function Branches(props: NodeProps): React.ReactElement {
  const { node, branches, height } = props.placed;
  const isLabelled = branches.length > 1;
  const top = card.height + (node.loop === undefined ? 0 : pager) + inside.top;
  return (
    <>
      {branches.map(({ branch, content, x, width }, index) => {
        const label = branchLabel(branch.outline);
        const inner = { left: (width - content.width) / 2, top: isLabelled ? inside.label : 0 };
        return (
          <div
            key={index}
            role="group"
            aria-label={`${shown(node.outline.name)} ${label}`.trim()}
            className={isLabelled ? `branch branch-${branch.outline.kind}` : 'branch-plain'}
            style={{ left: x, top, width, height: height - top - inside.bottom }}
          >
            {isLabelled && (
              <span className="branch-label" title={label}>
                {branch.outline.kind === 'yes' && <Icon iconName="CheckMark" />}
                {branch.outline.kind === 'no' && <Icon iconName="Cancel" />} {label}
              </span>
            )}
            <div className="diagram-place" style={inner}>
              <Container {...props} content={content} />
            </div>
          </div>
        );
      })}
    </>
  );
}

/** What a container, or the flow itself, holds: cards, and the arrows between them. */
export function Container({
  content,
  ...props
}: Omit<NodeProps, 'placed'> & { readonly content: Placed }): React.ReactElement {
  if (content.nodes.length === 0) return <div className="diagram-empty">{flowWords('noActions')}</div>;
  return (
    <>
      <svg className="diagram-lines" width={content.width} height={content.height} aria-hidden>
        <Arrowhead />
        {content.edges.map((edge) => (
          <path
            key={`${edge.from} ${edge.to}`}
            className={edge.statuses === undefined ? '' : 'unusual'}
            markerEnd="url(#arrow)"
            d={lineOf(edge.points)}
          />
        ))}
      </svg>
      {content.edges.map((edge) => (
        <EdgeLabel key={`${edge.from} ${edge.to}`} edge={edge} />
      ))}
      {[...content.nodes]
        .sort((a, b) => a.y - b.y || a.x - b.x)
        .map((placed) => (
          <div key={placed.node.path} className="diagram-place" style={{ left: placed.x, top: placed.y }}>
            <DiagramNode {...props} placed={placed} />
          </div>
        ))}
    </>
  );
}

function EdgeLabel({ edge }: { readonly edge: PlacedEdge }): React.ReactElement | null {
  if (edge.statuses === undefined) return null;
  const end = edge.points[edge.points.length - 1]!;
  return (
    <span className="edge-label" style={{ left: end.x, top: end.y - 24 }}>
      {runAfterText(edge.statuses)}
    </span>
  );
}

const Arrowhead = () => (
  <defs>
    <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
      <path d="M0,0 L8,4 L0,8 z" className="arrowhead" />
    </marker>
  </defs>
);
