import * as React from 'react';
import { IconButton } from '@fluentui/react';
import { flowWords } from '../../language/words/flows';
import type { TriggerOutline } from '../../web-api/flow-runs';
import { Container, type NodeProps } from './diagram-node';
import { place } from './layout';
import type { RunNode } from './run-tree';

interface DiagramProps extends Omit<NodeProps, 'placed'> {
  readonly trigger: TriggerOutline;
  readonly triggerStatus: string | undefined;
  readonly nodes: readonly RunNode[];
  isOpen(node: RunNode): boolean;
}

/** The node the trigger is drawn as; its place is no action's. */
export const triggerPath = '(trigger)';

const margin = 24;
const smallestFit = 0.6;
const zooms = [0.5, 0.67, 0.8, 0.9, 1, 1.25, 1.5, 2] as const;

/** The flow from its trigger down, every container a box of its own, each card a button. */
export function FlowDiagram(props: DiagramProps): React.ReactElement {
  const { nodes, isOpen, trigger, triggerStatus } = props;
  const frame = React.useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = React.useState(1);
  const content = place(withTrigger(trigger, triggerStatus, nodes), isOpen);
  const width = content.width + 2 * margin;
  const height = content.height + 2 * margin;
  const fit = () => {
    const room = frame.current;
    if (room !== null) setZoom(zoomFor(room, width));
  };
  const step = (by: 1 | -1) => {
    const next =
      by > 0 ? zooms.find((one) => one > zoom + 0.01) : [...zooms].reverse().find((one) => one < zoom - 0.01);
    if (next !== undefined) setZoom(next);
  };
  const hasFitted = React.useRef(false);
  React.useLayoutEffect(() => {
    const room = frame.current;
    if (room === null || hasFitted.current) return;
    hasFitted.current = true;
    if (width > room.clientWidth) setZoom(zoomFor(room, width));
  }, [width]);
  // Seen from the middle: the trigger stands there.
  React.useLayoutEffect(() => {
    const room = frame.current;
    if (room !== null) room.scrollLeft = (room.scrollWidth - room.clientWidth) / 2;
  }, [zoom, width]);
  return (
    <section className="card diagram" aria-label={flowWords('diagram')}>
      <div className="diagram-tools">
        <IconButton iconProps={{ iconName: 'Remove' }} title={flowWords('zoomOut')} onClick={() => step(-1)} />
        <span className="diagram-zoom">{Math.round(zoom * 100)} %</span>
        <IconButton iconProps={{ iconName: 'Add' }} title={flowWords('zoomIn')} onClick={() => step(1)} />
        <IconButton iconProps={{ iconName: 'FitPage' }} title={flowWords('fit')} onClick={fit} />
      </div>
      <div className="diagram-frame" ref={frame} onKeyDown={moveFocus}>
        <div style={{ width: width * zoom, height: height * zoom, margin: '0 auto' }}>
          <div className="diagram-sheet" style={{ width, height, transform: `scale(${zoom})` }}>
            <div className="diagram-place" style={{ left: margin, top: margin }}>
              <Container {...props} content={content} />
            </div>
          </div>
        </div>
      </div>
    </section>
  );
}

/** As large as it goes into the width, but never too small to read. */
const zoomFor = (room: HTMLElement, width: number) =>
  Math.min(1, Math.max(smallestFit, (room.clientWidth - 24) / width));

/** The trigger is drawn as what everything follows that waits for no other action. */
function withTrigger(trigger: TriggerOutline, status: string | undefined, nodes: readonly RunNode[]): RunNode[] {
  const outline = { ...trigger, runAfter: {}, branches: [] };
  const first = { path: triggerPath, outline, record: undefined, status, branches: [], loop: undefined };
  const follows = (node: RunNode): RunNode =>
    Object.keys(node.outline.runAfter).length > 0
      ? node
      : { ...node, outline: { ...node.outline, runAfter: { [trigger.name]: ['Succeeded'] } } };
  return [first, ...nodes.map(follows)];
}

/** The arrow keys go from card to card, as in a list. */
function moveFocus(event: React.KeyboardEvent<HTMLDivElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  const cards = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('.node-card')];
  const at = cards.indexOf(document.activeElement as HTMLButtonElement);
  if (at < 0) return;
  event.preventDefault();
  cards[at + by]?.focus();
}
