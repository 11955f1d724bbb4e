import { userLanguage } from '../language/speak';

export interface FormCell {
  readonly id: string;
  readonly label: string;
  readonly showLabel: boolean;
  readonly isVisible: boolean;
  /** Columns and rows of the section it spans. */
  readonly span: number;
  readonly rowSpan: number;
  readonly controlId: string;
  readonly classId: string;
  /** Whether it shows rows, not a column. */
  readonly isSubgrid: boolean;
  readonly column: string | undefined;
  readonly isDisabled: boolean;
  readonly uniqueId: string | undefined;
  readonly parameters: ReadonlyMap<string, string>;
}

export interface FormSection {
  readonly id: string;
  readonly name: string;
  readonly isVisible: boolean;
  readonly label: string;
  readonly showLabel: boolean;
  readonly columns: number;
  readonly cells: readonly FormCell[];
}

export interface FormTab {
  readonly id: string;
  readonly name: string;
  readonly isVisible: boolean;
  readonly label: string;
  readonly columns: readonly { readonly width: string; readonly sections: readonly FormSection[] }[];
}

export interface Handler {
  readonly event: string;
  readonly attribute: string | undefined;
  /** Id of the tab it listens to. */
  readonly tab: string | undefined;
  readonly functionName: string;
  readonly library: string;
  readonly passContext: boolean;
}

/** A custom control set on a cell: its name and what each of its properties is bound to. */
export interface ControlDescription {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, { readonly value: string; readonly isStatic: boolean }>;
  /** By name of the data set: its view and what of it is shown. */
  readonly dataSets: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export interface FormDefinition {
  readonly tabs: readonly FormTab[];
  readonly header: readonly FormCell[];
  readonly libraries: readonly string[];
  readonly handlers: readonly Handler[];
  readonly descriptions: ReadonlyMap<string, ControlDescription>;
}

const web = '2';
/** Classes of controls that are bound to no column. */
export const placeClasses = {
  timeline: '{06375649-C143-495E-A496-C962E5B4488E}',
  quickView: '{5C5600E0-1D6E-4205-A272-BE80DA87FD42}',
  webResource: '{9FDF5F91-88B1-47F4-AD53-C11EFC01A01D}',
  frame: '{FD2A7985-3187-444E-908D-6624B21F69C0}',
} as const;
const subgridClass = '{E7A81278-8635-4D9E-8D4D-59480B391C5B}';

/** Reads a form's XML into what the page draws. */
export function readFormXml(xml: string): FormDefinition {
  const form = new DOMParser().parseFromString(xml, 'application/xml').documentElement;
  const all = (parent: Element, path: string) => [...parent.querySelectorAll(`:scope > ${path}`)];
  return {
    tabs: all(form, 'tabs > tab').map((tab, at) => ({
      id: tab.getAttribute('id') ?? `tab-${at}`,
      isVisible: tab.getAttribute('visible') !== 'false',
      name: tab.getAttribute('name') ?? '',
      label: labelOf(tab),
      columns: all(tab, 'columns > column').map((column) => ({
        width: column.getAttribute('width') ?? '100%',
        sections: all(column, 'sections > section').map(readSection),
      })),
    })),
    header: all(form, 'header > rows > row > cell').flatMap(readCell),
    libraries: all(form, 'formLibraries > Library').map((library) => library.getAttribute('name') ?? ''),
    handlers: [...form.querySelectorAll(':scope > events > event, tabs > tab > events > event')].flatMap((event) =>
      all(event, 'Handlers > Handler')
        .filter((handler) => handler.getAttribute('enabled') !== 'false')
        .map((handler) => ({
          event: (event.getAttribute('name') ?? '').toLowerCase(),
          attribute: event.getAttribute('attribute') ?? undefined,
          tab: event.closest('tab')?.getAttribute('id') ?? undefined,
          functionName: handler.getAttribute('functionName') ?? '',
          library: handler.getAttribute('libraryName') ?? '',
          passContext: handler.getAttribute('passExecutionContext') === 'true',
        })),
    ),
    descriptions: new Map(all(form, 'controlDescriptions > controlDescription').flatMap(readDescription)),
  };
}

function labelOf(element: Element): string {
  const labels = [...element.querySelectorAll(':scope > labels > label')];
  const own = labels.find((one) => one.getAttribute('languagecode') === String(userLanguage())) ?? labels[0];
  return own?.getAttribute('description') ?? '';
}

function readSection(section: Element): FormSection {
  return {
    id: section.getAttribute('id') ?? section.getAttribute('name') ?? '',
    isVisible: section.getAttribute('visible') !== 'false',
    name: section.getAttribute('name') ?? '',
    label: labelOf(section),
    showLabel: section.getAttribute('showlabel') !== 'false',
    // The count is written in unary: 1, 11, 111.
    columns: Math.max(1, (section.getAttribute('columns') ?? '1').length),
    cells: [...section.querySelectorAll(':scope > rows > row > cell')].flatMap(readCell),
  };
}

function readCell(cell: Element): FormCell[] {
  const control = cell.querySelector(':scope > control');
  if (control === null) return [];
  return [
    {
      id: cell.getAttribute('id') ?? '',
      label: labelOf(cell),
      showLabel: cell.getAttribute('showlabel') !== 'false',
      isVisible: cell.getAttribute('visible') !== 'false',
      span: Number(cell.getAttribute('colspan') ?? 1),
      rowSpan: Number(cell.getAttribute('rowspan') ?? 1),
      controlId: control.getAttribute('id') ?? '',
      classId: (control.getAttribute('classid') ?? '').toUpperCase(),
      isSubgrid:
        control.getAttribute('indicationOfSubgrid') === 'true' ||
        control.getAttribute('classid')?.toUpperCase() === subgridClass,
      column: control.getAttribute('datafieldname')?.toLowerCase() ?? undefined,
      isDisabled: control.getAttribute('disabled') === 'true',
      uniqueId: control.getAttribute('uniqueid')?.toUpperCase() ?? undefined,
      parameters: new Map(
        [...control.querySelectorAll(':scope > parameters > *')].map((one) => [one.tagName, one.textContent ?? '']),
      ),
    },
  ];
}

function readDescription(description: Element): [string, ControlDescription][] {
  const control = readControlDescription(description);
  if (control === undefined) return [];
  return [[(description.getAttribute('forControl') ?? '').toUpperCase(), control]];
}

/** The control set for the web client; undefined where the platform's own is kept. */
export function readControlDescription(description: Element): ControlDescription | undefined {
  const controls = [...description.querySelectorAll(':scope > customControl[name]')];
  const control = controls.find((one) => one.getAttribute('formFactor') === web) ?? controls[0];
  if (control === undefined) return undefined;
  const given = [...control.querySelectorAll(':scope > parameters > *')];
  const [sets, values] = [given.filter(isDataSet), given.filter((one) => !isDataSet(one))];
  return {
    name: control.getAttribute('name')!,
    parameters: new Map(
      values.map((one) => [
        one.tagName,
        { value: one.textContent ?? '', isStatic: one.getAttribute('static') === 'true' },
      ]),
    ),
    dataSets: new Map(
      sets.map((one) => [
        one.getAttribute('name') ?? '',
        new Map([...one.children].map((part) => [part.tagName, part.textContent ?? ''])),
      ]),
    ),
  };
}

const isDataSet = ({ tagName }: Element) => tagName === 'data-set';
