/** A form of a model-driven app as far as form scripts see it: values, what is dirty, notifications, events, saves. */
export interface FormOptions {
  /** Empty for a row that has never been saved. */
  readonly id?: string;
  readonly values?: Record<string, unknown>;
  /** Columns of the form; those with values are there anyway. */
  readonly columns?: readonly string[];
  /** Does what the server does on a save; throw to refuse. */
  readonly onServerSave?: (columns: Record<string, unknown>) => void | Promise<void>;
  /** Labels of what choices hold. */
  readonly texts?: Readonly<Record<string, string>>;
  /** What the row holds after `data.refresh`; what the form shows stays otherwise. */
  readonly onRefresh?: () => Record<string, unknown>;
}

type Handler = (context: never) => unknown;

interface FakeControl {
  isDisabled: boolean;
  isVisible: boolean;
  hasFocus: boolean;
  /** Errors block the next save; recommendations do not. */
  readonly errors: Map<string, string>;
  readonly recommendations: Map<string, string>;
}

export class FakeForm {
  readonly notifications = new Map<string, { text: string; level: string }>();
  readonly controls = new Map<string, FakeControl>();
  /** Columns each save sent. */
  readonly saves: Record<string, unknown>[] = [];
  refreshes = 0;
  isClosed = false;
  id: string;
  private readonly saved = new Map<string, unknown>();
  private readonly current = new Map<string, unknown>();
  readonly requiredLevels = new Map<string, string>();
  private readonly submitModes = new Map<string, string>();
  private readonly changeHandlers = new Map<string, Set<Handler>>();
  private readonly postSave = new Set<Handler>();
  private readonly attributes = new Map<string, Xrm.Attributes.Attribute>();
  onSave: Handler = () => undefined;

  constructor(private readonly options: FormOptions = {}) {
    this.id = options.id ?? '';
    const values = options.values ?? {};
    for (const name of new Set([...Object.keys(values), ...(options.columns ?? [])])) {
      this.saved.set(name, values[name] ?? null);
      this.current.set(name, values[name] ?? null);
      this.controls.set(name, {
        isDisabled: false,
        isVisible: true,
        hasFocus: false,
        errors: new Map(),
        recommendations: new Map(),
      });
      this.attributes.set(name, this.attribute(name));
    }
  }

  /** The user changes a column. */
  type(name: string, value: unknown): void {
    this.current.set(name, value);
    for (const handler of this.changeHandlers.get(name) ?? []) handler(this.event() as never);
  }

  value(name: string): unknown {
    return this.current.get(name);
  }

  isDirty(name: string): boolean {
    return this.current.get(name) !== this.saved.get(name);
  }

  /** The user presses Save. @returns whether the save went to the server and was taken */
  async save(saveMode = 1): Promise<boolean> {
    if ([...this.controls.values()].some(({ errors }) => errors.size > 0)) return false;
    let isPrevented = false;
    this.onSave(
      this.event({
        getSaveMode: () => saveMode,
        preventDefault: () => (isPrevented = true),
        isDefaultPrevented: () => isPrevented,
      }) as never,
    );
    if (isPrevented) return false;
    return (await this.send()) === undefined;
  }

  get context(): Xrm.FormContext {
    return {
      getAttribute: (name: string) => this.attributes.get(name) ?? null,
      getControl: (name: string) => (this.controls.has(name) ? this.control(name) : null),
      ui: {
        setFormNotification: (text: string, level: string, id: string) => {
          this.notifications.set(id, { text, level });
          return true;
        },
        clearFormNotification: (id: string) => this.notifications.delete(id),
        close: () => (this.isClosed = true),
        tabs: { get: () => null },
      },
      data: {
        save: async () => {
          if (!(await this.save())) throw { errorCode: 0x80040265, message: this.lastError ?? 'prevented' };
        },
        refresh: async () => this.refresh(),
        entity: {
          getId: () => this.id,
          attributes: { get: () => [...this.attributes.values()] },
          addOnPostSave: (handler: Handler) => this.postSave.add(handler),
          removeOnPostSave: (handler: Handler) => this.postSave.delete(handler),
        },
      },
    } as unknown as Xrm.FormContext;
  }

  event(eventArgs: object = {}): Xrm.Events.EventContext {
    return { getFormContext: () => this.context, getEventArgs: () => eventArgs } as unknown as Xrm.Events.EventContext;
  }

  private lastError: string | undefined;

  /** @returns the message of a refusal */
  private async send(): Promise<string | undefined> {
    const sent = [...this.current.keys()].filter(
      (name) => this.isDirty(name) && this.submitModes.get(name) !== 'never',
    );
    const columns = Object.fromEntries(sent.map((name) => [name, this.current.get(name)]));
    this.saves.push(columns);
    try {
      await this.options.onServerSave?.(columns);
      this.lastError = undefined;
      if (this.id === '') this.id = '{11111111-2222-3333-4444-555555555555}';
      for (const name of sent) this.saved.set(name, this.current.get(name));
    } catch (error) {
      this.lastError = (error as Error).message;
    }
    const message = this.lastError;
    for (const handler of [...this.postSave])
      handler(
        this.event({
          getIsSaveSuccess: () => message === undefined,
          getSaveErrorInfo: () => (message === undefined ? null : { errorCode: 0x80040265, message }),
        }) as never,
      );
    return message;
  }

