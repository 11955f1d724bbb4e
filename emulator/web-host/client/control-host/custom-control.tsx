import * as React from 'react';
import { useTheme } from '@fluentui/react';
import type { ControlDescription } from '../form/form-xml';
import type { FormModel, Value } from '../form/form-model';
import { formattedKey } from '../web-api/web-api';
import { userLanguage } from '../web-api/metadata';
import { entityMetadata } from '../xrm/global';
import { webApi } from '../xrm/web-api';
import { themeTokens } from './theme-tokens';
import { loadControl, type LoadedControl, type PcfControl } from './load-control';

interface CustomControlProps {
  readonly model: FormModel;
  readonly description: ControlDescription;
  readonly label: string;
  readonly isDisabled: boolean;
  /** Tells the form that a control changed a column. */
  onChanged(column: string): void;
}

/** A control that fails shows that, and nothing else of the form does. */
export class CustomControl extends React.Component<CustomControlProps, { error?: string }> {
  override state: { error?: string } = {};

  static getDerivedStateFromError(error: Error): { error: string } {
    return { error: error.message };
  }

  override render(): React.ReactNode {
    if (this.state.error !== undefined) return <div role="alert">Error loading control: {this.state.error}</div>;
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
        Loading…
      </div>
    );
  return loaded.isVirtual ? (
    <VirtualControl {...given} loaded={loaded} />
  ) : (
    <StandardControl {...given} loaded={loaded} />
  );
}

/** The page renders what the control returns, with the React it shares with it. */
function VirtualControl(props: HostedProps): React.ReactElement | null {
  const { context, notify, control } = useControl(props);
  const isNew = React.useRef(true);
  if (isNew.current) {
    isNew.current = false;
    control.init(context, notify, {});
  }
  return (control.updateView(context) as React.ReactElement | undefined) ?? null;
}

/** The control draws into an element of its own. */
function StandardControl(props: HostedProps): React.ReactElement {
  const { context, notify, control } = useControl(props);
  const container = React.useRef<HTMLDivElement>(null);
  const isNew = React.useRef(true);
  React.useLayoutEffect(() => {
    if (isNew.current) control.init(context, notify, {}, container.current!);
    isNew.current = false;
    control.updateView(context);
  });
  return <div ref={container} />;
}

/** One instance for as long as the control is on the page, and the context of this drawing. */
function useControl(props: HostedProps) {
  const { model, description, loaded, onChanged } = props;
  const isDark = useTheme().isInverted;
  const [, draw] = React.useReducer((count: number) => count + 1, 0);
  const instance = React.useRef<PcfControl>();
  const seen = React.useRef({ loads: -1, values: '' });
  React.useEffect(() => () => instance.current?.destroy(), []);
  const control = (instance.current ??= loaded.create());
  const values = JSON.stringify(
    [...description.parameters.values()].map(({ value, isStatic }) =>
      isStatic ? value : model.attributes.get(value)?.value,
    ),
  );
  const updated = seen.current.loads !== model.loads || seen.current.values !== values ? ['parameters'] : [];
  seen.current = { loads: model.loads, values };
  // What it changed is read later, not while it is drawing.
  const notify = () => queueMicrotask(() => takeOutputs(control, loaded, description, model, onChanged));
  return { control, notify, context: contextFor({ ...props, updated, isDark, requestRender: draw }) };
}

function takeOutputs(
  control: PcfControl,
  loaded: LoadedControl,
  { parameters }: ControlDescription,
  model: FormModel,
  onChanged: (column: string) => void,
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
    onChanged(bound.value);
  }
}

interface ContextParts {
  readonly model: FormModel;
  readonly description: ControlDescription;
  readonly label: string;
  readonly isDisabled: boolean;
  readonly loaded: LoadedControl;
  readonly updated: readonly string[];
  readonly isDark: boolean;
  requestRender(): void;
}

