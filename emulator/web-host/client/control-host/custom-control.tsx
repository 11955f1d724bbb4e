import * as React from 'react';
import { useTheme } from '@fluentui/react';
import type { FormModel, Value } from '../form/form-model';
import type { ControlDescription } from '../form/form-xml';
import { contextFor, type ControlPlace } from './control-context';
import type { DataSetSource } from './data-set/data-set';
import { useDataSets } from './data-set/use-data-sets';
import { loadControl, type LoadedControl, type PcfControl } from './load-control';
import { formWords } from '../language/words/form';
import { shellWords } from '../language/words/shell';

export interface CustomControlProps {
  readonly description: ControlDescription;
  readonly label: string;
  readonly isDisabled: boolean;
  /** The row of the form the control is on. */
  readonly model?: FormModel;
  /** Rows for the data set of this name; undefined: it has none. */
  rowsOf?(dataSet: string): DataSetSource | undefined;
  /** Tells the form that a control changed a column. */
  onChanged?(column: string): void;
  /** Ids of the rows a grid has marked. */
  onSelect?(ids: readonly string[]): void;
}

/** A control that fails shows that, and nothing else of the page does. */
export class CustomControl extends React.Component<CustomControlProps, { error?: string }> {
  override state: { error?: string } = {};

  static getDerivedStateFromError(error: Error): { error: string } {
    return { error: error.message };
  }

  override render(): React.ReactNode {
    if (this.state.error !== undefined) return <div role="alert">{formWords('controlFailed', this.state.error)}</div>;
    return <Hosted {...this.props} onError={this.onError} />;
  }

  private readonly onError = (error: string) => this.setState({ error });
}

type HostedProps = CustomControlProps & { readonly loaded: LoadedControl };

/** Loads the control, then hosts it by its kind. */
function Hosted({ onError, ...given }: CustomControlProps & { onError(error: string): void }): React.ReactElement {
  const { name } = given.description;
  const [loaded, setLoaded] = React.useState<LoadedControl>();
  React.useEffect(() => {
    let isThere = true;
    loadControl(name).then(
      (control) => isThere && setLoaded(control),
      (error: Error) => isThere && onError(error.message),
    );
    return () => {
      isThere = false;
    };
  }, [name, onError]);
  if (loaded === undefined)
    return (
      <div aria-busy="true" className="quiet">
        {shellWords('loading')}
      </div>
    );
  return loaded.isVirtual ? (
    <VirtualControl {...given} loaded={loaded} />
  ) : (
    <StandardControl {...given} loaded={loaded} />
  );
}

/** The page renders what the control returns, with the React it shares with it. */
function VirtualControl(props: HostedProps): React.ReactElement {
  const { context, notify, control, frame, className } = useControl(props);
  const isNew = React.useRef(true);
  if (isNew.current) {
    isNew.current = false;
    control.init(context, notify, {});
  }
  return (
    <div ref={frame} className={className}>
      {control.updateView(context) as React.ReactElement | undefined}
    </div>
  );
}

/** The control draws into an element of its own. */
function StandardControl(props: HostedProps): React.ReactElement {
  const { context, notify, control, frame, className } = useControl(props);
  const isNew = React.useRef(true);
  React.useLayoutEffect(() => {
    if (isNew.current) control.init(context, notify, {}, frame.current!);
    isNew.current = false;
    control.updateView(context);
  });
  return <div ref={frame} className={className} />;
}

/** One instance for as long as the control is on the page, and the context of this drawing. */
function useControl(props: HostedProps) {
  const { model, description, loaded, onChanged } = props;
  const isDark = useTheme().isInverted;
  const causes = React.useRef<string[]>([]);
  const [, draw] = React.useReducer((count: number) => count + 1, 0);
  const drawFor = (cause: string) => {
    causes.current.push(cause);
    draw();
  };
  const { place, frame, className } = usePlace(draw, drawFor);
  const dataSets = useDataSets(props, drawFor);
  const instance = React.useRef<PcfControl>();
  const seen = React.useRef({ loads: -1, values: '' });
  React.useEffect(() => () => instance.current?.destroy(), []);
  const control = (instance.current ??= loaded.create());
  const values = JSON.stringify(
    [...description.parameters.values()].map(({ value, isStatic }) =>
      isStatic ? value : model?.attributes.get(value)?.value,
    ),
  );
  const loads = model?.loads ?? 0;
  if (seen.current.loads !== loads || seen.current.values !== values) causes.current.push('parameters');
  seen.current = { loads, values };
  const updated = [...new Set(causes.current.splice(0))];
  // What it changed is read later, not while it is drawing.
  const notify = () => queueMicrotask(() => model && takeOutputs(control, loaded, description, model, onChanged));
  return {
    control,
    notify,
    frame,
    className,
    context: contextFor({ ...props, model, dataSets, updated, isDark, place }),
  };
}

/** The element the control is in: its width once the control wants to know it, and whether it fills the window. */
function usePlace(requestRender: () => void, drawFor: (cause: string) => void) {
  const frame = React.useRef<HTMLDivElement>(null);
  const state = React.useRef<Record<string, unknown>>({});
  const [width, setWidth] = React.useState(-1);
  const [isTracked, setTracked] = React.useState(false);
  const [isFull, setFull] = React.useState(false);
  React.useEffect(() => {
    if (!isTracked || frame.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      setWidth(Math.floor(entry!.contentRect.width));
      drawFor('layout');
    });
    observer.observe(frame.current);
    return () => observer.disconnect();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- drawFor is another each time and does the same
  }, [isTracked]);
  const place: ControlPlace = {
    width,
    state: state.current,
    requestRender,
    // Asked for while the control is drawn.
    trackResize: (isWanted) => queueMicrotask(() => setTracked(isWanted)),
    setFullScreen: (isWanted) =>
      queueMicrotask(() => {
        setFull(isWanted);
        drawFor(isWanted ? 'fullscreen_open' : 'fullscreen_close');
      }),
  };
  return { place, frame, className: isFull ? 'control-full' : 'control-frame' };
}

function takeOutputs(
  control: PcfControl,
  loaded: LoadedControl,
  { parameters }: ControlDescription,
  model: FormModel,
  onChanged: CustomControlProps['onChanged'],
): void {
  const outputs = control.getOutputs?.() ?? {};
  for (const [name, value] of Object.entries(outputs)) {
    const bound = parameters.get(name);
    if (bound === undefined || bound.isStatic || !loaded.properties.some((one) => one.name === name && one.isBound))
      continue;
    const attribute = model.attributes.get(bound.value);
    const next = (value === undefined || value === '' ? null : value) as Value;
    if (attribute === undefined || JSON.stringify(attribute.value) === JSON.stringify(next)) continue;
    model.setValue(bound.value, next);
    onChanged?.(bound.value);
  }
}
