/** A setting of an add-in: what a person is asked for when it is installed. */
export interface Setting {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'number';
  readonly default: string | number;
}

export type Configuration = Readonly<Record<string, string | number>>;

export interface AddIn {
  readonly uniqueName: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly settings: readonly Setting[];
  /** Brings what it needs, or takes up a changed configuration. @throws Error in words when it cannot */
  setUp(configuration: Configuration): Promise<void>;
  /** Takes back what it brought. */
  remove(): Promise<void>;
  /** Begins what it does while it is installed; the answer ends it. */
  start(configuration: Configuration): () => void;
}