/** The context as the documents describe it; features the manifest does not name are null. */
function contextFor({
  model,
  description,
  label,
  isDisabled,
  loaded,
  updated,
  isDark,
  requestRender,
}: ContextParts): object {
  const culture = navigator.language || 'en-US';
  const number = (digits: number) =>
    new Intl.NumberFormat(culture, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const parameters = Object.fromEntries(
    loaded.properties.map((one) => [one.name, parameterFor(one.name, one.type, one.defaultValue, description, model)]),
  );
  return {
    parameters,
    updatedProperties: updated,
    mode: {
      allocatedHeight: -1,
      allocatedWidth: -1,
      isControlDisabled: isDisabled,
      isVisible: true,
      label,
      contextInfo: { entityId: model.id, entityTypeName: model.table.name, entityRecordName: model.title },
      setControlState: () => true,
      setFullScreen: () => undefined,
      trackContainerResize: () => undefined,
    },
    client: {
      disableScroll: false,
      getFormFactor: () => 1,
      getClient: () => 'Web',
      isOffline: () => false,
      isNetworkAvailable: () => navigator.onLine,
    },
    factory: { requestRender, getPopupService: () => null },
    formatting: {
      formatCurrency: (value: number, precision = 2, symbol = '$') => symbol + number(precision).format(value),
      formatDecimal: (value: number, precision = 2) => number(precision).format(value),
      formatInteger: (value: number) => number(0).format(value),
      formatDateShort: (value: Date, withTime = false) =>
        new Intl.DateTimeFormat(
          culture,
          withTime ? { dateStyle: 'short', timeStyle: 'short' } : { dateStyle: 'short' },
        ).format(value),
      formatDateLong: (value: Date) => new Intl.DateTimeFormat(culture, { dateStyle: 'long' }).format(value),
      formatTime: (value: Date) => new Intl.DateTimeFormat(culture, { timeStyle: 'short' }).format(value),
      formatLanguage: (value: number) => String(value),
    },
    navigation: (window as unknown as { Xrm: { Navigation: object } }).Xrm.Navigation,
    resources: { getString: (key: string) => loaded.strings.get(key) ?? key, getResource: () => undefined },
    userSettings: {
      ...(
        window as unknown as { Xrm: { Utility: { getGlobalContext(): { userSettings: object } } } }
      ).Xrm.Utility.getGlobalContext().userSettings,
      languageId: userLanguage(),
      dateFormattingInfo: {},
      numberFormattingInfo: {},
    },
    utils: loaded.features.has('Utility')
      ? { getEntityMetadata: entityMetadata, hasEntityPrivilege: () => true }
      : null,
    webAPI: loaded.features.has('WebAPI') ? webApi : null,
    fluentDesignLanguage: { isDarkTheme: isDark, tokenTheme: isDark ? themeTokens.dark : themeTokens.light },
    events: {},
  };
}

function parameterFor(
  name: string,
  type: string,
  defaultValue: string | undefined,
  { parameters }: ControlDescription,
  model: FormModel,
): object {
  const bound = parameters.get(name);
  if (bound === undefined || bound.isStatic)
    return { raw: bound?.value ?? defaultValue ?? null, type, formatted: bound?.value, error: false, errorMessage: '' };
  const attribute = model.attributes.get(bound.value);
  const raw = attribute?.value ?? null;
  const lookup = Array.isArray(raw) ? raw[0]?.name : undefined;
  const errorMessage = errorsAt(bound.value, model);
  return {
    raw,
    type,
    formatted: lookup ?? String(model.row[formattedKey(bound.value)] ?? raw ?? ''),
    error: errorMessage !== '',
    errorMessage,
    attributes:
      attribute === undefined
        ? undefined
        : {
            DisplayName: attribute.column.label,
            LogicalName: bound.value,
            RequiredLevel: attribute.column.isRequired ? 2 : 0,
            IsSecured: false,
            MaxLength: attribute.column.maxLength,
          },
    security: { readable: true, editable: attribute?.column.validForUpdate ?? true, secured: false },
  };
}

/** What scripts have set at the controls of a column. */
function errorsAt(column: string, model: FormModel): string {
  const controls = [...model.controls.values()].filter((one) => one.column === column);
  return controls.flatMap(({ notifications }) => [...notifications.values()].map(({ text }) => text)).join('\n');
}
