import type { FormModel } from '../form/form-model';
import type { FormDefinition, FormSection, FormTab } from '../form/form-xml';
import { collection, removeHandler, type Handler } from './collection';
import { membersOf } from './members-of';

export interface TabParts {
  readonly model: FormModel;
  readonly definition: FormDefinition;
  showTab(id: string): void;
  controlsIn(section: FormSection): readonly object[];
  ui(): object;
}

const shows = (hidden: Set<string>, id: string, isShown: boolean) => (isShown ? hidden.delete(id) : hidden.add(id));

export function tabOf(tab: FormTab, parts: TabParts): object {
  const { model, definition } = parts;
  const { id } = tab;
  const sections = tab.columns.flatMap((column) => column.sections);
  const change = (apply: () => unknown) => {
    apply();
    model.changed();
  };
  const isInSight = () => (model.tab || definition.tabs.find((one) => !model.hiddenTabs.has(one.id))?.id) === id;
  const self: object = membersOf(`tab '${tab.name}'`, {
    getName: () => tab.name,
    getParent: () => parts.ui(),
    getLabel: () => model.tabLabels.get(id) ?? tab.label,
    setLabel: (label: string) => change(() => model.tabLabels.set(id, label)),
    getVisible: () => !model.hiddenTabs.has(id),
    setVisible: (isShown: boolean) => change(() => shows(model.hiddenTabs, id, isShown)),
    getDisplayState: () => (isInSight() ? 'expanded' : 'collapsed'),
    setDisplayState: (state: string) => state === 'expanded' && parts.showTab(id),
    setFocus: () => parts.showTab(id),
    addTabStateChange: (handler: Handler) =>
      void model.tabHandlers.set(id, [...(model.tabHandlers.get(id) ?? []), handler]),
    removeTabStateChange: (handler: Handler) => removeHandler(model.tabHandlers.get(id), handler),
    sections: collection(() => sections.map((section) => sectionOf(section, parts, () => self))),
  });
  return self;
}

export function sectionOf(section: FormSection, { model, controlsIn }: TabParts, parent: () => object): object {
  const { id } = section;
  const change = (apply: () => unknown) => {
    apply();
    model.changed();
  };
  return membersOf(`section '${section.name}'`, {
    getName: () => section.name,
    getParent: parent,
    getLabel: () => model.sectionLabels.get(id) ?? section.label,
    setLabel: (label: string) => change(() => model.sectionLabels.set(id, label)),
    getVisible: () => !model.hiddenSections.has(id),
    setVisible: (isShown: boolean) => change(() => shows(model.hiddenSections, id, isShown)),
    controls: collection(() => controlsIn(section)),
  });
}
