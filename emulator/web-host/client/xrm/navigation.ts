import { readValues } from '../shell/given-values';
import { tell, ask } from '../shell/dialogs';
import { go } from '../shell/navigation';
import { openNewRow } from '../shell/open-new-row';
import { currentApp } from '../shell/open-row';
import { openFrameDialog, openRecordDialog, type DialogSize } from '../shell/record-dialog';
import { writeValues } from '../shell/given-values';
import { shellWords } from '../language/words/shell';
import { readTable } from '../web-api/metadata';
import type { LookupValue, Value } from '../form/form-model';
import { membersOf } from './members-of';

interface DialogStrings {
  readonly text: string;
  readonly title?: string;
  readonly subtitle?: string;
  readonly confirmButtonLabel?: string;
  readonly cancelButtonLabel?: string;
}

interface FormOptions {
  readonly entityName: string;
  readonly entityId?: string;
  readonly formId?: string;
  readonly useQuickCreateForm?: boolean;
  readonly openInNewWindow?: boolean;
  readonly createFromEntity?: LookupValue;
}

interface PageInput {
  readonly pageType: string;
  readonly entityName?: string;
  readonly entityId?: string;
  readonly formId?: string;
  readonly viewId?: string;
  readonly webresourceName?: string;
  readonly data?: unknown;
}

const inDialog = 2;
const plain = (id: string | undefined) => id?.replace(/[{}]/g, '').toLowerCase();

/** `Xrm.Navigation`. */
export const navigation = membersOf('Xrm.Navigation', {
  openAlertDialog: ({ title = '', text, confirmButtonLabel }: DialogStrings) => tell(title, text, confirmButtonLabel),
  async openConfirmDialog({ title = '', subtitle, text, confirmButtonLabel, cancelButtonLabel }: DialogStrings) {
    const answers = [confirmButtonLabel ?? shellWords('ok'), cancelButtonLabel ?? shellWords('cancel')];
    const asked = subtitle === undefined ? text : `${subtitle}\n\n${text}`;
    return { confirmed: (await ask(title, asked, answers)) === 0 };
  },
  openErrorDialog({ message = '', errorCode, details }: { message?: string; errorCode?: number; details?: string }) {
    const code = errorCode === undefined ? '' : shellWords('errorCode', `0x${(errorCode >>> 0).toString(16)}`);
    return tell(shellWords('error'), [message, code, details ?? ''].filter((text) => text !== '').join('\n\n'));
  },
  async openForm(options: FormOptions, parameters: Readonly<Record<string, string>> = {}) {
    const { entityName, entityId, formId, useQuickCreateForm = false, openInNewWindow = false } = options;
    const place = {
      kind: 'record',
      app: currentApp(),
      table: entityName,
      id: plain(entityId),
      form: plain(formId),
    } as const;
    if (entityId !== undefined && entityId !== '') {
      if (openInNewWindow) window.open(urlFor(place), '_blank', 'noopener');
      else await go(place);
      return { savedEntityReference: [] };
    }
    const values = await givenValues(options, parameters);
    const row = await openNewRow(entityName, values, { isQuick: useQuickCreateForm, form: plain(formId) });
    return { savedEntityReference: row === undefined ? [] : [row] };
  },
  openUrl: (url: string) => void window.open(url, '_blank', 'noopener'),
  openWebResource: (name: string, _options?: object, data?: string) =>
    void window.open(webResourceUrl(name, data), '_blank', 'noopener'),
  openFile: async ({
    fileName,
    fileContent,
    mimeType,
  }: {
    fileName: string;
    fileContent: string;
    mimeType: string;
  }) => {
    const link = Object.assign(document.createElement('a'), {
      href: `data:${mimeType};base64,${fileContent}`,
      download: fileName,
    });
    link.click();
  },
  navigateTo,
});

/** Opens a page in place of this one, or in a dialog above it. @throws Error naming a type of page that is not emulated */
async function navigateTo(input: PageInput, options: DialogSize & { readonly target?: number } = {}): Promise<unknown> {
  const { pageType, entityName: table = '' } = input;
  const isDialog = options.target === inDialog;
  const app = currentApp();
  if (pageType === 'entitylist' && !isDialog) return go({ kind: 'list', app, table, view: plain(input.viewId) });
  if (pageType === 'entityrecord') {
    const data = (input.data ?? {}) as Readonly<Record<string, string>>;
    const values = input.entityId ? undefined : writeValues(await givenValues({ entityName: table }, data));
    const place = {
      kind: 'record',
      app,
      table,
      id: plain(input.entityId) || undefined,
      form: plain(input.formId),
      values,
    } as const;
    if (!isDialog) return go(place);
    const row = await openRecordDialog(place, options);
    return { savedEntityReference: row === undefined ? [] : [row] };
  }
  if (pageType === 'webresource' && isDialog)
    return openFrameDialog(webResourceUrl(input.webresourceName ?? '', input.data as string | undefined), options);
  const how = isDialog ? `${pageType} in a dialog` : pageType;
  throw new Error(`Pages of type '${how}' are not emulated. See docs/support-matrix.md.`);
}

function webResourceUrl(name: string, data: string | undefined): string {
  const query = data === undefined || data === '' ? '' : `?data=${encodeURIComponent(data)}`;
  return `/WebResources/${encodeURI(name)}${query}`;
}

function urlFor({ app, table, id }: { app: string; table: string; id: string | undefined }): string {
  const query = new URLSearchParams({ appid: app, pagetype: 'entityrecord', etn: table, id: id ?? '' });
  return `/main.aspx?${query}`;
}

/** Parameters are texts, as in the address; a row it is made from goes into the first lookup that takes it. */
async function givenValues(
  { entityName, createFromEntity }: Pick<FormOptions, 'entityName' | 'createFromEntity'>,
  parameters: Readonly<Record<string, unknown>>,
): Promise<Map<string, Value>> {
  const table = await readTable(entityName);
  const flat = Object.entries(parameters).flatMap(([name, value]): [string, string][] => {
    const [lookup] = Array.isArray(value) ? (value as LookupValue[]) : [];
    if (lookup === undefined) return [[name, String(value)]];
    return [
      [name, lookup.id],
      [`${name}name`, lookup.name],
      [`${name}type`, lookup.entityType],
    ];
  });
  const values = readValues(new URLSearchParams(flat).toString(), table);
  if (createFromEntity !== undefined) {
    const { entityType, id, name } = createFromEntity;
    const column = [...table.columns.values()].find((one) => one.targets.includes(entityType) && one.validForCreate);
    if (column !== undefined && !values.has(column.name))
      values.set(column.name, [{ id: plain(id)!, entityType, name }]);
  }
  return values;
}
