import type { LookupValue, Value } from '../form-model';
import { listAllowed } from '../../web-api/web-api';
import { readFormXml, type FormDefinition } from '../form-xml';

const quickCreateForm = 7;

/** The quick create form of a table; undefined for a table without one. */
export async function readQuickCreateForm(table: string): Promise<FormDefinition | undefined> {
  const [row] = await listAllowed(
    `systemforms?$select=formxml&$filter=objecttypecode eq '${table}' and type eq ${quickCreateForm} and formactivationstate eq 1&$orderby=name`,
  );
  return row === undefined ? undefined : readFormXml(String(row['formxml'] ?? ''));
}

export interface QuickCreateRequest {
  readonly table: string;
  readonly form: FormDefinition;
  readonly values: ReadonlyMap<string, Value>;
}

/** One that is open; the last is in sight. */
export interface OpenQuickCreate extends QuickCreateRequest {
  done(row: LookupValue | undefined): void;
}

let open: readonly OpenQuickCreate[] = [];
const listeners = new Set<() => void>();

export const openQuickCreates = (): readonly OpenQuickCreate[] => open;

export function watchQuickCreates(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Opens the form beside the page. @returns the row that was made, undefined for none */
export function openQuickCreate(request: QuickCreateRequest): Promise<LookupValue | undefined> {
  return new Promise((answered) => {
    const one: OpenQuickCreate = {
      ...request,
      done(row) {
        open = open.filter((other) => other !== one);
        listeners.forEach((listener) => listener());
        answered(row);
      },
    };
    open = [...open, one];
    listeners.forEach((listener) => listener());
  });
}
