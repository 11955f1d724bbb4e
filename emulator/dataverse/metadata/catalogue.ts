import type {
  Choice,
  ColumnMetadata,
  ManyToManyRelationship,
  MetadataCatalogue,
  Relationship,
  TableMetadata,
} from './model.ts';

/** A table while solutions add to it. */
export type MutableTable = { -readonly [Key in keyof TableMetadata]: TableMetadata[Key] } & {
  columns: Map<string, ColumnMetadata>;
  keys: TableMetadata['keys'][number][];
  manyToOne: Relationship[];
  oneToMany: Relationship[];
  manyToMany: ManyToManyRelationship[];
};

/** The layer a package belongs to, while it is read. */
export interface ReadLayer {
  readonly isManaged: boolean;
  /** What it states takes the place of what is there; a package adds to it. */
  readonly replaces: boolean;
}

/** The metadata while solutions are imported; readers see it as MetadataCatalogue. */
export class Catalogue implements MetadataCatalogue {
  private byName = new Map<string, MutableTable>();
  private bySet = new Map<string, MutableTable>();
  private choices = new Map<string, Choice>();
  private changes = 0;
  /** Type codes given in this environment, by table; a table keeps its own when others go. */
  readonly typeCodes = new Map<string, number>();
  /** Whose metadata is being read. */
  layer: ReadLayer = { isManaged: true, replaces: false };

  get version(): string {
    return String(this.changes);
  }

  table(logicalName: string): MutableTable | undefined {
    return this.byName.get(logicalName.toLowerCase());
  }

  tableBySet(entitySetName: string): TableMetadata | undefined {
    return this.bySet.get(entitySetName);
  }

  tables(): Iterable<MutableTable> {
    return this.byName.values();
  }

  globalChoice(name: string): Choice | undefined {
    return this.choices.get(name.toLowerCase());
  }

  globalChoices(): Iterable<Choice> {
    return this.choices.values();
  }

  addTable(table: MutableTable): void {
    this.byName.set(table.logicalName, table);
    this.bySet.set(table.entitySetName, table);
    this.changed();
  }

  /** Takes a table away with every relationship it has. */
  removeTable(logicalName: string): void {
    const table = this.byName.get(logicalName);
    if (table === undefined) return;
    this.byName.delete(logicalName);
    this.bySet.delete(table.entitySetName);
    for (const other of this.byName.values()) {
      other.manyToOne = other.manyToOne.filter((one) => one.referencedTable !== logicalName);
      other.oneToMany = other.oneToMany.filter((one) => one.referencingTable !== logicalName);
      other.manyToMany = other.manyToMany.filter(
        (one) => one.firstTable !== logicalName && one.secondTable !== logicalName,
      );
    }
    this.changed();
  }

  removeChoice(name: string): void {
    this.choices.delete(name.toLowerCase());
    this.changed();
  }

  addChoice(choice: Choice): void {
    this.choices.set(choice.name.toLowerCase(), choice);
    this.changed();
  }

  /** Hands the present state of global choices to the columns that use them. */
  refreshGlobalChoices(): void {
    for (const { columns } of this.byName.values()) {
      for (const [name, column] of columns) {
        const choice = column.choice?.isGlobal === true ? this.globalChoice(column.choice.name) : undefined;
        if (choice !== undefined && choice !== column.choice) columns.set(name, { ...column, choice });
      }
    }
    this.changed();
  }

  changed(): void {
    this.changes += 1;
  }

  /** Takes over what another catalogue holds: how a failed import is undone. */
  restore(other: Catalogue): void {
    this.byName = other.byName;
    this.bySet = other.bySet;
    this.choices = other.choices;
    this.changed();
  }

  /** A copy that can be changed without changing this. */
  copy(): Catalogue {
    const copy = new Catalogue();
    for (const table of this.byName.values()) {
      copy.addTable({
        ...table,
        columns: new Map(table.columns),
        keys: [...table.keys],
        manyToOne: [...table.manyToOne],
        oneToMany: [...table.oneToMany],
        manyToMany: [...table.manyToMany],
      });
    }
    for (const choice of this.choices.values()) copy.addChoice(choice);
    for (const [table, code] of this.typeCodes) copy.typeCodes.set(table, code);
    copy.changes = this.changes;
    return copy;
  }
}
