/** @jest-environment jsdom */
import { saveForm } from '../../../../../emulator/web-host/client/form/save-form';
import { aForm } from '../../../../support/a-form';

type Any = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- the client API as scripts see it

const open = (id?: string) => {
  const { session, model } = aForm(id);
  return { session, model, form: session.formContext as Any };
};

test('attributes tell their type and format, and numbers their limits', () => {
  const { form } = open();
  const types = ['name', 'height', 'kind', 'colours', 'planted', 'felled', 'owner'].map((name) =>
    form.getAttribute(name).getAttributeType(),
  );
  expect(types).toEqual(['string', 'integer', 'optionset', 'multiselectoptionset', 'datetime', 'boolean', 'lookup']);
  expect(form.getAttribute('planted').getFormat()).toBe('date');
  const height = form.getAttribute('height');
  expect([height.getMin(), height.getMax(), height.getPrecision()]).toEqual([0, 500, 0]);
  expect(form.getAttribute('absent')).toBeNull();
});

test('choices are found by value and by label; the selected one follows the value', () => {
  const kind = open().form.getAttribute('kind');
  expect(kind.getOption('Pear')).toEqual({ value: 2, text: 'Pear' });
  kind.setValue(1);
  expect(kind.getSelectedOption()).toEqual({ value: 1, text: 'Apple' });
  expect(kind.getText()).toBe('Apple');
});

test('a value a script holds for wrong keeps the form from being saved, in its words', async () => {
  const { form, model } = open();
  form.getAttribute('name').setIsValid(false, 'No trees of this name.');
  expect(form.data.isValid()).toBe(false);
  const outcome = await saveForm(model, { onSave: [], onPostSave: [] }, () => ({}), 1);
  expect(outcome).toEqual({ kind: 'blocked', reasons: ['NAME : No trees of this name.'] });
  form.getAttribute('name').setIsValid(true);
  expect(form.data.isValid()).toBe(true);
});

test('tabs and sections are hidden, named and gone to by scripts', () => {
  const { form, model } = open();
  const seen: string[] = [];
  const second = form.ui.tabs.get('second');
  second.addTabStateChange(() => seen.push(second.getDisplayState()));
  expect([form.ui.tabs.get('first').getDisplayState(), second.getDisplayState()]).toEqual(['expanded', 'collapsed']);
  second.setFocus();
  expect(seen).toEqual(['expanded']);
  second.setLabel('More');
  second.sections.get('places').setVisible(false);
  expect([model.tabLabels.get('t2'), model.hiddenSections.has('s2')]).toEqual(['More', true]);
  expect(second.sections.get('places').controls.getLength()).toBe(4);
  expect(form.getControl('name').getParent().getParent().getName()).toBe('first');
});

test('a control offers options the column has, in an order of its own', () => {
  const { form, model } = open();
  const kind = form.getControl('kind');
  kind.removeOption(1);
  kind.addOption({ value: 9, text: 'Plum' });
  expect(kind.getOptions()).toEqual([{ value: 2, text: 'Pear' }]);
  kind.addOption({ value: 1, text: 'Apples' }, 0);
  expect(model.controls.get('kind')!.options).toEqual([
    { value: 1, label: 'Apples' },
    { value: 2, label: 'Pear' },
  ]);
});

test('filters that handlers add are for one search', () => {
  const { form, session, model } = open();
  const owner = form.getControl('owner');
  owner.addPreSearch(() => owner.addCustomFilter('<filter/>', 'account'));
  const control = model.controls.get('owner')!;
  session.filtersFor(control);
  expect(session.filtersFor(control)).toEqual([{ filterXml: '<filter/>', table: 'account' }]);
});

test('handlers of one event share variables; getControl and getAttribute take names and positions', () => {
  const { form } = open();
  const kept: unknown[] = [];
  const name = form.getAttribute('name');
  name.addOnChange((event: Any) => {
    event.setSharedVariable('x', event.getEventSource().getName());
    kept.push(event.getSharedVariable('x'));
  });
  name.fireOnChange();
  expect(kept).toEqual(['name']);
  expect(form.getControl(0).getName()).toBe('name');
  expect(form.getControl('name')).toBe(form.getControl('name'));
  expect(form.getAttribute()).toHaveLength(7);
});

test('the form type tells a new row from one that is changed', () => {
  expect([open().form.ui.getFormType(), open('0ad00000-0000-4000-8000-000000000001').form.ui.getFormType()]).toEqual([
    1, 2,
  ]);
});

test('a notification at a control offers what can be done', () => {
  const { form, model } = open();
  let done = 0;
  form.getControl('name').addNotification({
    messages: ['Use another name'],
    notificationLevel: 'RECOMMENDATION',
    uniqueId: 'n',
    actions: [{ message: 'Use it', actions: [() => (done += 1)] }],
  });
  const [told] = [...model.controls.get('name')!.notifications.values()];
  told!.actions![0]!.run();
  expect([told!.level, told!.text, done]).toEqual(['RECOMMENDATION', 'Use another name', 1]);
  expect(form.getControl('name').clearNotification('n')).toBe(true);
});