  private refresh(): void {
    this.refreshes++;
    for (const [name, value] of Object.entries(this.options.onRefresh?.() ?? {})) this.saved.set(name, value);
    for (const [name, value] of this.saved) this.current.set(name, value);
  }

  private attribute(name: string): Xrm.Attributes.Attribute {
    const handlers = new Set<Handler>();
    this.changeHandlers.set(name, handlers);
    return {
      getName: () => name,
      getValue: () => this.current.get(name),
      setValue: (value: unknown) => this.current.set(name, value),
      getText: () => this.options.texts?.[name] ?? '',
      setRequiredLevel: (level: string) => this.requiredLevels.set(name, level),
      getIsDirty: () => this.isDirty(name),
      setSubmitMode: (mode: string) => this.submitModes.set(name, mode),
      getSubmitMode: () => this.submitModes.get(name) ?? 'dirty',
      addOnChange: (handler: Handler) => handlers.add(handler),
      removeOnChange: (handler: Handler) => handlers.delete(handler),
      controls: { forEach: (visit: (control: unknown) => void) => visit(this.control(name)) },
    } as unknown as Xrm.Attributes.Attribute;
  }

  private control(name: string) {
    const control = this.controls.get(name)!;
    return {
      setDisabled: (isDisabled: boolean) => (control.isDisabled = isDisabled),
      setVisible: (isVisible: boolean) => (control.isVisible = isVisible),
      setFocus: () => (control.hasFocus = true),
      setNotification: (text: string, id: string) => control.errors.set(id, text),
      addNotification: (given: { messages: string[]; notificationLevel: string; uniqueId: string }) =>
        (given.notificationLevel === 'ERROR' ? control.errors : control.recommendations).set(
          given.uniqueId,
          given.messages[0] ?? '',
        ),
      clearNotification: (id: string) => {
        const isThere = control.errors.delete(id);
        return control.recommendations.delete(id) || isThere;
      },
    };
  }
}

export interface XrmOptions {
  readonly languageId?: number;
  readonly retrieveMultipleRecords?: (table: string, query: string) => Record<string, unknown>[] | Promise<never>;
  readonly retrieveRecord?: (table: string, id: string, options: string) => Record<string, unknown>;
  /** Answers the confirmation dialogs; yes unless stated. */
  readonly isConfirmed?: boolean;
  readonly userId?: string;
  /** Takes the change sets; throw, or answer responses that are not ok, to refuse. */
  readonly executeMultiple?: (requests: unknown[]) => Promise<unknown[]>;
}

export interface FakeXrm {
  readonly requests: string[];
  readonly executed: unknown[][];
  readonly opened: unknown[];
  /** What dialogs said: confirmations, alerts and errors. */
  readonly said: string[];
  /** How many progress indicators are open. */
  progress: number;
}

/** Puts an `Xrm` in the page. */
export function installXrm(options: XrmOptions = {}): FakeXrm {
  const fake: FakeXrm = { requests: [], executed: [], opened: [], said: [], progress: 0 };
  const xrm = {
    Utility: {
      getGlobalContext: () => ({
        userSettings: { languageId: options.languageId ?? 1033, userId: options.userId ?? '{U}' },
        getClientUrl: () => 'https://contoso.crm.dynamics.com',
      }),
      showProgressIndicator: () => fake.progress++,
      closeProgressIndicator: () => fake.progress--,
    },
    Navigation: {
      openForm: async (form: unknown) => fake.opened.push(form),
      openConfirmDialog: async ({ text }: { text: string }) => {
        fake.said.push(text);
        return { confirmed: options.isConfirmed ?? true };
      },
      openAlertDialog: async ({ text }: { text: string }) => void fake.said.push(text),
      openErrorDialog: async ({ message }: { message: string }) => void fake.said.push(message),
    },
    WebApi: {
      retrieveRecord: async (table: string, id: string, query: string) => {
        fake.requests.push(`${table}(${id})${query}`);
        if (options.retrieveRecord === undefined) throw new Error(`There is no ${table} ${id}.`);
        return options.retrieveRecord(table, id, query);
      },
      retrieveMultipleRecords: async (table: string, query: string) => {
        fake.requests.push(`${table}${query}`);
        return { entities: (await options.retrieveMultipleRecords?.(table, query)) ?? [] };
      },
      online: {
        executeMultiple: async (requests: unknown[]) => {
          fake.executed.push(requests);
          return (await options.executeMultiple?.(requests)) ?? requests.map(() => ({ ok: true }));
        },
      },
    },
  };
  (globalThis as unknown as { Xrm: unknown }).Xrm = xrm;
  return fake;
}

/** Lets everything that waits for nothing but promises happen. */
export const promisesDone = () => new Promise<void>((done) => setTimeout(done, 5));
