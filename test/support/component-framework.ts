import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setIconOptions } from '@fluentui/react';
import { act, cleanup, render } from '@testing-library/react';
import type * as React from 'react';

// The icon font is the host's; without it Fluent UI would warn at every button.
setIconOptions({ disableWarnings: true });

type Row = Record<string, unknown>;
type Property = Partial<ComponentFramework.PropertyTypes.Property>;

/** A host's side of one control: what model-driven apps give it, and no more. */
export interface HostOptions {
  /** Folder under `controls/`; its resource files are read as the host reads them. */
  readonly control: string;
  /** Raw values by property. */
  readonly values: Record<string, unknown>;
  /** What the host knows of a property besides its value: security, errors, metadata. */
  readonly traits?: Record<string, Property>;
  /** Data sets by name: what each is at the time it is asked for. */
  readonly dataSets?: Record<string, () => object>;
  /** Pixels, once the control asks for its width. */
  readonly width?: number;
  readonly webApi?: FakeWebApi;
  readonly languageId?: number;
  readonly isRightToLeft?: boolean;
  readonly isDisabled?: boolean;
  readonly theme?: ComponentFramework.FluentDesignState;
  /** Forms the control opens are put here. */
  readonly opened?: object[];
  /** What `utils.getEntityMetadata` answers. */
  readonly metadata?: (table: string, columns: string[]) => Promise<unknown>;
}

/** Answers by table; a function may refuse. Whatever is not there fails the test that asks for it. */
export type FakeWebApi = Record<string, (query: string, id?: string) => Row[] | Promise<Row[]>>;

interface Control {
  init(context: never, notifyOutputChanged: () => void, state: never): void;
  updateView(context: never): React.ReactElement;
  getOutputs?(): Record<string, unknown>;
  destroy(): void;
}

export interface ControlHost {
  /** Every request, as `table?query` or `table(id)?query`. */
  readonly requests: string[];
  /** What the form holds now. */
  readonly values: Record<string, unknown>;
  /** How often the control said that it has new outputs. */
  readonly outputsTaken: () => number;
  /** The host shows the control other values, or the same ones for another cause. */
  update(values?: Record<string, unknown>, causes?: string[]): Promise<void>;
  /** Lets everything asynchronous that is due happen. */
  settled(): Promise<void>;
  destroy(): void;
}

/** Loads a virtual control the way the host does: init, updateView into the host's tree, outputs read later. */
export async function hostControl(Class: new () => unknown, options: HostOptions): Promise<ControlHost> {
  const control = new Class() as Control;
  const values = { ...options.values };
  const requests: string[] = [];
  let taken = 0;
  const draw = (causes: string[] = []) => {
    const element = control.updateView(context(options, values, requests, causes, () => act(() => draw())) as never);
    if (view === undefined) view = render(element);
    else view.rerender(element);
  };
  let view: ReturnType<typeof render> | undefined;
  const takeOutputs = () => {
    taken++;
    // The host reads outputs after the handler that announced them has ended.
    setTimeout(() => {
      Object.assign(values, control.getOutputs?.() ?? {});
      act(() => draw(['parameters']));
    }, 0);
  };
  control.init(context(options, values, requests, [], () => act(() => draw())) as never, takeOutputs, {} as never);
  const turn = (ms: number) => new Promise((done) => setTimeout(done, ms));
  // Answers and drawings need turns, not time: on a busy machine the time alone is not enough.
  const settled = () =>
    act(async () => {
      await turn(20);
      for (let turns = 0; turns < 10; turns++) await turn(0);
    });
  draw();
  await settled();
  return {
    requests,
    values,
    outputsTaken: () => taken,
    settled,
    async update(changes = {}, causes = []) {
      Object.assign(values, changes);
      act(() => draw(causes));
      await settled();
    },
    destroy() {
      cleanup();
      control.destroy();
    },
  };
}

function context(
  options: HostOptions,
  values: Record<string, unknown>,
  requests: string[],
  updatedProperties: string[],
  draw: () => void,
) {
  const strings = stringsOf(options.control, options.languageId ?? 1033);
  const parameters = Object.entries(values).map(([name, raw]) => [
    name,
    { raw, error: false, errorMessage: '', type: 'SingleLine.Text', ...options.traits?.[name] },
  ]);
  return {
    parameters: {
      ...Object.fromEntries(parameters),
      ...Object.fromEntries(Object.entries(options.dataSets ?? {}).map(([name, dataSet]) => [name, dataSet()])),
    },
    updatedProperties,
    mode: {
      isControlDisabled: options.isDisabled ?? false,
      isVisible: true,
      label: '',
      allocatedWidth: options.width ?? -1,
      allocatedHeight: -1,
      trackContainerResize: () => undefined,
    },
    client: { getFormFactor: () => 1, isOffline: () => false, isNetworkAvailable: () => true },
    userSettings: {
      languageId: options.languageId ?? 1033,
      isRTL: options.isRightToLeft ?? false,
      userId: '{EEEEEEEE-0000-0000-0000-000000000001}',
    },
    navigation: { openForm: async (form: object) => void options.opened?.push(form) },
    resources: { getString: (key: string) => strings.get(key) ?? key },
    formatting: {
      formatInteger: (value: number) => String(value),
      formatDecimal: (value: number, digits = 2) => value.toFixed(digits),
      formatDateYearMonth: (value: Date) => value.toISOString().slice(0, 7),
      formatDateLong: (value: Date) => value.toISOString().slice(0, 10),
      formatDateShort: (value: Date) => value.toISOString().slice(0, 16).replace('T', ' '),
    },
    // Later, as a host does: never from within the call.
    factory: { requestRender: () => void setTimeout(draw, 0) },
    utils: { getEntityMetadata: options.metadata ?? (() => Promise.reject(new Error('no metadata'))) },
    webAPI: webApi(options.webApi ?? {}, requests),
    fluentDesignLanguage: options.theme,
  };
}

function webApi(answers: FakeWebApi, requests: string[]) {
  const ask = async (table: string, query: string, id?: string) => {
    requests.push(id === undefined ? `${table}${query}` : `${table}(${id})${query}`);
    const answer = answers[table];
    if (answer === undefined) throw new Error(`Nobody answers for ${table}.`);
    return answer(decodeURIComponent(query), id);
  };
  return {
    retrieveMultipleRecords: async (table: string, query = '') => ({ entities: await ask(table, query) }),
    retrieveRecord: async (table: string, id: string, query = '') => {
      const [row] = await ask(table, query, id);
      if (row === undefined)
        throw Object.assign(new Error(`${table} With Id = ${id} Does Not Exist`), { errorCode: 0x80040217 });
      return row;
    },
  };
}

/** The texts of a control in one language, from the file that is built into it. */
export function stringsOf(control: string, languageId: number): Map<string, string> {
  const file = join(__dirname, '../../controls', control, 'strings', `${control}.${languageId}.resx`);
  const document = new DOMParser().parseFromString(readFileSync(file, 'utf8'), 'application/xml');
  return new Map(
    [...document.querySelectorAll('data')].map((data) => [
      data.getAttribute('name') ?? '',
      data.querySelector('value')?.textContent ?? '',
    ]),
  );
}
