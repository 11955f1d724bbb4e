import type { XmlElement } from '../../../packaging/index.ts';
import type { TableMetadata } from '../metadata/model.ts';

/** A form on its way in. */
export interface FormOfTable {
  readonly table: TableMetadata;
  /** Type of the file: `main`, `quick` … */
  readonly kind: string;
  readonly form: XmlElement;
  /** How errors call it. */
  readonly what: string;
}
