import type { Lookup } from '../../query/index.ts';
import type { Caller } from '../contract.ts';
import { componentLabelKey, readComponentLabels } from '../metadata/component-labels.ts';
import type { MetadataCatalogue } from '../metadata/model.ts';
import { createNames, createSymbols, type ApiParts } from './api.ts';
import type { Preferences } from './preferences.ts';
import { formatsOf, type UserFormats } from './user-formats.ts';
import type { RowWriter } from './write-row.ts';

/** What has been looked up for a request. */
interface Found {
  formats?: UserFormats;
  names?: RowWriter['nameOf'];
  symbols?: RowWriter['symbolOf'];
  labels?: ReturnType<typeof readComponentLabels>;
}

/** Writes the rows of one request. What it has to look up it looks up once, and most requests never ask for it. */
export class RequestWriter implements RowWriter {
  readonly metadata: MetadataCatalogue;
  private readonly found: Found = {};

  constructor(
    private readonly parts: ApiParts,
    private readonly caller: Caller,
    readonly preferences: Preferences,
    readonly fullMetadataOf: string | undefined,
  ) {
    this.metadata = parts.metadata;
  }

  get formats(): UserFormats {
    return (this.found.formats ??= formatsOf(this.caller, this.parts.database, this.metadata));
  }

  // Handed on by themselves, too: they keep the writer they are of.
  readonly nameOf = (lookup: Lookup): string | undefined => (this.found.names ??= createNames(this.parts))(lookup);

  readonly symbolOf = (currency: Lookup | null | undefined): string | undefined =>
    (this.found.symbols ??= createSymbols(this.parts))(currency);

  readonly labelOf = (table: string, id: string, column: string): string | undefined => {
    this.found.labels ??= readComponentLabels(this.parts.database, this.formats.language);
    return this.found.labels.get(componentLabelKey(table, id, column));
  };
}
